"""An asset's course to Ready: statuses, ids, added languages, and the dub as it is measured."""

from __future__ import annotations

import wave
from io import BytesIO

import av
import httpx
import numpy as np
import pytest

from .panjaya_media import version_ids

SPANISH_SRT = "1\n00:00:00,500 --> 00:00:02,000\nBuenos días.\n"


@pytest.fixture(scope="module")
def history(panjaya, clip):
    """Every state that a fast poller sees of one uploaded asset."""
    return panjaya.watch(panjaya.upload(clip).json()["asset_id"])


def test_asset_is_dubbing_then_ready(history):
    """A fast poller sees the asset Dubbing, then Ready."""
    assert [state["status"] for state in history][0] == "Dubbing"
    assert history[-1]["status"] == "Ready"


def test_duration_is_null_until_measured(history):
    """The duration is null at first and then that of the source, in seconds."""
    assert history[0]["duration"] is None
    assert history[-1]["duration"] == pytest.approx(3.0, abs=0.05)


def test_dubbing_id_is_null_until_dubbing_begins(history):
    """A language has no dubbing id at first, and a version that is not ready once it has one."""
    (first,), (begun,) = history[0]["languages"], history[1]["languages"]

    assert (first["dubbing_id"], first["versions"]) == (None, [])
    assert len(begun["dubbing_id"]) == 24
    assert begun["versions"][0]["status"] == "NotReady"


def test_error_is_null_unless_failed(history):
    """An asset that did not fail has the error null."""
    assert {state["error"] for state in history} == {None}


def test_each_language_has_a_dubbing_of_its_own(panjaya, clip):
    """Two languages have two dubbing ids and one version each, ready to edit."""
    asset = panjaya.finish(
        panjaya.upload(clip, languages=[{"locale": "es-ES"}, {"locale": "fil-PH"}])
    )

    first, second = asset["languages"]
    assert first["dubbing_id"] != second["dubbing_id"]
    assert [each["versions"][0]["status"] for each in asset["languages"]] == ["ReadyToEdit"] * 2


def test_added_language_makes_the_asset_dub_again(panjaya, clip):
    """Adding a language answers the whole asset as Dubbing; it is Ready again with both."""
    asset = panjaya.finish(panjaya.upload(clip))

    answered = panjaya.http.post(
        f"/v1/assets/{asset['asset_id']}/languages",
        json={"languages": [{"locale": "de-DE"}], "auto_generate": "off"},
    ).json()
    ready = panjaya.watch(asset["asset_id"])[-1]

    assert answered["status"] == "Dubbing"
    assert [each["locale"] for each in answered["languages"]] == ["es-ES", "de-DE"]
    assert answered["languages"][1]["dubbing_id"] is None
    assert ready["languages"][0] == asset["languages"][0]
    assert ready["languages"][1]["dubbing_id"] is not None


def test_language_added_while_dubbing_is_dubbed_too(panjaya, clip):
    """A language that comes before the asset is Ready joins the same course."""
    asset_id = panjaya.upload(clip).json()["asset_id"]

    panjaya.http.post(f"/v1/assets/{asset_id}/languages", json={"languages": [{"locale": "fr-FR"}]})

    assert len(version_ids(panjaya.watch(asset_id)[-1])) == 2


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="without-languages"),
        pytest.param({"languages": []}, id="empty"),
        pytest.param({"languages": [{"locale": "es-ES"}]}, id="present-already"),
        pytest.param({"languages": [{"locale": "he-IL"}]}, id="hebrew"),
        pytest.param({"languages": [{"locale": "de-DE", "srt": "x"}]}, id="malformed-srt"),
    ],
)
def test_add_languages_refuses_invalid_input(panjaya, history, body):
    """A list that could not be dubbed answers 400 and leaves the asset as it was."""
    asset_id = history[-1]["asset_id"]

    refused = panjaya.http.post(f"/v1/assets/{asset_id}/languages", json=body)

    assert refused.status_code == 400
    assert panjaya.asset(asset_id) == history[-1]


def test_list_shows_assets_oldest_first_by_pages(start_panjaya):
    """The list has the account's assets in order of creation, with total, limit and offset."""
    customer = start_panjaya()
    created = [customer.create(name=name).json()["asset_id"] for name in "abc"]

    page = customer.http.get("/v1/assets/", params={"limit": 2, "offset": 1}).json()

    assert [asset["asset_id"] for asset in page["assets"]] == created[1:]
    assert (page["total"], page["limit"], page["offset"]) == (3, 2, 1)


