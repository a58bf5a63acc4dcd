"""Variations of Pinch, each with what allows it. How each is done is in the other pinch modules."""

from __future__ import annotations

from dataclasses import replace

from dubcheck.emulator.defects.ways import replaces, restates
from dubcheck.emulator.profiles import DOCS_2026_03, VENDOR_2026_08
from dubcheck.emulator.variations import pinch_jobs as jobs
from dubcheck.emulator.variations import pinch_links as links
from dubcheck.emulator.variations import pinch_lists as lists
from dubcheck.emulator.variations import pinch_requests as requests
from dubcheck.emulator.variations.variation import OPEN, Variation, readings, together

_EVERY_KIND = frozenset({"wav", "mp3", "flac", "ogg", "m4a", "aac", "wma"})


def _wav_for(*kinds: str) -> dict[str, object]:
    return {"profile": replace(DOCS_2026_03, wav_for=frozenset(kinds))}


PINCH: dict[str, Variation] = {
    "pinch-vendor-2026-08": Variation(
        "Serves what the vendor's later clients expect.",
        "Limits, progress and errors contradict each other in the vendor's sources (B2 to B5).",
        settings={"profile": VENDOR_2026_08},
        shows=(
            *readings("pinch.create-job", lag_above_3="accepts"),
            *readings("pinch.input-media", duration_limit="60-minutes", file_size_limit="2-gb"),
            *readings("pinch.get-job", error_form="object", progress_form="numeric-stage"),
        ),
    ),
    "pinch-lenient-requests": Variation(
        "Takes what can be understood: spellings, nulls, numbers as text, longer lags.",
        OPEN,
        together(*requests.LENIENT, lists.lenient_limits),
        (
            *readings("pinch.upload-url", empty_filename="accepts", coercible_values="converts"),
            *readings("pinch.create-job", lag_above_3="accepts", coercible_values="converts"),
            *readings("pinch.create-job", language_code_spelling="normalises"),
            *readings("pinch.create-job", null_optional_fields="takes-the-default"),
            *readings("pinch.list-jobs", limit_zero="uses-the-default"),
            *readings("pinch.list-jobs", negative_limit="uses-the-default"),
            *readings("pinch.list-jobs", text_limit="uses-the-default"),
            *readings("pinch.list-jobs", fractional_limit="uses-the-default"),
            *readings("pinch.list-jobs", negative_offset="uses-0", text_offset="uses-0"),
        ),
    ),
    "pinch-strict-requests": Variation(
        "Refuses at once whatever need not be taken.",
        OPEN,
        together(*requests.STRICT, lists.strict_limits),
        (
            *readings("pinch.auth", scheme_letter_case="exact-case"),
            *readings("pinch.upload-url", foreign_content_type="refuses"),
            *readings("pinch.create-job", same_source_and_target="refuses"),
            *readings("pinch.create-job", unknown_request_fields="refuses"),
            *readings("pinch.source-url", missing_upload_refusal="refused-at-create"),
            *readings("pinch.source-url", redirecting_url="fails"),
            *readings("pinch.input-media", input_without_speech="refused"),
            *readings("pinch.list-jobs", limit_above_100="refuses"),
        ),
    ),
    "pinch-refuses-urls-otherwise": Variation(
        "Refuses private URLs with 422 and another code; limits are bent to what is possible.",
        OPEN,
        together(
            requests.REFUSES_URLS_OTHERWISE,
            lists.bent_limits,
            jobs.fails_with("processing_failed", "unsupported_format"),
        ),
        (
            *readings("pinch.source-url", private_address_refusal="other-refusal-at-create"),
            *readings("pinch.source-url", other_scheme_refusal="other-refusal-at-create"),
            *readings("pinch.list-jobs", limit_above_100="uses-the-default"),
            *readings("pinch.list-jobs", limit_zero="clamps-to-1", negative_limit="clamps-to-1"),
            *readings("pinch.list-jobs", fractional_limit="rounds"),
            *readings("pinch.input-media", input_without_speech="unsupported-format"),
        ),
    ),
    "pinch-looks-later": Variation(
        "Takes any URL and any account, and lets the job fail.",
        OPEN,
        together(*requests.LOOKS_LATER, lists.empty_pages),
        (
            *readings("pinch.source-url", private_address_refusal="download-failed-job"),
            *readings("pinch.source-url", other_scheme_refusal="download-failed-job"),
            *readings("pinch.source-url", html_page_refusal="download-failed"),
            *readings("pinch.pricing", poor_account_refusal="failed-job"),
            *readings("pinch.list-jobs", limit_zero="empty-page", negative_limit="empty-page"),
        ),
    ),
    "pinch-422-for-400": Variation(
        "Answers 422 where the plain service answers 400.",
        "No status is printed beside the codes.",
        requests.unprocessable,
    ),
    "pinch-other-statuses": Variation(
        "Creates upload URLs with 201, does not find results that are not there.",
        OPEN,
        together(
            restates("createUploadUrl", 200, 201),
            restates("getJobResult", 409, 404),
            jobs.in_jobs(jobs.error_object),
            jobs.in_jobs(jobs.number_for_progress),
        ),
        (
            *readings("pinch.upload-url", success_status="created-201"),
            *readings("pinch.get-result", unfinished_status="not-found-404"),
            *readings("pinch.get-job", error_form="object", progress_form="percentage"),
        ),
    ),
    "pinch-unknown-job-400": Variation(
        "Answers 400 to an unknown id and to results that are not there; code within a text.",
        "No status is printed for either; the table calls `error` a message.",
        together(
            restates("getJob", 404, 400),
            restates("getJobResult", 409, 400),
            jobs.in_jobs(jobs.error_text),
            replaces("getJob", None, "progress"),
        ),
        (
            *readings("pinch.get-result", unfinished_status="bad-request-400"),
            *readings("pinch.get-job", error_form="code-in-text", progress_form="nothing"),
        ),
    ),
    "pinch-other-jobs-1": Variation(
        "Tells some of what is missing by null; links end a day after creation; WAV for FLAC.",
        OPEN,
        together(
            links.lives_until(links.after_creation(24)),
            jobs.in_jobs(jobs.failed_job_without_cost),
            jobs.in_jobs(jobs.other_progress),
            jobs.in_jobs(jobs.detected),
            restates("getJobResult", 409, 425),
            lists.newest_first,
        ),
        (
            *readings("pinch.answers", null_or_absent="both"),
            *readings("pinch.get-job", progress_form="other-object"),
            *readings("pinch.get-job", detected_source_lang="detected-code"),
            *readings("pinch.get-job", output_life="24-hours-from-creation"),
            *readings("pinch.get-result", link_life="24-hours", unfinished_status="other-4xx"),
            *readings("pinch.pricing", failed_job_cost="null-or-absent"),
            *readings("pinch.list-jobs", order_direction="newest-first"),
            *readings("pinch.output", audio_format_by_input="wav-for-lossless"),
        ),
        settings=_wav_for("wav", "flac"),
    ),
    "pinch-other-jobs-2": Variation(
        "Knows lengths at once, cuts prices, lists by id; links end 36 hours after creation.",
        OPEN,
        together(
            links.lives_until(links.after_creation(36)),
            jobs.known_at_once,
            jobs.results_put_off,
            jobs.in_jobs(jobs.cut_cost),
            jobs.fails_with("processing_failed", "download_failed"),
            lists.by_id,
        ),
        (
            *readings("pinch.get-job", duration_before_known="known-at-once"),
            *readings("pinch.get-job", output_life="in-between"),
            *readings("pinch.get-result", link_life="other", unfinished_status="other-2xx"),
            *readings("pinch.pricing", rounding="cuts-to-cent"),
            *readings("pinch.list-jobs", order_direction="other"),
            *readings("pinch.input-media", input_without_speech="other-failure"),
            *readings("pinch.output", audio_format_by_input="always-mp3"),
        ),
        settings=_wav_for(),
    ),
    "pinch-other-jobs-3": Variation(
        "Writes 0 for what is unknown, exact prices; links end two days after creation.",
        OPEN,
        together(
            links.lives_until(links.after_creation(48)),
            jobs.in_jobs(jobs.zero_before_known),
            jobs.in_jobs(jobs.exact_cost),
        ),
        (
            *readings("pinch.get-job", duration_before_known="zero", cost_before_completion="zero"),
            *readings("pinch.get-job", output_life="48-hours-from-creation"),
            *readings("pinch.pricing", rounding="exact"),
            *readings("pinch.output", audio_format_by_input="always-wav"),
        ),
        settings=_wav_for(*_EVERY_KIND),
    ),
    "pinch-other-jobs-4": Variation(
        "Signs a link with every answer, charges for failures, means 500 MB in binary.",
        OPEN,
        together(links.signed_with_each_answer, jobs.in_jobs(jobs.failed_job_charged)),
        (
            *readings("pinch.get-job", output_url_stability="fresh"),
            *readings("pinch.pricing", failed_job_cost="charged"),
            *readings("pinch.input-media", file_size_limit="500-mb-binary"),
            *readings("pinch.output", audio_format_by_input="other"),
        ),
        settings={
            "profile": replace(DOCS_2026_03, max_size_bytes=524_288_000, wav_for=frozenset({"ogg"}))
        },
    ),
    "pinch-numeric-stage": Variation(
        "Shows a number as stage, and no percentage.",
        "A live answer had it; the vendor calls the field free in form (B4).",
        jobs.in_jobs(jobs.numeric_stage),
        readings("pinch.get-job", progress_form="numeric-stage"),
    ),
    "pinch-finished-at-first-sight": Variation(
        "Has finished each job when it is asked for the first time.",
        "Status Flow gives an order and no time; a status that nobody asks for is not seen.",
        jobs.finished_at_first_sight,
    ),
    "pinch-videos-outlast-patience": Variation(
        "Keeps jobs for uploaded videos pending for as long as anybody looks.",
        "No document bounds how long a job takes; Status Flow lets it wait.",
        jobs.videos_stay_pending,
    ),
    "pinch-storage-elsewhere": Variation(
        "Keeps uploads and results under another host name, port and path.",
        "The samples show a host of their own for storage, and no host is promised.",
        links.storage_elsewhere,
    ),
    "pinch-storage-out-of-reach": Variation(
        "Keeps uploads and results at a host that cannot be reached.",
        "No host is promised; a way to it may be closed to whoever runs the suite.",
        links.storage_out_of_reach,
    ),
    "pinch-other-storage": Variation(
        "Answers 204 to uploads; downloads come whole and without ETag.",
        "Storage is not described beyond PUT and download.",
        links.other_storage,
    ),
    "pinch-counts-now-and-then": Variation(
        "Counts the jobs of an account every two seconds; its lists show each job at once.",
        "No document says how soon a list, or its total, knows of a new job.",
        lists.counted_now_and_then,
    ),
    "pinch-jobs-lag-behind-lists": Variation(
        "Keeps each answer about a job for a second; its lists are those of the moment.",
        "No document says how soon a change is shown, nor that it is shown everywhere at once.",
        jobs.told_for_a_second,
    ),
    "pinch-limits-creation": Variation(
        "Answers 429 to each fourth new job, and to nothing else.",
        "The message speaks of 10 requests a minute; the sample polls more often than that.",
        requests.limited_creation,
        readings("pinch.errors", rate_limit_scope="job-creation"),
    ),
}
