"""Which probes are recorded: scenarios, that send the same requests whenever they run.

Nothing here knows a file of cassettes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

# Generated inputs change with every edit of the suite and every release of hypothesis, so that a
# cassette of them would be stale at once.
GENERATORS = frozenset({"explore", "stimuli", "sender", "pinch_session", "panjaya_session"})

NOT_RECORDED = {
    "panjaya/test_created_options.py": "repeats over a URL what the cassettes hold of uploads",
    "panjaya/test_valid_sources.py": "reads whatever assets other probes of the run made",
    "panjaya/media/test_waiting_on.py": "asks for every asset that other probes of the run made",
    "pinch/test_list_jobs_paging.py": "reads the list until it is quiet, however often that is",
    "pinch/media/test_languages.py": "makes a job of each language and downloads its output",
    "pinch/media/test_link_expiry.py": "starts an emulator of its own, to turn its clock",
    "pinch/media/test_output_links.py": "downloads one output of every format",
    "pinch/media/test_output_options.py": "compares long sound files: 20 MB of them",
    "pinch/media/test_output_sound.py": "measures one output of every format",
    "pinch/media/test_output_video.py": "measures one output of every format",
    "pinch/media/test_soundless_containers.py": "repeats in WebM what the cassettes hold of MP4",
    "pinch/media/test_upper_bounds.py": "sends the longest and largest files",
    "pinch/media/test_waiting_on.py": "asks for every job that other probes of the run made",
}


def module_of(path: PurePath, probes: PurePath) -> str:
    """The module of a probe as cassettes name it: its place among the probes."""
    return path.relative_to(probes).as_posix()


def why_not_recorded(module: str, fixtures: Iterable[str]) -> str | None:
    """Why a probe has no cassette and needs none, or None where it is a scenario."""
    generators = sorted(GENERATORS.intersection(fixtures))
    if generators:
        return f"sends generated input ({', '.join(generators)})"
    return NOT_RECORDED.get(module)
