"""The options of a run, declared once for the command line and for plain pytest, and checked."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dubcheck.contract import APIS
from dubcheck.errors import UsageError
from dubcheck.targets.target_options import checked_base_url, checked_listen_address

PROFILES = ("quick", "standard", "deep")


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its flag, what it means, and the environment variable it falls back to."""

    flag: str
    help: str
    metavar: str | None = None
    choices: tuple[str, ...] | None = None
    environment: str | None = None

    @property
    def name(self) -> str:
        """The attribute under which a parser keeps the value."""
        return self.flag.removeprefix("--").replace("-", "_")

    @property
    def keywords(self) -> dict[str, Any]:
        """What argparse and pytest both take."""
        text = f"{self.help} [{self.environment}]" if self.environment else self.help
        words: dict[str, Any] = {"help": text, "default": None, "dest": self.name}
        if self.choices:
            words["choices"] = self.choices
        else:
            words["metavar"] = self.metavar
        return words


OPTIONS = (
    Option("--api", "judge this API only", choices=APIS),
    Option("--pinch-url", "base URL of Pinch", "URL", environment="PINCH_BASE_URL"),
    Option("--pinch-key", "key for Pinch", "KEY", environment="PINCH_API_KEY"),
    Option(
        "--pinch-poor-key",
        "key of an account whose balance is too low",
        "KEY",
        environment="PINCH_POOR_API_KEY",
    ),
    Option("--pinch-other-key", "key of another Pinch account", "KEY"),
    Option("--panjaya-url", "base URL of Panjaya", "URL", environment="PANJAYA_BASE_URL"),
    Option(
        "--panjaya-key",
        "key for Panjaya, used as given (panjaya-…)",
        "KEY",
        environment="PANJAYA_API_KEY",
    ),
    Option("--panjaya-other-key", "key of another Panjaya account", "KEY"),
    Option("--callback-listen", "where to listen for callbacks", "HOST:PORT"),
    Option("--callback-url", "the https URL at which the target reaches that place", "URL"),
    Option("--callback-cert", "certificate to speak TLS with there", "PEM"),
    Option("--callback-cert-key", "the private key of that certificate", "PEM"),
    Option("--callback-public-key", "file with the public key that signs callbacks", "PEM"),
    Option("--media-listen", "where to serve the suite's media", "HOST:PORT"),
    Option("--media-url", "the URL at which the target reaches that place", "URL"),
    Option(
        "--profile",
        "how much to send: quick (every must once), standard (the default) or deep",
        choices=PROFILES,
    ),
    Option(
        "--defect",
        "let the embedded emulator break these promises on purpose, to try the suite",
        "ID[/SLUG][,...]",
    ),
    Option(
        "--minutes",
        "with --profile deep: explore with ever new seeds until N minutes are over",
        "N",
    ),
    Option(
        "--only",
        "run the probes of this requirement, of ids that begin so, or one probe by its name",
        "ID",
    ),
    Option("--seed", "seed of everything generated (default 0)", "N"),
    Option("--rate", "most requests to send in a minute (default: no bound)", "N"),
    Option("--known-violations", "YAML file of violations that are already known", "FILE"),
    Option(
        "--traffic-log",
        "file for all traffic, compressed (.jsonl.gz), for `dubcheck judge`",
        "FILE",
    ),
    Option("--report-dir", "folder to write the report to (default reports/latest)", "DIR"),
)

