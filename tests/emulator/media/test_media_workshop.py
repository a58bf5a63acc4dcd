"""The children: started late, limited, replaced when they die, gone when the workshop stops."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dubcheck.emulator.media import DubPlan, MediaFault, MediaRefused, MediaWorkshop, workshop
from dubcheck.emulator.media.limits import dub_limits, probe_limits


@pytest.fixture
def film(footage, tmp_path, request) -> Path:
    """A film of 2.5 s that no other test has had probed: its last box holds the test's name."""
    path = footage(video="h264").write(tmp_path / "film.mp4")
    name = request.node.name.encode()
    path.write_bytes(path.read_bytes() + struct.pack(">I4s", 8 + len(name), b"free") + name)
    return path


def children_of(process_id: int) -> list[str]:
    """The process ids of a process's children."""
    return Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()


def test_importing_media_loads_no_heavy_library():
    """The server's own process has neither PyAV nor numpy nor espeak-ng in memory."""
    code = (
        "import sys, dubcheck.emulator.media;"
        "print({'av', 'numpy', 'espeakng_loader'} & set(sys.modules))"
    )

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert printed.stdout == "set()\n"


def test_workshop_starts_its_child_when_first_needed(film):
    """No child before the first probe, one after it."""

    async def use():
        shop = MediaWorkshop()
        await shop.start()
        before = shop.child_pid
        await shop.probe(film, duration_limit_seconds=600)
        after = shop.child_pid
        await shop.stop()
        return before, after

    before, after = asyncio.run(use())

    assert before is None
    assert after is not None


def test_workshop_replaces_a_dead_child(workbench, film):
    """After the child was killed, the next probe has another."""
    workbench.probe(film)
    killed = workbench.workshop.child_pid
    os.kill(killed, signal.SIGKILL)

    measured = workbench.probe(film, limit_seconds=500)

    assert measured.has_video
    assert workbench.workshop.child_pid != killed


def test_same_content_is_probed_once(workbench, film, tmp_path, monkeypatch):
    """A copy of a file is described like it without a task."""
    measured = workbench.probe(film)
    copy = shutil.copy(film, tmp_path / "copy.mp4")
    monkeypatch.setattr(workshop, "probe_limits", None)

    assert workbench.probe(copy) == measured


@pytest.mark.parametrize(
    ("name", "limit_seconds"), [("copy.mkv", 600), ("copy.mp4", 601), ("large.mp4", 600)]
)
def test_what_differs_is_probed_anew(workbench, film, tmp_path, monkeypatch, name, limit_seconds):
    """Another kind of name, another limit, and what is too large to remember are probed again."""
    workbench.probe(film)
    copy = shutil.copy(film, tmp_path / name)
    if_large = {"large.mp4": film.stat().st_size - 1}
    monkeypatch.setattr(workshop, "_REMEMBERED_BYTES", if_large.get(name, 1 << 24))
    monkeypatch.setattr(workshop, "probe_limits", None)

    with pytest.raises(TypeError, match="not callable"):
        workbench.probe(copy, limit_seconds)


def test_dub_survives_the_death_of_its_child(workbench, film, tmp_path):
    """A dub under way when the child is killed is begun again by the next child."""

    async def dub_and_kill():
        description = await workbench.workshop.probe(film, duration_limit_seconds=600)
        plan = DubPlan(film, tmp_path / "dub.mp4", "mp4", "es", description)
        dubbing = asyncio.create_task(workbench.workshop.dub(plan))
        await asyncio.sleep(0)  # the order is given
        os.kill(workbench.workshop.child_pid, signal.SIGKILL)
        await dubbing

    workbench.run(dub_and_kill())

    assert workbench.probe(tmp_path / "dub.mp4").has_video


def test_task_is_killed_at_its_wall_time(workbench, film, monkeypatch):
    """A probe that outlasts its wall time is refused as broken, and the next one is served."""
    monkeypatch.setattr(
        workshop, "probe_limits", lambda seconds: replace(probe_limits(seconds), wall_seconds=0.0)
    )

    with pytest.raises(MediaRefused) as refused:
        workbench.probe(film)

    monkeypatch.undo()
    assert refused.value.fault is MediaFault.BROKEN
    assert workbench.probe(film).has_video


def test_task_ends_at_its_memory_limit(workbench, film, monkeypatch):
    """A probe that needs more memory than it may have is refused, and the next one is served."""
    monkeypatch.setattr(
        workshop, "probe_limits", lambda seconds: replace(probe_limits(seconds), address_bytes=1)
    )

    with pytest.raises(MediaRefused) as refused:
        workbench.probe(film)

    monkeypatch.undo()
    assert refused.value.fault in {MediaFault.BROKEN, MediaFault.NOT_MEDIA}
    assert workbench.probe(film).has_video


def test_dub_ends_at_its_size_limit(workbench, film, tmp_path, monkeypatch):
    """A dub that writes more than it may is refused, and leaves no file behind."""
    monkeypatch.setattr(
        workshop, "dub_limits", lambda *of: replace(dub_limits(*of), output_bytes=2000)
    )

    with pytest.raises(MediaRefused):
        workbench.dub(film, tmp_path / "dub.mp4")

    assert list(tmp_path.iterdir()) == [film]


def test_cancelled_dub_leaves_nothing(workbench, film, tmp_path):
    """Cancelling a dub kills its child and removes its file."""

    async def cancel():
        description = await workbench.workshop.probe(film, duration_limit_seconds=600)
        plan = DubPlan(film, tmp_path / "dub.mp4", "mp4", "es", description)
        dubbing = asyncio.create_task(workbench.workshop.dub(plan))
        await asyncio.sleep(0)  # the order is given
        dubbing.cancel()
        await asyncio.gather(dubbing, return_exceptions=True)
        # The next answer comes after the child has seen the cancellation.
        await workbench.workshop.probe(film, duration_limit_seconds=600)

    workbench.run(cancel())

    assert list(tmp_path.iterdir()) == [film]
    assert children_of(workbench.workshop.child_pid) == []


def test_children_have_no_network():
    """Where the server is root, its children see no network interface but a dead loopback."""
    code = (
        "import socket\n"
        "from dubcheck.emulator.media.limits import leave_network\n"
        "print(leave_network(), [name for _, name in socket.if_nameindex()])"
    )

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout

    assert printed == "True ['lo']\n" or os.geteuid() != 0


def test_stopped_workshop_has_no_children(film, tmp_path):
    """Stopping ends the child, also while it dubs."""

    async def stop_while_dubbing():
        shop = MediaWorkshop()
        await shop.start()
        description = await shop.probe(film, duration_limit_seconds=600)
        process_id = shop.child_pid
        plan = DubPlan(film, tmp_path / "dub.mp4", "mp4", "es", description)
        dubbing = asyncio.create_task(shop.dub(plan))
        await asyncio.sleep(0)  # the order is given
        await shop.stop()
        outcome = await asyncio.gather(dubbing, return_exceptions=True)
        return process_id, outcome[0]

    process_id, outcome = asyncio.run(stop_while_dubbing())

    assert isinstance(outcome, MediaRefused)
    assert not Path(f"/proc/{process_id}").exists()
    assert list(tmp_path.iterdir()) == [film]


def test_many_probes_at_once_are_all_answered(workbench, film):
    """Thirty probes at once give thirty equal descriptions."""

    async def probe_all():
        return await asyncio.gather(
            *(workbench.workshop.probe(film, duration_limit_seconds=600) for _ in range(30))
        )

    measured = workbench.run(probe_all())

    assert len(measured) == 30
    assert set(measured) == {measured[0]}
