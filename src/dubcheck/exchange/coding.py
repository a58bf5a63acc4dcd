"""Exchanges as JSON-ready dictionaries and back; the form used in records and in findings."""

from __future__ import annotations

import base64
from typing import Any

from dubcheck.exchange.model import Body, Credential, Exchange, Part, Request, Response
from dubcheck.exchange.shapes import seconds, text, text_list, text_or_none, texts, whole


def encode_exchange(exchange: Exchange) -> dict[str, Any]:
    """A dictionary of JSON values that `decode_exchange` turns back."""
    request, response = exchange.request, exchange.response
    document: dict[str, Any] = {
        "id": exchange.id,
        "api": exchange.api,
        "operation": exchange.operation,
        "path_parameters": dict(exchange.path_parameters),
        "started_at": round(exchange.started_at, 6),
        "elapsed_seconds": round(exchange.elapsed_seconds, 6),
        "failure": exchange.failure,
        "probe": exchange.probe,
        "intent": exchange.intent,
        "redirects": list(exchange.redirects),
        "request": {
            "method": request.method,
            "url": request.url,
            "headers": dict(request.headers),
            "credential": request.credential.value,
            "body": _encode_body(request.body),
        },
        "response": response
        and {
            "status": response.status,
            "headers": dict(response.headers),
            "body": _encode_body(response.body),
        },
    }
    # What most exchanges have in common is left out.
    if not exchange.is_timed:
        document["is_timed"] = False
    if exchange.scene:
        document["scene"] = exchange.scene
    return document


def decode_exchange(document: dict[str, Any]) -> Exchange:
    """The exchange of `encode_exchange`.

    Raises: KeyError, TypeError or ValueError where the dictionary has another shape.
    """
    request, response = document["request"], document["response"]
    return Exchange(
        id=text(document["id"]),
        api=text(document["api"]),
        operation=text_or_none(document["operation"]),
        path_parameters=texts(document["path_parameters"]),
        request=Request(
            method=text(request["method"]),
            url=text(request["url"]),
            headers=texts(request["headers"]),
            body=_decode_body(request["body"]),
            credential=Credential(request["credential"]),
        ),
        response=None if response is None else _decode_response(response),
        started_at=seconds(document["started_at"]),
        elapsed_seconds=seconds(document["elapsed_seconds"]),
        failure=text_or_none(document["failure"]),
        probe=text_or_none(document["probe"]),
        intent=text_or_none(document["intent"]),
        redirects=text_list(document["redirects"]),
        is_timed=bool(document.get("is_timed", True)),
        scene=text(document.get("scene", "")),
    )


def _decode_response(document: dict[str, Any]) -> Response:
    headers = texts(document["headers"])
    return Response(whole(document["status"]), headers, _decode_body(document["body"]))


def _encode_body(body: Body) -> dict[str, Any]:
    document: dict[str, Any] = {"size_bytes": body.size_bytes, **_encode_content(body.content)}
    if body.sha256:
        document["sha256"] = body.sha256
    if body.parts:
        document["parts"] = [
            {
                "name": part.name,
                "filename": part.filename,
                "content_type": part.content_type,
                "size_bytes": part.size_bytes,
                "sha256": part.sha256,
                **_encode_content(part.content),
            }
            for part in body.parts
        ]
    return document


def _decode_body(document: dict[str, Any]) -> Body:
    parts = tuple(
        Part(
            name=text(part["name"]),
            filename=text_or_none(part["filename"]),
            content_type=text_or_none(part["content_type"]),
            content=_decode_content(part),
            size_bytes=whole(part["size_bytes"]),
            sha256=text(part["sha256"]),
        )
        for part in document.get("parts", ())
    )
    content = _decode_content(document)
    return Body(content, whole(document["size_bytes"]), text(document.get("sha256", "")), parts)


def _encode_content(content: bytes | None) -> dict[str, str]:
    if content is None:
        return {}
    try:
        return {"text": content.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}


def _decode_content(document: dict[str, Any]) -> bytes | None:
    if "text" in document:
        return text(document["text"]).encode("utf-8")
    if "base64" in document:
        return base64.b64decode(document["base64"])
    return None
