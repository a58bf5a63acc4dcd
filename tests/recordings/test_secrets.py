"""No secret of a recording reaches a report or the terminal."""

from __future__ import annotations

import json

import pytest
from tests.recordings.recorded_messages import JOBS, SENT, created, har_entry, interaction, shown

KEY = "live-5f2c9d81a7b34e60"
SIGNATURE = "0e76c2019eb2b3fff33ba3c310ee57d8"
CREDENTIAL = "AKIAEXAMPLEEXAMPLE"
MAIL = "someone@example.com"
SECRETS = (KEY, SIGNATURE, CREDENTIAL, MAIL, "pk_secret_key", "session-cookie-value")
LINK = (
    "https://storage.example/out.mp3?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    f"&X-Amz-Credential={CREDENTIAL}%2F20260305&X-Amz-Date=20260305T120000Z"
    f"&X-Amz-Expires=172800&X-Amz-SignedHeaders=host&X-Amz-Signature={SIGNATURE}"
)
HEADERS = {
    "Authorization": f"Bearer {KEY}",
    "Cookie": "id=session-cookie-value",
    "X-Api-Key": "pk_secret_key",
}


def plain(text: str) -> str:
    """The text as it is."""
    return text


def with_escaped_ampersands(text: str) -> str:
    """JSON as servers write it that escape for HTML."""
    return text.replace("&", "\\u0026").replace("=", "\\u003d")


def with_escaped_slashes(text: str) -> str:
    """JSON as PHP writes it."""
    return text.replace("/", "\\/")


@pytest.fixture
def answers() -> tuple[str, str]:
    """Two answers full of secrets, each of which breaks a promise and so stands in the report."""
    created_text = json.dumps(created(target_lang="fr", note=f"made by {MAIL} with {KEY}"))
    completed = shown("completed", output_url=LINK, target_lang="de", owner="pk_secret_key")
    return created_text, json.dumps(completed)


@pytest.mark.parametrize("written", [plain, with_escaped_ampersands, with_escaped_slashes])
def test_secrets_of_a_har_file_stay_out_of_the_report(desk, answers, written):
    """Keys, cookies, signatures and e-mail addresses of a HAR file stand nowhere."""
    sent = {**SENT, "source_url": LINK, "contact": MAIL}
    first = har_entry("POST", JOBS, 200, written(answers[0]), sent)
    second = har_entry("GET", f"{JOBS}/dub_1", 200, written(answers[1]), at=9)
    first["request"]["headers"] = [{"name": name, "value": HEADERS[name]} for name in HEADERS]
    storage = har_entry("GET", LINK, 200, "", at=12)

    judgement = desk.judge(desk.har("trip.har", first, second, storage))

    assert len(judgement.failed_musts) >= 2
    assert [item for item in SECRETS if item in told(desk, judgement)] == []


def test_secrets_of_a_cassette_stay_out_of_the_report(desk, answers):
    """Keys, cookies, signatures and e-mail addresses of a cassette stand nowhere."""
    first = interaction("POST", JOBS, 200, answers[0], {**SENT, "source_url": LINK})
    first["request"]["headers"] = {name: [value] for name, value in HEADERS.items()}
    second = interaction("GET", f"{JOBS}/dub_1", 200, answers[1])

    judgement = desk.judge(desk.cassette("job.yaml", first, second))

    assert len(judgement.failed_musts) >= 2
    assert [item for item in SECRETS if item in told(desk, judgement)] == []


def told(desk, judgement) -> str:
    """Everything that was written or printed."""
    written = (item.read_text() for item in (desk.folder.parent / "judged").iterdir())
    return "\n".join([judgement.out, judgement.errors, *written])
