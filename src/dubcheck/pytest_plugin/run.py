"""One run: what it starts, where it records, and how it concludes. No pytest hook lives here."""

from __future__ import annotations

import gzip
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from dubcheck.contract import Contract, load_contract, with_known_violations
from dubcheck.errors import TargetError, UsageError
from dubcheck.exchange import Credential, Redactor
from dubcheck.exchange.record import RecordWriter
from dubcheck.report import Report, conclude
from dubcheck.targets import ApiClient, ApiTarget, Pace, Witness
from dubcheck.targets.run_options import RunOptions
from dubcheck.targets.staging import Stage, Staged

WRITTEN = ("report.json", "junit.xml", "summary.md", "record.jsonl")


class RunStage(Protocol):
    """What sets a run up: servers, or the facts of a recording."""

    def __enter__(self) -> Staged:
        """Sets up."""

    def __exit__(self, *_: object) -> None:
        """Stops all of it again."""


class Run:
    """The whole run, as the controlling process sees it."""

    def __init__(self, options: RunOptions, stage: RunStage | None = None):
        self.options = options
        self.contracts = contracts_of(options)
        self.folder = _writable(options.report_dir)
        self._stage: RunStage = stage or Stage(options)
        self.staged: Staged | None = None
        self._started = time.time()
        self._own: Share | None = None
        self._record: RecordWriter | None = None

    def start(self) -> Staged:
        """Sets the stage, once, and checks that every target answers to its key.

        Raises: TargetError where a target cannot be judged at all.
        """
        if self.staged is not None:
            return self.staged
        self.staged = self._stage.__enter__()
        self._record = RecordWriter(self.folder / "record.jsonl")
        self._record.header(
            {
                "seed": self.staged.seed,
                "profile": self.staged.profile,
                "started_at": self._started,
                "targets": [self.described(target) for target in self.staged.targets],
            }
        )
        try:
            for target in self.staged.targets:
                if target.is_recorded:
                    continue
                _refuse_unreachable(target)
        except TargetError:
            self.stop()
            raise
        return self.staged

    def described(self, target: ApiTarget) -> dict[str, Any]:
        """What the record's header says about a target."""
        return {
            "api": target.api,
            "kind": target.kind,
            "base_url": target.base_url,
            "lacks": sorted(target.lacks),
        }

    def own_share(self) -> Share:
        """This process's part of the run, writing straight into the record."""
        assert self.staged is not None  # start comes first
        assert self._record is not None
        self._own = self._own or Share.open(self.staged, self._record, "x")
        return self._own

    def finish(self) -> Report:
        """Closes the record, judges it afresh and writes the reports."""
        assert self._record is not None
        parts = sorted(self.folder.glob("record.*.part"))
        for part in parts:
            self._record.append(part)
            part.unlink()
        self._record.close({"ended_at": time.time()})
        if self.options.traffic_log is not None:
            _compress(self.folder / "record.jsonl", self.options.traffic_log)
        return conclude(self.folder / "record.jsonl", self.contracts, self.folder)

    def stop(self) -> None:
        """Stops everything the run started."""
        if self._own is not None:
            self._own.close()
        if self.staged is not None:
            self._stage.__exit__()


@dataclass(slots=True)
class Share:
    """One process's part of a run: its witness and clients, and the round it is in."""

    staged: Staged
    witness: Witness
    clients: dict[str, ApiClient]
    _writer: RecordWriter
    round: int = 0

    @classmethod
    def open(cls, staged: Staged, writer: RecordWriter, prefix: str) -> Share:
        """A share that writes with this writer; the prefix keeps exchange ids apart."""
        secrets = [secret for target in staged.targets for secret in target.secrets]
        contracts: list[Contract] = [load_contract(target.api) for target in staged.targets]
        witness = Witness(writer, contracts, Redactor(secrets), prefix)
        pace = Pace(staged.rate)
        clients = {target.api: ApiClient(target, witness, pace) for target in staged.targets}
        return cls(staged, witness, clients, writer)

    @classmethod
    def of_worker(cls, document: dict[str, Any], worker: str) -> Share:
        """The share of another process, from what the controlling one handed over."""
        path = Path(document["report_dir"]) / f"record.{worker}.part"
        return cls.open(Staged.decode(document["staged"]), RecordWriter(path), worker)

    def close(self) -> None:
        """Closes connections."""
        for client in self.clients.values():
            client.close()

    def close_part(self) -> None:
        """Closes connections and the worker's part of the record."""
        self.close()
        self._writer.close(None)


def contracts_of(options: RunOptions) -> tuple[Contract, ...]:
    """The contracts that a run judges by, with the violations its options list as known.

    Raises: ContractError naming the file that cannot be used.
    """
    contracts = tuple(load_contract(api) for api in options.urls)
    if options.known_violations is None:
        return contracts
    return with_known_violations(contracts, options.known_violations)


def _compress(record: Path, log: Path) -> None:
    """A copy of the whole record, a tenth of its size."""
    with record.open("rb") as plain, gzip.open(log, "wb", compresslevel=6) as packed:
        shutil.copyfileobj(plain, packed)


def _writable(folder: Path) -> Path:
    """The folder, made if need be, without the reports of an earlier run.

    Raises: UsageError where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in WRITTEN:
            (folder / name).unlink(missing_ok=True)
        for part in folder.glob("record.*.part"):
            part.unlink()
        trial = folder / ".dubcheck-writable"
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        raise UsageError(
            f"--report-dir {folder}: cannot be written ({error.strerror}); name a folder that can"
        ) from error
    return folder


def _refuse_unreachable(target: ApiTarget) -> None:
    """One harmless request per kind of path; a key that none of them takes cannot be judged with.

    Raises: TargetError saying what was tried.
    """
    client = ApiClient(target, _Blind(), Pace(patience_seconds=0.0))  # type: ignore[arg-type] # sees nothing
    paths = {
        "pinch": ("/api/dubbing/jobs", "/api/dubbing/jobs/dubcheck-no-such-job"),
        "panjaya": ("/v1/assets/", "/v1/assets/000000000000000000000000"),
    }[target.api]
    answers = [client.send("GET", path, credential=Credential.OWN) for path in paths]
    client.close()
    statuses = [answer.status for answer in answers]
    if all(status is None for status in statuses):
        raise TargetError(
            f"{target.api} at {target.base_url} does not answer: no connection or no HTTP"
        )
    if all(status in (401, 403) for status in statuses):
        raise TargetError(
            f"{target.api} at {target.base_url} refuses the key it was given"
            f" (status {statuses[0]} on every request); check --{target.api}-key"
        )


class _Blind:
    """Takes the witness's place for requests that are not evidence."""

    def see(self, _: object) -> None:
        """Looks away."""
