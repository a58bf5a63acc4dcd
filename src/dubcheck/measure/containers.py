"""Telling containers by their first bytes; what is inside them is reading.py.

FFmpeg gives MKV and WebM one name, and MP4, MOV and M4A another, so the bytes are asked.
"""

from __future__ import annotations

from dubcheck.measure.formats import Container

HEAD_SIZE_BYTES = 4096
_EBML = b"\x1a\x45\xdf\xa3"
_ASF = bytes.fromhex("3026b2758e66cf11")
_TS_PACKET_BYTES = 188
_DOC_TYPES = {b"webm": Container.WEBM, b"matroska": Container.MKV}


def container_of(head: bytes) -> Container | None:
    """The container that a file's first HEAD_SIZE_BYTES announce, None if it is no known one."""
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return _container_of_iso_brand(head)
    if head.startswith(_EBML):
        return next((kind for name, kind in _DOC_TYPES.items() if _doc_type(name) in head), None)
    if head.startswith(b"RIFF"):
        return {b"WAVE": Container.WAV, b"AVI ": Container.AVI}.get(head[8:12])
    for magic, container in (
        (b"FLV", Container.FLV),
        (b"fLaC", Container.FLAC),
        (b"OggS", Container.OGG),
        (_ASF, Container.WMA),
        (b"ID3", Container.MP3),
    ):
        if head.startswith(magic):
            return container
    return _container_of_sync_words(head)


def _container_of_iso_brand(head: bytes) -> Container:
    if head[4:8] != b"ftyp":
        return Container.MOV  # QuickTime files of before 2001 have no brand
    brand = head[8:12]
    if brand == b"qt  ":
        return Container.MOV
    return Container.M4A if brand in (b"M4A ", b"M4B ") else Container.MP4


def _doc_type(name: bytes) -> bytes:
    return b"\x42\x82" + bytes([0x80 | len(name)]) + name


def _container_of_sync_words(head: bytes) -> Container | None:
    if len(head) > _TS_PACKET_BYTES and head[0] == head[_TS_PACKET_BYTES] == 0x47:
        return Container.TS
    if len(head) < 2 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:  # ADTS: layer bits are zero
        return Container.AAC
    return Container.MP3 if head[1] & 0xE0 == 0xE0 and head[1] & 0x06 else None
