"""Wrong usage ends with status 2 and a message that names the input and the cure."""

import subprocess
import sys
from pathlib import Path

import pytest

from dubcheck.errors import UsageError
from dubcheck.targets.run_options import checked_options


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        pytest.param({"pinch_url": "http://h.example"}, "loopback only", id="plain http"),
        pytest.param({"pinch_url": "ftp://h.example"}, "is not a URL", id="other scheme"),
        pytest.param({"pinch_url": "https://u:p@h.example"}, "user name", id="user in URL"),
        pytest.param({"pinch_url": "https://h.example"}, "PINCH_API_KEY", id="no key"),
        pytest.param(
            {"api": "panjaya", "pinch_url": "https://h", "pinch_key": "k"},
            "--panjaya-url",
            id="URL of the other API",
        ),
        pytest.param({"callback_listen": "127.0.0.1:1"}, "--callback-url", id="half a callback"),
        pytest.param(
            {"callback_listen": "here", "callback_url": "https://h"}, "HOST:PORT", id="no address"
        ),
        pytest.param(
            {"callback_listen": "h:1", "callback_url": "http://h"}, "https URL", id="http callback"
        ),
        pytest.param({"callback_public_key": "/nowhere.pem"}, "cannot be read", id="no file"),
        pytest.param({"seed": "-1"}, "whole number", id="negative seed"),
        pytest.param({"rate": "0"}, "above 0", id="rate of zero"),
        pytest.param({"rate": "nan"}, "above 0", id="rate that is no number"),
    ],
)
def test_unusable_option_is_named(given: dict[str, str], complaint: str) -> None:
    """An option that cannot be used is refused before anything starts."""
    with pytest.raises(UsageError, match=complaint):
        checked_options(given, environment={})


def test_key_is_not_in_the_message() -> None:
    """The complaint about a URL never repeats the key beside it."""
    with pytest.raises(UsageError) as caught:
        checked_options({"pinch_url": "http://h.example", "pinch_key": "pk_secret"}, {})

    assert "pk_secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "environment", "urls"),
    [
        pytest.param({}, {}, {"pinch": None, "panjaya": None}, id="nothing: both embedded"),
        pytest.param({"api": "pinch"}, {}, {"pinch": None}, id="one API embedded"),
        pytest.param(
            {"panjaya_url": "http://127.0.0.1:1/", "panjaya_key": "k"},
            {},
            {"panjaya": "http://127.0.0.1:1"},
            id="one URL judges that API only",
        ),
        pytest.param(
            {},
            {"PINCH_BASE_URL": "https://h", "PINCH_API_KEY": "k"},
            {"pinch": "https://h"},
            id="URL and key from the environment",
        ),
    ],
)
def test_urls_decide_what_is_judged(
    given: dict[str, str], environment: dict[str, str], urls: dict[str, str | None]
) -> None:
    """Without a URL the emulator is judged; a URL for one API judges that API only."""
    assert checked_options(given, environment).urls == urls


@pytest.mark.parametrize(
    ("words", "status", "complaint"),
    [
        pytest.param(["run", "--bogus"], 2, "--bogus", id="unknown option"),
        pytest.param(["walk"], 2, "walk", id="unknown command"),
        pytest.param([], 2, "COMMAND", id="no command"),
        pytest.param(["judge", "/nowhere.jsonl"], 2, "/nowhere.jsonl", id="no record"),
        pytest.param(["--version"], 0, "", id="version"),
    ],
)
def test_command_line_ends_with_its_status(
    words: list[str], status: int, complaint: str, tmp_path: Path
) -> None:
    """The exit status and one clear line tell what was wrong, without a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "dubcheck", *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
    )

    assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert complaint in done.stderr
