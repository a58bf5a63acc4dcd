"""An emulator of one's own whose clock may be turned, and the lives of links under that clock.

A turned clock would spoil the timestamps of every other probe, so that nothing else shares it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx

from dubcheck.errors import TargetError
from dubcheck.measure.samples import Sample
from dubcheck.rules.moments import moment_of
from dubcheck.targets.api_client import Answer, ApiClient
from dubcheck.targets.embedded import start_emulator
from dubcheck.targets.pacing import Pace
from dubcheck.targets.pinch import DubbingApi, job_id_of
from dubcheck.targets.staging import Staged
from dubcheck.targets.target_options import ApiTarget
from dubcheck.targets.witness import Witness

MARGIN_SECONDS = 60.0
# Another seed than the run's: the same one would give jobs of two emulators the same ids.
_SEED_DISTANCE = 1_000_003
_CONTENT = b"dubcheck: a few bytes that nobody will dub"


@dataclass(frozen=True, slots=True)
class TurnedClock:
    """The clock of an emulator, and the calls of Pinch to that same emulator."""

    dubbing: DubbingApi
    control_url: str

    @property
    def now(self) -> float:
        """What it shows, in UNIX seconds."""
        return float(self._asked("GET")["now"])

    def advance(self, seconds: float) -> None:
        """Turns it forward; a moment that is past already is none of its matter."""
        self._asked("POST", {"advance_seconds": max(0.0, seconds)})

    def _asked(self, method: str, order: dict[str, float] | None = None) -> dict[str, float]:
        url = f"{self.control_url}/clock"
        answer = httpx.request(method, url, json=order, timeout=10, trust_env=False)
        if answer.is_error:
            raise TargetError(f"the emulator's clock is answered with {answer.status_code}")
        shown: dict[str, float] = answer.json()
        return shown


@contextmanager
def turned_clock(target: ApiTarget, witness: Witness, staged: Staged) -> Iterator[TurnedClock]:
    """An emulator of its own, from entry to exit; the witness sees what is sent to it.

    It breaks on purpose what the run's own emulator breaks.
    """
    defects = [word for name in staged.defects for word in ("--defect", name)]
    emulator = start_emulator("--seed", str(staged.seed + _SEED_DISTANCE), *defects)
    own = replace(target, base_url=emulator.url, key=str(emulator.greeting["pinch_key"]))
    client = ApiClient(own, witness, Pace())
    try:
        yield TurnedClock(DubbingApi(client), f"{emulator.url}/_emulator")
    finally:
        client.close()
        emulator.stop()


@dataclass(slots=True)
class LinkLife:
    """One link: used at once, shortly before its announced end, and shortly after."""

    url: str | None = None
    ends_at: float | None = None
    at_once: Answer | None = None
    before_the_end: Answer | None = None
    after_the_end: Answer | None = None
    trouble: str | None = None


@dataclass(slots=True)
class LinkLives:
    """What was seen of every kind of link, and of the link that replaces an expired one."""

    upload: LinkLife = field(default_factory=LinkLife)
    output: LinkLife = field(default_factory=LinkLife)
    download: LinkLife = field(default_factory=LinkLife)
    first_result: Answer | None = None
    later_result: Answer | None = None
    later_download: Answer | None = None


def live_through_links(clock: TurnedClock, sample: Sample, folder: Path) -> LinkLives:
    """Follows an upload URL, an output URL and a download URL from their start past their end.

    All that tells the present comes before the clock is turned: rules compare it with ours.
    """
    lives = LinkLives()
    folder.mkdir(exist_ok=True)
    job_id = _open_downloads(clock.dubbing, sample, lives, folder)
    _live_through_upload(clock, lives.upload)
    if job_id is None:
        return lives
    _live_through_downloads(clock, (lives.output, lives.download), folder)
    lives.later_result = clock.dubbing.get_result(job_id)
    url = lives.later_result.field("download_url")
    if isinstance(url, str):
        lives.later_download = clock.dubbing.client.download(url, folder / "later")
    return lives


def _open_downloads(
    dubbing: DubbingApi, sample: Sample, lives: LinkLives, folder: Path
) -> str | None:
    job = _completed_job(dubbing, sample)
    job_id = job_id_of(job) if job is not None else None
    if job is None or job_id is None:
        lives.output.trouble = lives.download.trouble = "no job was completed"
        return None
    result = lives.first_result = dubbing.get_result(job_id)
    _announce(lives.output, job.field("output_url"), job.field("output_expires_at"))
    _announce(lives.download, result.field("download_url"), result.field("expires_at"))
    for life in (lives.output, lives.download):
        if life.url is not None:
            life.at_once = dubbing.client.download(life.url, folder / "at-once")
    return job_id


def _live_through_upload(clock: TurnedClock, life: LinkLife) -> None:
    client = clock.dubbing.client
    asked = [clock.dubbing.ask_upload_url("video.mp4", "video/mp4") for _ in range(3)]
    urls = [answer.field("upload_url") for answer in asked]
    seconds = asked[-1].field("expires_in_sec")
    if not all(isinstance(url, str) for url in urls) or not isinstance(seconds, int | float):
        life.trouble = "there is no upload URL with a time at which it ends"
        return
    life.at_once = client.put_file(urls[0], _CONTENT, "video/mp4")
    clock.advance(seconds - MARGIN_SECONDS)
    life.before_the_end = client.put_file(urls[1], _CONTENT, "video/mp4")
    clock.advance(2 * MARGIN_SECONDS)
    life.after_the_end = client.put_file(urls[2], _CONTENT, "video/mp4")


def _completed_job(dubbing: DubbingApi, sample: Sample) -> Answer | None:
    source_url = dubbing.upload(sample).source_url
    created = dubbing.create_job({"source_url": source_url, "target_lang": "es"})
    job_id = job_id_of(created)
    ended = dubbing.wait_for_end(job_id) if job_id is not None else None
    return ended if ended is not None and ended.field("status") == "completed" else None


def _announce(life: LinkLife, url: object, expires_at: object) -> None:
    moment = moment_of(expires_at)
    if not isinstance(url, str) or moment is None:
        life.trouble = "there is no link with a time at which it ends"
        return
    life.url, life.ends_at = url, moment.seconds


def _live_through_downloads(clock: TurnedClock, lives: tuple[LinkLife, ...], folder: Path) -> None:
    """Uses each link at its three moments, in the order in which they come."""
    client = clock.dubbing.client
    steps: list[tuple[float, str, LinkLife]] = []
    for life in lives:
        if life.ends_at is not None and life.url is not None:
            steps.append((life.ends_at - MARGIN_SECONDS, "before_the_end", life))
            steps.append((life.ends_at + MARGIN_SECONDS, "after_the_end", life))
    for moment, name, life in sorted(steps, key=lambda step: step[0]):
        clock.advance(moment - clock.now)
        setattr(life, name, client.download(str(life.url), folder / name))
