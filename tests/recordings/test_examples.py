"""The documents' own examples, judged like any other traffic, break no must."""

from __future__ import annotations

import pytest

from dubcheck.contract import specs_folder

PINCH = specs_folder() / "pinch" / "examples.yaml"
PANJAYA = (
    specs_folder() / "panjaya" / "examples.yaml",
    specs_folder() / "panjaya" / "upload_example.yaml",
)


@pytest.mark.parametrize(
    ("files", "shown_as_inferred"),
    [
        # The document cuts the query of its links off behind the first parameter.
        pytest.param((PINCH,), {"pinch.upload-url.upload-url-is-sigv4-presigned"}, id="Pinch"),
        pytest.param(PANJAYA, set(), id="Panjaya"),
    ],
)
def test_examples_break_no_must(desk, files, shown_as_inferred):
    """Every example keeps every must; what is only inferred from them may be cut short in them."""
    judgement = desk.judge(*files)

    assert (judgement.status, judgement.failed_musts) == (0, set())
    assert judgement.failed == shown_as_inferred


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        # Prose: a link of 48 hours; example: 24 hours after the creation.
        pytest.param("pinch.get-job.output-life", "24-hours-from-creation", id="link life"),
        # Get Job Status shows `auto`, List Jobs `en`, for one job.
        pytest.param(
            "pinch.get-job.detected-source-lang", "detected-code; stays-auto", id="language"
        ),
        pytest.param("pinch.list-jobs.order-direction", "oldest-first", id="order of the list"),
        pytest.param("pinch.get-job.progress-form", "stage-and-percent", id="progress"),
        pytest.param("pinch.input-media.file-size-limit", "500-mb-decimal", id="file size"),
        pytest.param("pinch.answers.timestamp-zone", "z", id="time zone"),
    ],
)
def test_examples_are_a_reading_of_open_questions(desk, question, reading):
    """Where the examples contradict the prose or each other, the report shows what they say."""
    judgement = desk.judge(PINCH)

    assert judgement.reading(question) == reading


def test_examples_of_panjaya_show_their_ids(desk):
    """The ids of Panjaya's examples have 24 hexadecimal digits."""
    assert desk.judge(*PANJAYA).reading("panjaya.answers.id-form") == "24-hex"


def test_examples_touch_every_operation_of_the_documents(desk):
    """Every operation that the documents print an example of is among the judged traffic."""
    judgement = desk.judge(PINCH, *PANJAYA)

    assert judgement.report["traffic"]["by_operation"] == {
        "addLanguages": 1,
        "createAsset": 1,
        "createJob": 5,
        "createUploadUrl": 1,
        "getAsset": 1,
        "getJob": 2,
        "getJobResult": 1,
        "listJobs": 2,
        "uploadAsset": 1,
    }
