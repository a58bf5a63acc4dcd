"""What Panjaya accepts and refuses before any work begins."""

from __future__ import annotations

import pytest

SRT = "1\n00:00:00,000 --> 00:00:02,000\nHola.\n"


def languages(*locales: str, **more: object) -> list[dict[str, object]]:
    """A list of target languages."""
    return [{"locale": locale, **more} for locale in locales]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="required-fields-only"),
        pytest.param({"locale": "he-IL"}, id="hebrew-as-source"),
        pytest.param({"languages": languages("en-US")}, id="target-is-source"),
        pytest.param({"languages": languages("es-ES", srt=SRT)}, id="srt"),
        pytest.param({"srt": "no subtitles at all"}, id="source-srt-of-any-text"),
        pytest.param({"speakers_count": 2}, id="speakers"),
        pytest.param({"auto_generate": "off"}, id="auto-generate-off"),
        pytest.param({"lips_model": "real_face_turbo"}, id="lips-model"),
        pytest.param({"start_time": 0, "end_time": 1.5}, id="trims"),
        pytest.param({"callback_url": "https://hooks.example.org/x"}, id="callback"),
        pytest.param({"unknown": {"a": 1}}, id="unknown-field"),
    ],
)
def test_create_accepts_what_is_documented(panjaya, changes):
    """Every documented field is accepted with 200 and answered as a dubbing asset."""
    accepted = panjaya.create(**changes)

    assert accepted.status_code == 200
    assert accepted.json()["status"] == "Dubbing"
    assert accepted.json()["duration"] is None


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"name": ""}, id="empty-name"),
        pytest.param({"name": 7}, id="name-not-text"),
        pytest.param({"locale": "xx-XX"}, id="unknown-source"),
        pytest.param({"locale": "en"}, id="source-without-region"),
        pytest.param({"languages": []}, id="no-languages"),
        pytest.param({"languages": "es-ES"}, id="languages-not-a-list"),
        pytest.param({"languages": ["es-ES"]}, id="language-not-an-object"),
        pytest.param({"languages": languages("xx-XX")}, id="unknown-target"),
        pytest.param({"languages": languages("he-IL")}, id="hebrew-as-target"),
        pytest.param({"languages": languages("es-ES", "es-ES")}, id="target-twice"),
        pytest.param({"languages": languages("es-ES", srt="hello")}, id="malformed-srt"),
        pytest.param({"languages": languages("es-ES", srt=1)}, id="srt-not-text"),
        pytest.param({"media_url": ""}, id="empty-media-url"),
        pytest.param({"media_url": "video.mp4"}, id="relative-media-url"),
        pytest.param({"media_url": "http://127.0.0.1/a.mp4"}, id="private-media-url"),
        pytest.param({"background_url": "http://10.0.0.1/a"}, id="private-background-url"),
        pytest.param({"callback_url": "http://hooks.example.org/"}, id="callback-by-http"),
        pytest.param({"callback_url": "https://192.168.0.1/"}, id="private-callback"),
        pytest.param({"callback_url": "hooks"}, id="callback-no-url"),
        pytest.param({"speakers_count": 1.5}, id="half-a-speaker"),
        pytest.param({"speakers_count": True}, id="speakers-true"),
        pytest.param({"start_time": "1"}, id="start-not-a-number"),
        pytest.param({"end_time": True}, id="end-true"),
        pytest.param({"auto_generate": "always"}, id="unknown-auto-generate"),
        pytest.param({"lips_model": "other"}, id="unknown-lips-model"),
    ],
)
def test_create_refuses_invalid_input(panjaya, changes):
    """A field that breaks its rule is answered with 400 and a text under `detail`."""
    refused = panjaya.create(**changes)

    assert refused.status_code == 400
    assert list(refused.json()) == ["detail"]
    assert isinstance(refused.json()["detail"], str)


@pytest.mark.parametrize("field", ["name", "locale", "languages", "media_url"])
def test_create_requires_each_required_field(panjaya, field):
    """Without one of the four fields of the shortest example a request is refused with 400."""
    assert panjaya.create(**{field: None}).status_code == 400


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(b"", "application/json", id="empty"),
        pytest.param(b"{", "application/json", id="cut"),
        pytest.param(b"[]", "application/json", id="list"),
        pytest.param(b"null", "application/json", id="null"),
        pytest.param(b"\xff\xfe", "application/json", id="not-unicode"),
        pytest.param(b"[" * 100_000, "application/json", id="deep"),
        pytest.param(b'{"start_time": 1e999}', "application/json", id="beyond-any-number"),
        pytest.param(b"{}", "text/plain", id="other-content-type"),
        pytest.param(b'"' + b"a" * (17 << 20) + b'"', "application/json", id="over-the-limit"),
    ],
)
def test_create_refuses_what_is_no_json_object(panjaya, body, content_type):
    """A body that is no JSON object is answered with 400 in the API's own form."""
    refused = panjaya.http.post("/v1/assets/", content=body, headers={"content-type": content_type})

    assert refused.status_code == 400
    assert isinstance(refused.json()["detail"], str)


@pytest.mark.parametrize(
    "character",
    [
        pytest.param("a", id="ascii"),
        pytest.param("é", id="two-bytes"),
        pytest.param("🎬", id="emoji"),
    ],
)
def test_long_name_is_cut_to_255_characters(panjaya, character):
    """A name of 300 characters is accepted and answered as its first 255, whatever their bytes."""
    accepted = panjaya.create(name=character * 300)

    assert accepted.json()["name"] == character * 255


def test_name_of_a_megabyte_is_cut_too(panjaya):
    """However long, a name is never refused for its length."""
    assert len(panjaya.create(name="n" * 2_000_000).json()["name"]) == 255


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", "Basic panjaya-emulator"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/assets/"),
        ("POST", "/v1/assets/"),
        ("POST", "/v1/assets/upload"),
        ("GET", "/v1/assets/a"),
        ("POST", "/v1/assets/a/languages"),
        ("GET", "/v1/versions/a"),
        ("PATCH", "/v1/versions/a/revise"),
    ],
)
def test_every_operation_refuses_an_invalid_key(panjaya, method, path, authorization):
    """Without a valid key every operation answers 401 before it looks at anything else."""
    refused = panjaya.http.request(method, path, headers={"authorization": authorization})

    assert refused.status_code == 401
    assert isinstance(refused.json()["detail"], str)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/assets/unknown"),
        ("GET", "/v1/versions/unknown"),
        ("PATCH", "/v1/versions/unknown/revise"),
        ("GET", "/v1/nothing"),
    ],
)
def test_unknown_resource_is_not_found(panjaya, method, path):
    """An unknown id or path answers 404 in the API's own form."""
    missing = panjaya.http.request(method, path)

    assert missing.status_code == 404
    assert isinstance(missing.json()["detail"], str)


def test_missing_slash_is_redirected(panjaya):
    """The collection without its slash answers 307 with the documented address."""
    redirected = panjaya.http.get("/v1/assets?limit=1")

    assert redirected.status_code == 307
    assert redirected.headers["location"] == "/v1/assets/?limit=1"


def test_other_method_names_the_allowed_ones(panjaya):
    """A method that a path does not have answers 405 with those that it has."""
    refused = panjaya.http.delete("/v1/assets/")

    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, POST"
