"""The report as text for people: Markdown for a file, plain lines for a terminal."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator

from dubcheck.contract import Level
from dubcheck.ledger import Judged, RunVerdict, Verdict
from dubcheck.report.report import Report

HEADLINES = {
    RunVerdict.CONFORMING: "CONFORMING: no promise was seen broken",
    RunVerdict.NONCONFORMING: "NONCONFORMING: at least one promise is broken",
    RunVerdict.INCONCLUSIVE: "INCONCLUSIVE: too much could not be judged",
}
_BAD = (Verdict.FAIL, Verdict.STALE, Verdict.BROKEN)


def counts(judged: Iterable[Judged]) -> Counter[Verdict]:
    """How many requirements have each verdict."""
    return Counter(item.verdict for item in judged)


def count_table(report: Report) -> Iterator[tuple[str, str, Counter[Verdict]]]:
    """One row per API and level that has requirements."""
    for api in dict.fromkeys(item.requirement.api for item in report.judged):
        for level in Level:
            rows = [
                item
                for item in report.judged
                if (item.requirement.api, item.requirement.level) == (api, level)
            ]
            if rows:
                yield api, level.value, counts(rows)


def markdown(report: Report) -> str:
    """The summary as Markdown, worst first."""
    lines = [
        f"# {HEADLINES[report.verdict]}",
        "",
        f"dubcheck {report.suite_version}, profile {report.profile}, seed {report.seed}.",
        "",
        *(f"- {item.api}: {item.told}" for item in report.targets),
        *(f"- {line}" for line in _recordings(report)),
        "",
        "| API | level | " + " | ".join(verdict.value for verdict in Verdict) + " |",
        "|---|---|" + "---:|" * len(Verdict),
    ]
    for api, level, row in count_table(report):
        cells = " | ".join(str(row[verdict]) for verdict in Verdict)
        lines.append(f"| {api} | {level} | {cells} |")
    lines += ["", *(f"- suite failed: {crash}" for crash in report.crashes), ""]
    lines += [*_markdown_findings(report), *_markdown_readings(report)]
    lines += [*_markdown_unexercised(report)]
    return "\n".join(lines) + "\n"


def _recordings(report: Report) -> list[str]:
    """What is told about the files, where traffic of others was judged."""
    return [] if report.recordings is None else report.recordings.lines()


def repeat_line(report: Report, item: Judged) -> str:
    """The command that runs the probes of one requirement again as they ran, the URL left out.

    What one exploring probe found is repeated by that probe, with the seed of its round.
    """
    requirement = item.requirement
    if report.recordings is not None:
        return "dubcheck judge FILE... (with the same files and options)"
    explored = _exploration(report, item)
    if explored is not None:
        name, _, options = explored.partition(" --profile ")
        return (
            f"dubcheck run --api {requirement.api} --only {shlex.quote(name)} --profile {options}"
        )
    return (
        f"dubcheck run --api {requirement.api} --only {requirement.id}"
        f" --profile {report.profile} --seed {report.seed}"
    )


def _exploration(report: Report, item: Judged) -> str | None:
    """The probe, with its options, that alone made what the first finding rests on."""
    names = item.findings[0].exchanges if item.findings else ()
    probes = {report.exchanges[name].probe for name in names if name in report.exchanges}
    probe = probes.pop() if len(probes) == 1 else None
    return probe if probe is not None and " --profile " in probe else None


def _markdown_findings(report: Report) -> Iterator[str]:
    for item in (item for item in report.judged if item.verdict in (*_BAD, Verdict.KNOWN)):
        requirement = item.requirement
        yield f"## {item.verdict.value}: {requirement.id}"
        yield ""
        yield f"{requirement.statement} ({requirement.level.value};"
        yield f"{requirement.source.document}, {requirement.source.section})"
        yield ""
        if item.reason:
            yield f"{item.reason}"
            yield ""
        for finding in item.findings[:1]:
            yield f"- expected: `{finding.expected}`"
            yield f"- actual: `{finding.actual}`"
            yield f"- repeat: `{repeat_line(report, item)}` (with the same URL and key options)"
            yield ""


def _markdown_readings(report: Report) -> Iterator[str]:
    read = [item for item in report.judged if item.reading]
    if read:
        yield "## Readings of open questions"
        yield ""
        yield from (f"- {item.requirement.id}: **{item.reading}**" for item in read)
        yield ""


def _markdown_unexercised(report: Report) -> Iterator[str]:
    left = [item for item in report.judged if item.verdict is Verdict.NOT_EXERCISED]
    if left:
        yield "## Not exercised"
        yield ""
        yield from (
            f"- {item.requirement.id} ({item.requirement.level.value}): {item.reason}"
            for item in left
        )
        yield ""


def terminal(report: Report, report_folder: str, *, has_record: bool = False) -> str:
    """The summary for a terminal: the verdict, the counts, each finding in three lines.

    `has_record`: the record of the run stands beside the report.
    """
    lines = ["", HEADLINES[report.verdict], ""]
    lines += [f"  {item.api}: {item.told}" for item in report.targets if item.recorded_from]
    lines += [f"  {line}" for line in _recordings(report)]
    lines += [""] if report.recordings is not None else []
    for api, level, row in count_table(report):
        told = ", ".join(f"{row[verdict]} {verdict.value}" for verdict in Verdict if row[verdict])
        lines.append(f"  {api:8} {level:9} {told}")
    lines.append("")
    for item in report.judged:
        if item.verdict in _BAD:
            lines += _terminal_finding(item)
            lines += [f"       repeat   {repeat_line(report, item)}", ""]
        elif item.verdict is Verdict.KNOWN:
            lines += [f"  KNOWN {item.requirement.id} ({item.reason})", ""]
    lines += [f"  INCOMPLETE {crash}" for crash in report.crashes]
    requests = report.traffic.requests
    seconds = report.ended_at - report.started_at
    if any(item.verdict is Verdict.NOT_EXERCISED for item in report.judged):
        lines.append("  why something was not exercised stands in summary.md")
    lines.append(f"  {requests} requests in {seconds:.0f} s, seed {report.seed}")
    written = "summary.md, report.json, junit.xml"
    if has_record:
        written += ", record.jsonl"
    lines.append(f"  report: {report_folder} ({written})")
    return "\n".join(lines)


def _terminal_finding(item: Judged) -> Iterator[str]:
    requirement = item.requirement
    yield f"  {item.verdict.value.upper()} {requirement.id} ({requirement.level.value})"
    yield f"       {requirement.statement}"
    yield f"       source: {requirement.source.document}, {requirement.source.section}"
    yield f"       {item.reason}"
    for finding in item.findings[:1]:
        yield f"       expected {finding.expected}"
        yield f"       got      {finding.actual}"
