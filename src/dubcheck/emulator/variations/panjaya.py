"""Variations of Panjaya, each with what allows it. How each is done is in the other modules."""

from __future__ import annotations

from dubcheck.emulator.callbacks import Encoding, Layout
from dubcheck.emulator.defects.ways import restates
from dubcheck.emulator.variations import panjaya_answers as answers
from dubcheck.emulator.variations import panjaya_languages as languages
from dubcheck.emulator.variations import panjaya_notices as notices
from dubcheck.emulator.variations import panjaya_requests as requests
from dubcheck.emulator.variations import panjaya_trims as trims
from dubcheck.emulator.variations.changes import CREATORS, ORDERS
from dubcheck.emulator.variations.variation import OPEN, Readings, Variation, readings, together

_TOPICS = {
    "createAsset": "panjaya.create-asset",
    "uploadAsset": "panjaya.upload-asset",
    "addLanguages": "panjaya.add-languages",
}
_FRAMEWORK_DETAIL = [{"loc": ["body"], "msg": "Field required", "type": "missing"}]
_STUDIO = "https://studio.panjaya.example/v"


def _of(operations: tuple[str, ...], **facts: str) -> Readings:
    """The same questions of several operations."""
    return tuple(pair for each in operations for pair in readings(_TOPICS[each], **facts))