@pytest.mark.parametrize("query", ["limit=0", "limit=-1", "limit=x", "offset=-1", "offset=1.5"])
def test_list_refuses_pages_that_cannot_be(panjaya, query):
    """A limit or offset that is no natural number answers 400."""
    assert panjaya.http.get(f"/v1/assets/?{query}").status_code == 400


def test_list_shows_at_most_a_hundred(panjaya):
    """A limit above 100 counts as 100."""
    assert panjaya.http.get("/v1/assets/?limit=500").json()["limit"] == 100


def final_video(customer, asset) -> bytes:
    """The final video of the asset's first version."""
    return httpx.get(customer.generate(version_ids(asset)[0])[-1]["result_url"]).content


def seconds_of(video: bytes) -> float:
    """How long the picture of a video lasts."""
    with av.open(BytesIO(video)) as opened:
        stream = opened.streams.video[0]
        count = sum(1 for _ in opened.decode(stream))
        return count / float(stream.guessed_rate)


@pytest.mark.parametrize(
    ("trims", "seconds"),
    [
        pytest.param({}, 3.0, id="whole"),
        pytest.param({"start_time": 1}, 2.0, id="start"),
        pytest.param({"end_time": 1.5}, 1.5, id="end"),
        pytest.param({"start_time": 0.5, "end_time": 2}, 1.5, id="both"),
    ],
)
def test_trim_cuts_the_dub_and_not_the_duration(panjaya, clip, trims, seconds):
    """The final video lasts as long as the section; `duration` stays that of the source."""
    asset = panjaya.finish(panjaya.upload(clip, **trims))

    assert seconds_of(final_video(panjaya, asset)) == pytest.approx(seconds, abs=0.11)
    assert asset["duration"] == pytest.approx(3.0, abs=0.05)


def test_srt_changes_what_is_spoken(panjaya, clip):
    """With an SRT its text is spoken instead of the fixed sentence."""
    plain = panjaya.finish(panjaya.upload(clip))
    written = panjaya.finish(
        panjaya.upload(clip, languages=[{"locale": "es-ES", "srt": SPANISH_SRT}])
    )

    assert final_video(panjaya, plain) != final_video(panjaya, written)


def test_background_is_heard_beside_the_speech(panjaya, clip):
    """A background track is what is heard where nobody speaks."""
    asset = panjaya.finish(
        panjaya.upload(
            clip,
            background=tone(440),
            languages=[{"locale": "es-ES", "srt": "1\n00:00:00,000 --> 00:00:00,300\nSí.\n"}],
        )
    )

    assert loudest_frequency(final_video(panjaya, asset), from_seconds=2) == pytest.approx(
        440, 0.02
    )


def tone(frequency: float) -> bytes:
    """Three seconds of a sine as WAV."""
    samples = 8000 * np.sin(np.arange(3 * 16_000) * frequency * 2 * np.pi / 16_000)
    buffer = BytesIO()
    with wave.open(buffer, "wb") as output:
        output.setnchannels(1)
        output.setsampwidth(2)
        output.setframerate(16_000)
        output.writeframes(samples.astype("<i2").tobytes())
    return buffer.getvalue()


def loudest_frequency(video: bytes, from_seconds: float) -> float:
    """The strongest frequency of the sound from a moment on."""
    with av.open(BytesIO(video)) as opened:
        frames = [frame.to_ndarray()[0] for frame in opened.decode(audio=0)]
        rate = opened.streams.audio[0].rate
    sound = np.concatenate(frames)[int(from_seconds * rate) :]
    return float(np.abs(np.fft.rfft(sound)).argmax() * rate / sound.size)


def test_media_url_may_be_a_link_of_own_storage(panjaya, clip):
    """A signed link to a final video is fetched; the same link without its signature is not."""
    asset = panjaya.finish(panjaya.upload(clip))
    link = panjaya.generate(version_ids(asset)[0])[-1]["result_url"]

    signed = panjaya.finish(panjaya.create(media_url=link))
    unsigned = panjaya.finish(panjaya.create(media_url=link.partition("?")[0]))

    assert signed["status"] == "Ready"
    assert unsigned["error"]["code"] == "invalid_input"
