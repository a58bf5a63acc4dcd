"""Background work that is watched and ends with the emulator; what the work is, its owner knows."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """Keeps background tasks alive, shows what went wrong in them, cancels them on stop."""

    def __init__(self) -> None:
        self._running: dict[asyncio.Task[None], str] = {}

    def start(self, work: Coroutine[Any, Any, None], group: str = "") -> asyncio.Task[None]:
        """Run `work` beside the requests; `group` names it for `cancel` (an account's label)."""
        task = asyncio.get_running_loop().create_task(work)
        self._running[task] = group
        task.add_done_callback(self._ended)
        return task

    def cancel(self, group: str | None = None) -> None:
        """Cancel the tasks of one group, or all."""
        for task, name in list(self._running.items()):
            if group is None or name == group:
                task.cancel()

    async def stop(self) -> None:
        """Cancel everything and wait until it is gone."""
        self.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            task.get_loop().call_exception_handler(
                {"message": "emulator background task failed", "exception": error, "task": task}
            )
