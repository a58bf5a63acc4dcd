"""A comparison as text for a terminal, Markdown for a pull request, and JSON. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from dubcheck.diff.comparison import Comparison
from dubcheck.diff.reports import WrittenReport
from dubcheck.diff.sections import Section, headline, sections

SCHEMA_VERSION = 1
MOST_LINES = 20  # of one section in a terminal; Markdown folds the rest, JSON has all


def terminal(comparison: Comparison) -> str:
    """Plain lines; long sections are cut and say so."""
    lines = ["", headline(comparison).upper(), ""]
    lines += [f"  WARNING {_plain(text)}" for text in comparison.circumstances]
    for section in sections(comparison):
        lines += ["", f"  {section.title} ({len(section.entries)})"]
        for entry in section.entries[:MOST_LINES]:
            first, *rest = map(_plain, entry)
            lines += [f"    {first}", *(f"        {line}" for line in rest)]
        left = len(section.entries) - MOST_LINES
        if left > 0:
            lines.append(f"    … and {left} more (--markdown or --json tell all)")
    return "\n".join(lines) + "\n"


def markdown(comparison: Comparison) -> str:
    """A comment for a pull request."""
    lines = [f"## {headline(comparison)}", ""]
    lines += [f"- {_told(report)}" for report in (comparison.before, comparison.after)]
    lines += ["", *(f"> :warning: {text}" for text in comparison.circumstances)]
    for section in sections(comparison):
        lines += ["", *_markdown_section(section)]
    return "\n".join(lines) + "\n"


def _markdown_section(section: Section) -> Iterator[str]:
    folded = not section.urgent and len(section.entries) > MOST_LINES
    title = f"{section.title} ({len(section.entries)})"
    yield f"<details><summary>{title}</summary>" if folded else f"### {title}"
    yield ""
    for entry in section.entries:
        first, *rest = entry
        yield f"- {first}"
        yield from (f"  - {line}" for line in rest)
    if folded:
        yield ""
        yield "</details>"


def _told(report: WrittenReport) -> str:
    targets = ", ".join(f"{api} {kind} at {url}" for api, (kind, url) in report.targets.items())
    return (
        f"`{report.path}`: {report.started_at}, {report.verdict}, profile {report.profile},"
        f" seed {report.seed}; {targets}"
    )


def encode(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON values, in the order of the report."""
    verdicts = {
        name: [
            {
                "id": item.after.id,
                "level": item.after.level,
                "before": item.was,
                "after": item.after.verdict,
                "reason": item.after.reason,
            }
            for item in getattr(comparison, name)
        ]
        for name in ("newly_failing", "newly_passing", "listed", "judged_now", "unjudged_now")
    }
    readings = {
        name: [
            {
                "id": item.after.id,
                "before": sorted(item.before.readings if item.before else ()),
                "after": sorted(item.after.readings),
            }
            for item in getattr(comparison, name)
        ]
        for name in ("readings", "first_read", "unread")
    }
    return {
        "schema_version": SCHEMA_VERSION,
        "exit_status": comparison.exit_status,
        "before": _encode_report(comparison.before),
        "after": _encode_report(comparison.after),
        "circumstances": list(comparison.circumstances),
        **verdicts,
        **readings,
        "requirements_added": [item.id for item in comparison.added],
        "requirements_removed": [item.id for item in comparison.removed],
        "novelties": [asdict(item) for item in comparison.novelties],
        "latencies": [asdict(item) for item in comparison.latencies],
    }


def _encode_report(report: WrittenReport) -> dict[str, Any]:
    return {
        "path": str(report.path),
        "started_at": report.started_at,
        "verdict": report.verdict,
        "suite_version": report.suite_version,
        "profile": report.profile,
        "seed": report.seed,
    }


def _plain(text: str) -> str:
    return text.replace("`", "")
