"""report.json, JUnit XML and the summaries say the same, each in its own form."""

from collections.abc import Callable
from xml.etree import ElementTree

from dubcheck.contract import Level
from dubcheck.ledger import Verdict
from dubcheck.report import Report, markdown, terminal
from dubcheck.report.junit import junit_xml

BuildReport = Callable[..., Report]


def test_report_has_the_fixed_keys(report: BuildReport) -> None:
    """report.json has every key that scripts outside rely on."""
    document = report((Level.MUST, Verdict.FAIL)).encode()

    assert {
        "schema_version",
        "suite_version",
        "started_at",
        "ended_at",
        "seed",
        "verdict",
        "targets",
        "requirements",
        "traffic",
    } <= document.keys()
    assert document["started_at"] == "1970-01-01T00:00:00Z"
    assert document["targets"] == [
        {"api": "pinch", "kind": "live", "base_url": "https://api.example"}
    ]
    assert document["traffic"] == {
        "requests": 1,
        "by_operation": {"createJob": 1},
        "cost_usd": 0.0,
    }


def test_report_requirement_has_the_fixed_keys(report: BuildReport) -> None:
    """Each requirement tells verdict, reason, reading and findings with a curl line."""
    (requirement,) = report((Level.MUST, Verdict.FAIL)).encode()["requirements"]

    assert requirement.keys() == {
        "id",
        "api",
        "level",
        "statement",
        "source",
        "verdict",
        "reason",
        "exchanges",
        "reading",
        "findings",
    }
    (finding,) = requirement["findings"]
    assert (finding["message"], finding["expected"], finding["actual"]) == ("was wrong", "1", "2")
    assert finding["curl"].startswith("curl -i -X POST https://api.example/api/dubbing/jobs")
    assert finding["exchange"]["response"]["status"] == 201


def test_junit_counts_each_kind_apart(report: BuildReport) -> None:
    """A broken must is a failure, an unjudged one an error, all else that did not pass skipped."""
    document = junit_xml(
        report(
            (Level.MUST, Verdict.PASS),
            (Level.MUST, Verdict.FAIL),
            (Level.MUST, Verdict.STALE),
            (Level.MUST, Verdict.BROKEN),
            (Level.MUST, Verdict.NOT_EXERCISED),
            (Level.INFERRED, Verdict.FAIL),
        )
    )

    suite = ElementTree.fromstring(document)[0]
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "6", "failures": "2", "errors": "1", "skipped": "2"}


def test_junit_survives_control_characters(report: BuildReport) -> None:
    """What a hostile answer holds cannot make the XML unreadable."""
    document = junit_xml(report((Level.MUST, Verdict.FAIL), actual="\x00\x1b[31m\ud800"))

    assert ElementTree.fromstring(document)[0].get("failures") == "1"


def test_summaries_name_the_broken_requirement(report: BuildReport) -> None:
    """A person finds id, statement, source, expected and actual in both summaries."""
    built = report((Level.MUST, Verdict.FAIL), (Level.MUST, Verdict.PASS))

    for_file, for_terminal = markdown(built), terminal(built, "reports/latest")

    told = ("pinch.topic.fact-0", "A is b.", "vendor-docs/pinch.txt", "Overview")
    assert [text for text in told if text not in for_file] == []
    assert [text for text in told if text not in for_terminal] == []
    assert "NONCONFORMING" in for_terminal
    assert "pinch.topic.fact-1" not in for_terminal
