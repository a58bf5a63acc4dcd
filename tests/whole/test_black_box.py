"""A separately started emulator gets the verdicts that the embedded one gets."""

from pathlib import Path
from typing import Any

# Only the embedded emulator is told to do these, or is cheap enough to be sent 500 MB.
CONTROL_ONLY = ("embedded emulator", "account at its limit", "500 MB")


def unmet(report: dict[str, Any]) -> dict[str, str]:
    """The musts that were not exercised, with their reasons."""
    return {
        item["id"]: item["reason"]
        for item in report["requirements"]
        if item["level"] == "must" and item["verdict"] == "not-exercised"
    }


def _given(greeting: dict[str, Any], reachable: Any) -> list[str]:
    """Options for one emulator, and for where it is to reach the suite."""
    return [
        *("--pinch-url", greeting["url"], "--pinch-key", greeting["pinch_key"]),
        *("--pinch-poor-key", greeting["pinch_poor_key"]),
        *("--pinch-other-key", greeting["pinch_other_key"]),
        *("--panjaya-url", greeting["url"], "--panjaya-key", greeting["panjaya_key"]),
        *("--panjaya-other-key", greeting["panjaya_other_key"]),
        *("--callback-listen", f"127.0.0.1:{reachable.callback_port}"),
        *("--callback-url", reachable.callback_url),
        *("--callback-cert", str(reachable.certificate)),
        *("--callback-cert-key", str(reachable.certificate_key)),
        *("--media-listen", f"127.0.0.1:{reachable.media_port}"),
        *("--media-url", reachable.media_url),
    ]


def test_separate_emulator_gets_the_same_verdicts(
    run_dubcheck: Any,
    embedded_run: Any,
    separate_emulator: Any,
    reachable: Any,
    reviewed: Any,
    tmp_path: Path,
) -> None:
    """Given URL, keys and reachable places only, every verdict is that of the embedded run.

    What needs the emulator's control surface is not exercised, and says so.
    """
    greeting = separate_emulator.greeting
    public_key = tmp_path / "public.pem"
    public_key.write_text(greeting["callback_public_key"])

    black_box = run_dubcheck(
        *("--profile", "quick", "--callback-public-key", str(public_key)),
        *_given(greeting, reachable),
    )

    assert embedded_run.status == 0, embedded_run.told
    assert black_box.status == 0, black_box.told
    seen, expected = black_box.verdicts("must"), embedded_run.verdicts("must")
    differing = {name for name in expected if seen[name] != expected[name]}
    reasons = unmet(black_box.report)
    unexplained = {
        name: (expected[name], seen[name], reasons.get(name))
        for name in differing - reviewed.by_timing
        if not any(word in reasons.get(name, "") for word in CONTROL_ONLY)
    }
    assert unexplained == {}


def test_refused_private_addresses_are_not_held_against_a_service(
    run_dubcheck: Any, secluded_emulator: Any, reachable: Any
) -> None:
    """Where a service refuses the suite's own address, as it may, other requests are judged."""
    black_box = run_dubcheck(
        *("--profile", "quick"),
        *_given(secluded_emulator.greeting, reachable),
        *("--", "-k", "plain or public_url or notified or with_only or documented_request"),
    )

    assert black_box.status == 0, black_box.told
    reasons = unmet(black_box.report)
    assert "private address" in reasons["pinch.source-url.public-url-is-dubbed"]
    assert "private address" in reasons["panjaya.create-asset.media-behind-url-is-dubbed"]
    assert "private address" in reasons["panjaya.callbacks.created-asset-is-notified"]
    assert black_box.verdicts("must")["panjaya.upload-asset.minimal-request-is-accepted"] == "pass"
