"""A run whose probes record cassettes or are answered by them. No pytest hook lives here."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from dubcheck.contract import probes_folder
from dubcheck.errors import RecordError
from dubcheck.pytest_plugin.run import Run
from dubcheck.replay.completeness import Completeness
from dubcheck.replay.options import ONE_BY_ONE, CassetteOptions
from dubcheck.replay.recorder import Recorder
from dubcheck.replay.stage import ReplayStage
from dubcheck.replay.vcr_hooks import PlayedCassette, Player, RecordingHooks, SplittingPersister
from dubcheck.report import Report
from dubcheck.rules import Kind, Outcome
from dubcheck.targets import ApiTarget
from dubcheck.targets.run_options import RunOptions
from dubcheck.targets.staging import Staged

UNSHOWN = "needs a target: the cassettes do not show it"


class CassetteRun(Run):
    """What recording and replay have in common, as pytest's hooks ask for it."""

    cassette_folder: Path
    is_replay = False

    @property
    def vcr_config(self) -> dict[str, Any]:
        """What VCR is told."""
        raise NotImplementedError

    def compare(self, scenarios: list[str], *, is_whole: bool) -> set[str]:
        """Those of the scenario probes that are to run; `is_whole` where all were asked for."""
        raise NotImplementedError

    def begin(self, cassette: str) -> None:
        """Says which probe runs now."""
        raise NotImplementedError

    def configure(self, vcr: Any) -> None:
        """Sets VCR up for the probe that runs now."""
        raise NotImplementedError

    def time(self) -> AbstractContextManager[None]:
        """The time in which the probes live."""
        return nullcontext()

    def leave_unjudged(self, requirements: Iterable[str], reason: str) -> None:
        """Says why a probe could not judge these."""
        for requirement in requirements:
            outcome = Outcome(requirement, Kind.NOT_EXERCISED, reason)
            self.own_share().witness.say(outcome)


class RecordingRun(CassetteRun):
    """Sends to the targets, and records what its scenario probes sent."""

    def __init__(self, options: RunOptions, cassettes: CassetteOptions):
        super().__init__(replace(options, rate=options.rate or ONE_BY_ONE))
        self._cassettes = cassettes
        self._recorder: Recorder | None = None
        self._current = ""

    def start(self) -> Staged:
        """Sets the stage and the recorder up, once."""
        staged = super().start()
        if self._recorder is None:
            self._recorder = Recorder(self.options, self._cassettes, staged, self._started)
            self._hooks = RecordingHooks(self._recorder.wire)
            self.cassette_folder = self._recorder.folder
        return staged

    @property
    def vcr_config(self) -> dict[str, Any]:
        """Records everything, in readable form."""
        return {"record_mode": "all", "decode_compressed_response": True}

    def compare(self, scenarios: list[str], *, is_whole: bool) -> set[str]:
        """All of them are recorded."""
        del is_whole
        return set(scenarios)

    def begin(self, cassette: str) -> None:
        """Notes that the probe ran: one that sends nothing has no cassette."""
        self._current = cassette
        assert self._recorder is not None  # the run has started
        self._recorder.ran(cassette)

    def configure(self, vcr: Any) -> None:
        """Redacts before anything is kept, labels the cassette and splits one that is too large."""
        assert self._recorder is not None  # the run has started
        # Not by way of `vcr_config`, which pytest-recording copies deeply.
        vcr.before_record_request = self._hooks.request
        vcr.before_record_response = self._hooks.response
        vcr.register_persister(SplittingPersister(self._recorder.label(self._current)))

    def finish(self) -> Report:
        """Puts the cassettes in their place, and judges the run as any other.

        Cassettes that cannot take their place make the run inconclusive.
        """
        assert self._recorder is not None  # the run has started
        assert self._record is not None
        try:
            told = self._recorder.finish()
        except RecordError as error:
            self._record.crash({"probe": "cassettes", "reason": str(error)})
            told = []
        sys.stderr.writelines(f"{line}\n" for line in told)
        return super().finish()

    def stop(self) -> None:
        """Stops everything, and forgets a recording that was not finished."""
        super().stop()
        if self._recorder is not None:
            self._recorder.forget()


class ReplayRun(CassetteRun):
    """Answers its probes from cassettes; what they do not show needs a target."""

    is_replay = True

    def __init__(self, options: RunOptions, cassettes: CassetteOptions):
        self._replay = ReplayStage(options, cassettes)
        recorded = {api: None for api in options.urls if api in self._replay.facts}
        super().__init__(replace(options, urls=recorded), self._replay)
        self.cassette_folder = cassettes.folder
        stage = self._replay
        self._completeness = Completeness(stage, set(options.urls) - set(recorded))
        self._player = Player(stage.tape, stage.wire, stage.shelf, stage.clock, stage.origins)
        self._current = ""

    def described(self, target: ApiTarget) -> dict[str, Any]:
        """A recorded answer is never evidence about the service as it is now."""
        facts = self._replay.facts[target.api]
        return {
            **super().described(target),
            "kind": "recorded",
            "base_url": facts.base_url,
            "recorded_from": facts.told,
        }

    @property
    def vcr_config(self) -> dict[str, Any]:
        """Plays, and never sends."""
        return {"record_mode": "none"}

    def compare(self, scenarios: list[str], *, is_whole: bool) -> set[str]:
        """Those with a cassette, and those that sent nothing while recording."""
        kept = self._completeness.compare(scenarios, is_whole=is_whole)
        self._replay.tape.expect(kept)
        return kept

    def begin(self, cassette: str) -> None:
        """Lets the tape know whose answers come first."""
        self._current = cassette
        self._replay.tape.begin(cassette)

    def configure(self, vcr: Any) -> None:
        """Has VCR ask the tape instead of a file."""
        opened = vcr.use_cassette
        played = type("Played", (PlayedCassette,), {"player": self._player, "name": self._current})

        def use_cassette(path: str, **options: Any) -> Any:
            context = opened(path, **options)
            context.cls = played
            return context

        vcr.use_cassette = use_cassette

    def time(self) -> AbstractContextManager[None]:
        """The time of the recording, in which waiting takes none."""
        return self._replay.clock.in_place(probes_folder().resolve())

    def finish(self) -> Report:
        """Says what is missing or left over, and what nothing shows; then judges as ever."""
        assert self._record is not None  # the run has started
        for name, reason in self._completeness.findings():
            self._record.crash({"probe": name, "reason": reason})
        for contract in self.contracts:
            for requirement in contract.requirements:
                self._record.outcome(Outcome(requirement, Kind.NOT_EXERCISED, UNSHOWN).encode())
        return super().finish()


def cassette_run(options: RunOptions, cassettes: CassetteOptions) -> CassetteRun:
    """A run that records or replays, as its options say.

    Raises: SuiteError where cassettes cannot be used.
    """
    return (ReplayRun if cassettes.is_replay else RecordingRun)(options, cassettes)
