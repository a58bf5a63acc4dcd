"""What differs in how two runs were made: such differences may explain all others."""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.diff.reports import WrittenReport


def circumstances(before: WrittenReport, after: WrittenReport) -> tuple[str, ...]:
    """One sentence for each difference that a reader must know before the others."""
    return (
        *_ends(before, after),
        *_options(before, after),
        *_targets(before, after),
        *_catalogues(before, after),
    )


def _ends(before: WrittenReport, after: WrittenReport) -> Iterator[str]:
    for report in (before, after):
        if report.crashes:
            yield f"{report.path}: {len(report.crashes)} probes of that run failed by themselves"
        if report.sightings is None:
            yield f"{report.path}: holds no fields, codes and times; they are not compared"
    if before.started_at > after.started_at:
        yield f"the first run began after the second ({before.started_at}, {after.started_at})"


def _options(before: WrittenReport, after: WrittenReport) -> Iterator[str]:
    pairs = (
        ("dubcheck", before.suite_version, after.suite_version),
        ("profile", before.profile, after.profile),
        ("seed", before.seed, after.seed),
    )
    for name, first, second in pairs:
        if first != second:
            yield f"the runs differ in {name}: {first}, then {second}"


def _targets(before: WrittenReport, after: WrittenReport) -> Iterator[str]:
    for api in sorted({*before.targets, *after.targets}):
        if api not in before.targets or api not in after.targets:
            only = "second" if api in after.targets else "first"
            yield f"{api} was judged in the {only} run only; it is not compared"
            continue
        (kind, url), (other_kind, other_url) = before.targets[api], after.targets[api]
        # The embedded emulator takes another free port in every run.
        if kind != other_kind or (url != other_url and kind != "emulator"):
            yield f"{api} had another target: {kind} at {url}, then {other_kind} at {other_url}"


def _catalogues(before: WrittenReport, after: WrittenReport) -> Iterator[str]:
    for api in sorted(before.catalogues.keys() & after.catalogues.keys()):
        first, second = before.catalogues[api], after.catalogues[api]
        if first != second:
            yield (
                f"{api} was judged by another catalogue:"
                f" {first.get('requirements')} requirements ({first.get('digest')}),"
                f" then {second.get('requirements')} ({second.get('digest')})"
            )