PANJAYA: dict[str, Variation] = {
    "panjaya-created-201": Variation(
        "Answers 201 to what creates an asset or adds languages; lists no assets.",
        "Success is told in words; the list stands on a page of its own (A2, A8).",
        together(
            restates("createAsset", 200, 201),
            restates("uploadAsset", 200, 201),
            restates("addLanguages", 200, 201),
            requests.no_list,
        ),
        (
            *_of(ORDERS, success_status_code="status-201"),
            *readings("panjaya.list-assets", is_served="not-served"),
        ),
    ),
    "panjaya-framework-422": Variation(
        "Answers 422 with a list of details to malformed requests.",
        "The list of statuses gives general meanings; the framework behind it does so (A1).",
        requests.answers_422(_FRAMEWORK_DETAIL),
        readings("panjaya.errors", malformed_request_status="status-422", list_as_detail="list"),
    ),
    "panjaya-other-keys": Variation(
        "Names the dubbing id `id`, tells errors as one text.",
        "Neither key is printed (A6); the field contains a code and a message.",
        together(answers.renamed("dubbing_id", "id"), answers.error_as_text),
        readings("panjaya.asset-errors", error_container="text"),
    ),
    "panjaya-unknown-400": Variation(
        "Answers 400 to ids that cannot be and revisions of unknown versions; some nulls absent.",
        "Revising declares no 404 (A15); an id of no resource is invalid input as well.",
        together(
            restates("reviseVersion", 404, 400),
            requests.malformed_ids_answer(400),
            answers.some_absent,
        ),
        (
            *readings("panjaya.get-asset", malformed_asset_id_status="status-400"),
            *readings("panjaya.answers", null_or_absent="mixed"),
        ),
    ),
    "panjaya-strict-requests": Variation(
        "Refuses at once whatever need not be taken.",
        OPEN,
        together(
            *requests.STRICT,
            *trims.STRICT,
            requests.without_slash(404),
            requests.malformed_ids_answer(422),
        ),
        (
            *readings("panjaya.auth", scheme_in_lower_case="refused"),
            *_of(ORDERS, target_equal_to_source="refused"),
            *_of(CREATORS, speakers_count_below_one="refused"),
            *_of(ORDERS, null_auto_generate="refused"),
            *readings("panjaya.create-asset", whitespace_name="refused"),
            *readings("panjaya.create-asset", path_without_slash="not-found"),
            *readings("panjaya.upload-asset", media_url_inside_request="refused"),
            *readings("panjaya.get-asset", malformed_asset_id_status="status-422"),
            *readings("panjaya.add-languages", while_still_dubbing="refused"),
            *readings("panjaya.revise-version", null_studio_url_request="refused"),
            *readings("panjaya.revise-version", absent_body="refused"),
            *readings("panjaya.trims", end_not_after_start_moment="refused"),
            *readings("panjaya.trims", negative_time_moment="refused", zero_end="refused"),
            *readings("panjaya.trims", start_at_duration="refused"),
            *readings("panjaya.srt", byte_order_mark="refused"),
            *readings("panjaya.asset-errors", no_media_moment="refused"),
        ),
    ),
    "panjaya-lenient-requests": Variation(
        "Takes what can be understood: other cases, empty and repeated languages, odd SRT.",
        OPEN,
        together(
            languages.SPELLS_FREELY,
            languages.takes_no_languages,
            languages.repeats(keeps=False),
            *requests.LENIENT,
            requests.ignores_bad_background,
            requests.takes_failed_assets,
            requests.without_slash(None),
            *trims.LENIENT,
        ),
        (
            *_of(CREATORS, wrong_case_source_locale="accepted"),
            *_of(ORDERS, wrong_case_target_locale="accepted", empty_languages="accepted"),
            *_of(ORDERS, repeated_target_locale="merged"),
            *_of(CREATORS, empty_callback_url="ignored"),
            *readings("panjaya.create-asset", background_text_no_url="ignored"),
            *readings("panjaya.create-asset", path_without_slash="same-answer"),
            *readings("panjaya.add-languages", language_already_there="ignored"),
            *readings("panjaya.add-languages", on_failed_asset="accepted"),
            *readings("panjaya.errors", convertible_values="converted"),
            *readings("panjaya.srt", webvtt_text="accepted", empty_text="accepted"),
            *readings("panjaya.srt", entry_ends_before_it_starts="accepted"),
            *readings("panjaya.srt", numbers_out_of_order="accepted"),
            *readings("panjaya.trims", zero_end="accepted", start_at_duration="accepted"),
        ),
    ),
    "panjaya-other-readings-1": Variation(
        "Keeps what is asked for twice, cuts names by UTF-16, sees bad URLs later.",
        OPEN,
        together(
            languages.repeats(keeps=True),
            requests.names_cut(requests.in_utf16_units),
            requests.bad_urls_are_seen_later("media_url"),
            requests.bad_urls_are_seen_later("background_url"),
            requests.no_media_fails_otherwise,
            trims.other_code,
            answers.studio_before_editing(absent=False),
            answers.studio_unasked(None),
        ),
        (
            *_of(ORDERS, repeated_target_locale="kept-twice"),
            *readings("panjaya.add-languages", language_already_there="added-again"),
            *readings("panjaya.create-asset", character_of_a_name="utf-16-units"),
            *readings("panjaya.create-asset", background_text_no_url="asset-fails"),
            *readings("panjaya.create-asset", bad_media_url_moment="asset-fails"),
            *readings("panjaya.asset-errors", no_media_moment="fails-otherwise"),
            *readings("panjaya.trims", out_of_range_code="invalid-input"),
            *readings("panjaya.get-version", studio_url_before_editing="null"),
            *readings("panjaya.revise-version", studio_url_without_request="absent"),
            *readings("panjaya.callbacks", signature_encoding="hex-raw"),
            *readings("panjaya.callbacks", version_id_of_asset_event="absent"),
        ),
        arrange=notices.together(
            notices.signed(Encoding.HEX, Layout.RAW), notices.worded(notices.without_null)
        ),
    ),
    "panjaya-other-readings-2": Variation(
        "Counts graphemes, shows the length of the section, gives addresses unasked.",
        OPEN,
        together(
            requests.names_cut(requests.in_graphemes),
            requests.answers_422("The request is malformed."),
            trims.duration_of_the_section,
            answers.studio_before_editing(absent=True),
            answers.studio_unasked(_STUDIO),
        ),
        (
            *readings("panjaya.create-asset", character_of_a_name="graphemes"),
            *readings("panjaya.get-asset", duration_of_trimmed_asset="trimmed-section"),
            *readings("panjaya.get-version", studio_url_before_editing="absent"),
            *readings("panjaya.revise-version", studio_url_without_request="url"),
            *readings("panjaya.callbacks", signature_encoding="base64-der"),
            *readings("panjaya.callbacks", asset_ready_event="another-event"),
            *readings("panjaya.errors", malformed_request_status="status-422"),
            *readings("panjaya.errors", list_as_detail="string"),
        ),
        arrange=notices.together(
            notices.signed(Encoding.BASE64, Layout.DER),
            notices.worded(notices.with_another_event()),
        ),
    ),
    "panjaya-repeats-notices": Variation(
        "Posts each notice twice, signed in base64; null asks for an address.",
        "Nothing is said of repeats or of the text of a signature (A20).",
        answers.studio_for_null(_STUDIO),
        (
            *readings("panjaya.revise-version", null_studio_url_request="yes"),
            *readings("panjaya.callbacks", repeated_notices="repeated"),
            *readings("panjaya.callbacks", signature_encoding="base64-raw"),
        ),
        settings={"faults": ("callback-repeated",)},
        arrange=notices.signed(Encoding.BASE64, Layout.RAW),
    ),
    "panjaya-late-notices": Variation(
        "Posts notices 40 seconds late.",
        "Callbacks: an update is promised for every change, and no time for it.",
        shows=readings("panjaya.callbacks", signature_encoding="base64url-der"),
        arrange=notices.together(notices.signed(Encoding.BASE64URL, Layout.DER), notices.late(40)),
    ),
    "panjaya-versions-prepared-late": Variation(
        "Prepares versions in 32 seconds, and their assets become Ready before.",
        "Versions: NotReady is being prepared; how long that takes is not said.",
        notices.prepared_after(32),
        readings("panjaya.callbacks", signature_encoding="base64url-raw"),
        arrange=notices.together(notices.signed(Encoding.BASE64URL, Layout.RAW), notices.late(33)),
    ),
    "panjaya-finished-at-first-sight": Variation(
        "Has finished each asset when it is asked for the first time.",
        "No document says how long an asset is dubbed.",
        answers.finished_at_first_sight,
    ),
    "panjaya-languages-outlast-patience": Variation(
        "Keeps assets of three languages dubbing for as long as anybody looks.",
        "No document says how long an asset is dubbed.",
        answers.many_languages_stay_dubbing,
    ),
}
