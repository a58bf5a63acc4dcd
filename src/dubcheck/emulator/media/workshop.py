"""Where the server has its media probed and dubbed, without opening a file in its own process."""

from __future__ import annotations

import asyncio
import hashlib
import os
from dataclasses import replace
from pathlib import Path

from dubcheck.emulator.media.children import ChildLost, ZygoteDied, ZygoteLink
from dubcheck.emulator.media.description import (
    DubPlan,
    MediaDescription,
    MediaFault,
    MediaRefused,
)
from dubcheck.emulator.media.limits import Limits, dub_limits, probe_limits
from dubcheck.emulator.media.wire import (
    Message,
    description_from_message,
    plan_to_message,
    refusal_from_message,
)

# A client that tries every option sends one file again and again; hashing a large one is not cheap.
_REMEMBERED_FILES = 512
_REMEMBERED_BYTES = 1 << 24


class MediaWorkshop:
    """Probes and dubs files in limited child processes, a bounded number at a time.

    The children are started by the first probe or dub (or by `warm`), and replaced when they die.
    A small file of the same content and kind of name is probed once.
    """

    def __init__(self, *, concurrent_dubs: int | None = None):
        cores = os.cpu_count() or 1
        self._dub_places = asyncio.Semaphore(concurrent_dubs or cores)
        self._probe_places = asyncio.Semaphore(2 * cores)
        self._starting = asyncio.Lock()
        self._zygote: ZygoteLink | None = None
        self._stopped = False
        self._described: dict[str, MediaDescription] = {}

    @property
    def child_pid(self) -> int | None:
        """The warm child's process, None while there is none."""
        return None if self._zygote is None else self._zygote.pid

    async def start(self) -> None:
        """Accept orders; costs nothing until the first one."""
        self._stopped = False

    async def stop(self) -> None:
        """End every child at once; what they were at is abandoned."""
        async with self._starting:
            self._stopped = True
            zygote, self._zygote = self._zygote, None
        if zygote is not None:
            await zygote.stop()

    async def warm(self) -> None:
        """Start the children now, so that the first probe need not wait for their imports."""
        await self._living_zygote()

    async def probe(self, path: Path, *, duration_limit_seconds: float) -> MediaDescription:
        """Measure a file by decoding its sound.

        Raises: MediaRefused, with TOO_LONG as soon as the limit is known to be passed.
        """
        order: Message = {
            "kind": "probe",
            "path": str(path.absolute()),
            "duration_limit_seconds": duration_limit_seconds,
        }
        seen = await asyncio.to_thread(_fingerprint, path, duration_limit_seconds)
        if seen in self._described:
            return self._described[seen]
        async with self._probe_places:
            result = await self._ask(order, probe_limits(duration_limit_seconds))
        described = description_from_message(result)
        if seen is not None:
            self._described[seen] = described
            if len(self._described) > _REMEMBERED_FILES:
                del self._described[next(iter(self._described))]
        return described

    async def dub(self, plan: DubPlan) -> None:
        """Write the dub to plan.output_path, which appears only when it is complete.

        Raises: MediaRefused when the source cannot be decoded to its end or a limit is reached.
        """
        unfinished = plan.output_path.with_name(plan.output_path.name + ".part")
        source = plan.source_description
        order: Message = {
            "kind": "dub",
            "plan": plan_to_message(replace(plan, output_path=unfinished)),
        }
        try:
            async with self._dub_places:
                await self._ask(order, dub_limits(source.duration_seconds, source.size_bytes))
            unfinished.replace(plan.output_path)
        finally:
            unfinished.unlink(missing_ok=True)

    async def _ask(self, order: Message, limits: Limits) -> Message:
        try:
            try:
                answer = await (await self._living_zygote()).ask(order, limits)
            except ZygoteDied:
                answer = await (await self._living_zygote()).ask(order, limits)
        except (ChildLost, ZygoteDied) as lost:
            raise MediaRefused(MediaFault.BROKEN, f"the child was lost: {lost}") from lost
        if "refused" in answer:
            raise refusal_from_message(answer["refused"])
        result: Message = answer["result"]
        return result

    async def _living_zygote(self) -> ZygoteLink:
        async with self._starting:
            if self._stopped:
                raise ZygoteDied("the workshop is stopped")
            if self._zygote is None or not self._zygote.is_alive:
                if self._zygote is not None:
                    await self._zygote.stop()
                self._zygote = ZygoteLink()
                await self._zygote.start()
            return self._zygote


def _fingerprint(path: Path, duration_limit_seconds: float) -> str | None:
    """What a description depends on, or None where the file is not worth remembering."""
    if not path.is_file() or path.stat().st_size > _REMEMBERED_BYTES:
        return None  # to read what is no file, such as a pipe, need not end
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{content} {path.suffix} {duration_limit_seconds}"
