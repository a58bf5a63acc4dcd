"""The report as JUnit XML: one test case per requirement, so that any CI shows broken promises."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from dubcheck.contract import Level
from dubcheck.ledger import Judged, Verdict
from dubcheck.report.report import Report

# Control characters cannot stand in XML 1.0, not even escaped; answers of a target may hold them.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: Report) -> bytes:
    """A `testsuites` document with one suite per API.

    Only a must (or a stale known violation) is a failure; what could not be judged is an error;
    should and inferred failures are skipped with their message.
    """
    root = ElementTree.Element("testsuites", name="dubcheck")
    for target in report.targets:
        judged = [item for item in report.judged if item.requirement.api == target.api]
        suite = ElementTree.SubElement(root, "testsuite", name=target.api, tests=str(len(judged)))
        tags = [_add_case(suite, item) for item in judged]
        for kind, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            suite.set(name, str(tags.count(kind)))
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _add_case(suite: ElementTree.Element, item: Judged) -> str | None:
    requirement = item.requirement
    group = ".".join(requirement.id.split(".")[:-1])
    case = ElementTree.SubElement(
        suite, "testcase", classname=group, name=requirement.id.split(".")[-1], time="0"
    )
    tag = _tag(item)
    if tag is not None:
        message = _FORBIDDEN.sub("\ufffd", item.reason)
        element = ElementTree.SubElement(case, tag, message=f"{item.verdict.value}: {message}")
        details = [f"{found.expected}\n{found.actual}" for found in item.findings]
        element.text = _FORBIDDEN.sub("\ufffd", "\n\n".join([requirement.statement, *details]))
    return tag


def _tag(item: Judged) -> str | None:
    if item.verdict is Verdict.PASS:
        return None
    if item.verdict is Verdict.STALE:
        return "failure"
    if item.requirement.level is Level.MUST:
        if item.verdict is Verdict.FAIL:
            return "failure"
        if item.verdict is Verdict.BROKEN:
            return "error"
    return "skipped"