_BY_NAME = {option.name: option for option in OPTIONS}


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The checked options of a run; an API that is not judged has no entry in `urls`.

    Shape: `urls` maps each judged API to its base URL, or to None for the embedded emulator.
    """

    urls: Mapping[str, str | None]
    keys: Mapping[str, str | None]
    callback_listen: tuple[str, int] | None
    callback_url: str | None
    callback_cert: Path | None
    callback_cert_key: Path | None
    callback_public_key: Path | None
    media_listen: tuple[str, int] | None
    media_url: str | None
    profile: str
    minutes: float | None
    seed: int
    rate: float | None
    report_dir: Path
    known_violations: Path | None = None
    traffic_log: Path | None = None
    defect: str | None = None


def checked_options(
    given: Mapping[str, Any], environment: Mapping[str, str] = os.environ
) -> RunOptions:
    """The options of a run.

    Raises: UsageError naming the option that cannot be used and what would be right.
    """
    values = {
        name: given.get(name)
        or (option.environment and environment.get(option.environment))
        or None
        for name, option in _BY_NAME.items()
    }
    urls = _urls(values)
    _refuse_missing_keys(urls, values)
    _refuse_halves(values)
    return RunOptions(
        urls=urls,
        keys={
            name: values[name]
            for name in values
            if name.endswith("_key") and "callback" not in name
        },
        callback_listen=_address(values, "callback_listen"),
        callback_url=_callback_url(values["callback_url"]),
        callback_cert=_file(values, "callback_cert"),
        callback_cert_key=_file(values, "callback_cert_key"),
        callback_public_key=_file(values, "callback_public_key"),
        media_listen=_address(values, "media_listen"),
        media_url=values["media_url"] and checked_base_url("--media-url", values["media_url"]),
        profile=values["profile"] or "standard",
        minutes=_minutes(given.get("minutes"), values["profile"]),
        seed=_seed(values["seed"]),
        rate=_rate(values["rate"]),
        report_dir=Path(values["report_dir"] or "reports/latest"),
        known_violations=_file(values, "known_violations"),
        traffic_log=_log(values["traffic_log"]),
        defect=_defect(values["defect"], urls),
    )


def _urls(values: Mapping[str, Any]) -> dict[str, str | None]:
    given = {api: values[f"{api}_url"] for api in APIS if values[f"{api}_url"]}
    chosen = (values["api"],) if values["api"] else tuple(given) or APIS
    if values["api"] and given and values["api"] not in given:
        other = next(iter(given))
        raise UsageError(
            f"--api {values['api']}: the URL that was given is for {other};"
            f" give --{values['api']}-url, or leave out --api"
        )
    return {
        api: checked_base_url(f"--{api}-url", given[api]) if api in given else None
        for api in chosen
    }


def _refuse_missing_keys(urls: Mapping[str, str | None], values: Mapping[str, Any]) -> None:
    for api, url in urls.items():
        if url is not None and not values[f"{api}_key"]:
            variable = _BY_NAME[f"{api}_key"].environment
            raise UsageError(f"--{api}-url needs a key: give --{api}-key KEY or set {variable}")


def _refuse_halves(values: Mapping[str, Any]) -> None:
    for first, second in (
        ("callback_listen", "callback_url"),
        ("callback_cert", "callback_cert_key"),
        ("media_listen", "media_url"),
    ):
        for one, other in ((first, second), (second, first)):
            if values[one] and not values[other]:
                raise UsageError(f"{_BY_NAME[one].flag} needs {_BY_NAME[other].flag} beside it")


def _address(values: Mapping[str, Any], name: str) -> tuple[str, int] | None:
    return values[name] and checked_listen_address(_BY_NAME[name].flag, values[name])


def _callback_url(url: str | None) -> str | None:
    if url is not None and (urlsplit(url).scheme != "https" or not urlsplit(url).hostname):
        raise UsageError(f"--callback-url {url}: must be an https URL, as the documents ask")
    return url and url.rstrip("/")


def _file(values: Mapping[str, Any], name: str) -> Path | None:
    if not values[name]:
        return None
    path = Path(values[name])
    try:
        path.read_bytes()
    except OSError as error:
        raise UsageError(f"{_BY_NAME[name].flag} {path}: cannot be read ({error})") from error
    return path


def _defect(name: str | None, urls: Mapping[str, str | None]) -> str | None:
    if name and None not in urls.values():
        raise UsageError(f"--defect {name}: only the embedded emulator breaks promises on purpose")
    return name


def _log(name: str | None) -> Path | None:
    if not name:
        return None
    path = Path(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()
    except OSError as error:
        raise UsageError(f"--traffic-log {path}: cannot be written ({error.strerror})") from error
    return path


def _seed(text: str | None) -> int:
    if text in (None, ""):
        return 0
    if text == "random":
        return random.SystemRandom().randrange(2**32)
    if not str(text).isdigit():
        raise UsageError(f"--seed {text}: is not a whole number from 0 (or the word random)")
    return int(str(text))


def _minutes(text: str | None, profile: str | None) -> float | None:
    if text is None:
        return None
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < float("inf"):
        raise UsageError(f"--minutes {text}: is not a number of minutes above 0")
    if profile != "deep":
        raise UsageError(f"--minutes {text}: belongs to --profile deep; give both, or neither")
    return minutes


def _rate(text: str | None) -> float | None:
    if not text:
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate < float("inf"):
        raise UsageError(f"--rate {text}: is not a number of requests per minute above 0")
    return rate
