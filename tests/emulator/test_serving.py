"""The emulator as a process of its own, as `dubcheck serve` starts it."""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from dubcheck.emulator.serving import add_arguments, read_settings
from dubcheck.emulator.settings import Speed
from dubcheck.errors import UsageError

PROGRAM = """
import argparse, sys
from dubcheck.emulator.serving import add_arguments, serve
parser = argparse.ArgumentParser()
add_arguments(parser)
sys.exit(serve(parser.parse_args()))
"""


def parse(*words: str) -> argparse.Namespace:
    """Options as the command line gives them."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    """A running `serve` on a free port."""
    command = [sys.executable, "-c", PROGRAM, "--port", "0", "--seed", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as it:
        yield it
        it.kill()


def test_serve_prints_one_json_line_once_it_answers(process: subprocess.Popen[str]) -> None:
    """The first line names url, keys, callback key, profile and seed; the url answers."""
    first = json.loads(process.stdout.readline())  # type: ignore[union-attr]

    answer = httpx.get(
        f"{first['url']}/api/dubbing/jobs",
        headers={"authorization": f"Bearer {first['pinch_key']}"},
    )

    assert answer.status_code == 200
    assert first["callback_public_key"].startswith("-----BEGIN PUBLIC KEY-----")
    assert (first["profile"], first["seed"]) == ("docs-2026-03", 3)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_serve_ends_with_status_0_when_told_to(
    process: subprocess.Popen[str], number: signal.Signals
) -> None:
    """SIGINT and SIGTERM end it with status 0 and nothing on stderr."""
    process.stdout.readline()  # type: ignore[union-attr]

    process.send_signal(number)
    _, errors = process.communicate(timeout=20)

    assert (process.returncode, errors) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--profile", "docs-1999"], id="profile"),
        pytest.param(["--port", "70000"], id="port"),
        pytest.param(["--rate-limit", "0"], id="rate-limit"),
        pytest.param(["--callback-ca", "/nowhere/ca.pem"], id="callback-ca"),
    ],
)
def test_serve_names_the_option_that_is_wrong(words: list[str]) -> None:
    """An option that cannot be used is a UsageError whose message begins with the option."""
    with pytest.raises(UsageError, match=f"^{words[0]}"):
        read_settings(parse(*words))


def test_serve_reads_every_option_into_the_settings() -> None:
    """Options reach the settings unchanged; --rate-limit alone means the documented ten."""
    settings = read_settings(
        parse("--profile", "vendor-2026-08", "--speed", "real", "--rate-limit", "--no-control")
    )

    assert settings.profile.name == "vendor-2026-08"
    assert (settings.speed, settings.rate_limit, settings.control) == (Speed.REAL, 10, False)
