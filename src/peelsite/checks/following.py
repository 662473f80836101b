"""The rules on what follows a report: repeats, responses and corrections.

A rule that compares values looks only at files of which nothing was left out or stood in for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from peelsite.checks.names import Known
from peelsite.checks.walk import files_with_sources, items, parts, whole, within
from peelsite.load import Content
from peelsite.problems import Problem, quoted
from peelsite.schema import BodyKind, Finding, Inspection, Quote, When

STANDING: Final = frozenset(
    {
        "about",
        "accessibility",
        "compare",
        "contribute",
        "glossary",
        "grades",
        "index",
        "method",
        "privacy",
        "responses",
        "sources",
    }
)
"""Addresses of pages that stand alone, of which there can be a correction too."""


def known_repeats(content: Content) -> Iterator[Problem]:
    """A finding repeats findings that are there."""
    findings = list(_findings(content))
    known = Known("finding", {address for address, *_ in findings})
    for *_, finding in findings:
        for index, address in enumerate(finding.repeats):
            if _can_be_told(content, address):
                yield from known.check(finding, address, "repeats", index)


def repeats_earlier(content: Content) -> Iterator[Problem]:
    """A finding repeats one of an earlier report, and of a body that both are about."""
    findings = [each for each in _findings(content) if content.is_whole(each[2])]
    found = {address: (body, report, finding) for address, body, report, finding in findings}
    for _, here, report, finding in findings:
        for index, address in enumerate(finding.repeats):
            if address not in found:
                continue  # told already
            there, earlier, repeated = found[address]
            place = ("repeats", index)
            if report is earlier or _is_not_before(earlier, report):
                message = f"{quoted(address)} stands in a report that is not older than this one."
                remedy = "Name the older finding under the newer one, or take this out."
                yield finding.problem(place, "repeats-later", message, remedy)
            elif not {there, *repeated.shared_with} & {here, *finding.shared_with}:
                message = f"{quoted(address)} is about another body."
                remedy = 'Check the address; "shared-with" tells what else a finding is about.'
                yield finding.problem(place, "repeats-other", message, remedy)


def _is_not_before(one: Inspection, other: Inspection) -> bool:
    """Whether a report is not shown to be older than another."""
    return not (one.published and other.published and one.published.is_before(other.published))


def _findings(content: Content) -> Iterator[tuple[str, str, Inspection, Finding]]:
    """Give the address of each finding, the body it stands with, its report, and itself."""
    for id_, inspection in content.inspections.items():
        for body, part in inspection.bodies.items():
            for finding in part.findings:
                yield f"{id_}#{body}-{finding.id}", body, inspection, finding


def response_of_force(content: Content) -> Iterator[Problem]:
    """Only a local policing body responds, and only a force has one."""
    for body, inspection in _parts_by_body(content):
        written = content.bodies.get(body)
        if written is None or not content.is_whole(written):
            continue
        part = inspection.bodies[body]
        for name in ("response", "response_not_found"):
            if getattr(part, name) is None:
                continue
            if written.kind is not BodyKind.FORCE or written.no_policing_body:
                message = f"{quoted(body)} has no local policing body whose response is due."
                remedy = 'Take this out; what others answer belongs under "replies".'
                place = (name.replace("_", "-"),)
                yield part.problem(place, "response-of-none", message, remedy)


def _parts_by_body(content: Content) -> Iterator[tuple[str, Inspection]]:
    for inspection in whole(content, content.inspections.values()):
        for body in inspection.bodies:
            yield body, inspection


def response_or_search(content: Content) -> Iterator[Problem]:
    """A response was found, or looked for in vain."""
    for _, part in parts(content):
        if part.response and part.response_not_found:
            message = "A response stands above, and so it was found."
            remedy = "Keep one of the two."
            yield part.problem(("response-not-found",), "response-twice", message, remedy)


def response_after_report(content: Content) -> Iterator[Problem]:
    """A response was not published, nor looked for, before the report."""
    for body, inspection in _parts_by_body(content):
        part, report = inspection.bodies[body], inspection.published
        if report is None:
            continue
        remedy = f"The report is of {report.iso}: check both dates."
        response, not_found = part.response, part.response_not_found
        if response and response.published and response.published.is_before(report):
            message = "This response is dated before the report."
            yield response.problem(("published",), "early-response", message, remedy)
        if not_found and When(f"{not_found.looked}").is_before(report):
            message = "This response was looked for before the report came out."
            yield not_found.problem(("looked",), "early-response", message, remedy)


def policing_body_of_force(content: Content) -> Iterator[Problem]:
    """Only a force has a local policing body, or a reason for none."""
    for body in whole(content, content.bodies.values()):
        named = {"policing-body": body.policing_body, "no-policing-body": body.no_policing_body}
        written = [name for name, value in named.items() if value]
        if body.kind is not BodyKind.FORCE:
            for name in written:
                message = f"A {body.kind.value} has no local policing body, and need not say why."
                yield body.problem((name,), "policing-body", message, f"Take out {quoted(name)}.")
        elif len(written) > 1:
            message = "This says why there is no local policing body, and one is named too."
            yield body.problem((written[1],), "policing-body", message, "Keep one of the two.")


def checked_on_web_page(content: Content) -> Iterator[Problem]:
    """A quotation that was checked letter for letter was checked in a web page."""
    for file in whole(content, files_with_sources(content)):
        for quote in within(content, file, Quote):
            source = file.sources.get(quote.source) if quote.checked else None
            if source and source.url.lower().partition("#")[0].endswith(".pdf"):
                message = "This source is a PDF: only into a web page can a link to words lead."
                remedy = 'Take out "checked".'
                yield quote.problem(("checked",), "checked-in-pdf", message, remedy)


def checked_when_published(content: Content) -> Iterator[Problem]:
    """A quotation was not checked before its source was published."""
    for file in whole(content, files_with_sources(content)):
        for quote in within(content, file, Quote):
            source = file.sources.get(quote.source) if quote.checked else None
            published = source.published if source else None
            if published and When(f"{quote.checked}").is_before(published):
                message = "These words are said to have been checked before they came out."
                remedy = f"The source is of {published.iso}: check both dates."
                yield quote.problem(("checked",), "read-too-early", message, remedy)


def known_addresses(content: Content) -> Iterator[Problem]:
    """A correction is of something that stands on this site."""
    if any(content.ids(kind) is None for kind in ("bodies", "inspections")):
        return
    pages = Known("page or finding", set(_addresses(content)))
    for correction in content.corrections.values():
        for index, address in enumerate(correction.about):
            if _can_be_told(content, address.removeprefix("inspections/")):
                yield from pages.check(correction, address, "about", index)


def _can_be_told(content: Content, address: str) -> bool:
    """Whether all findings are known of the inspection with which ``address`` begins."""
    id_, _, anchor = address.partition("#")
    inspection = content.inspections.get(id_)
    is_read = inspection is not None and content.is_whole(inspection)
    return not anchor or is_read or id_ not in (content.ids("inspections") or ())


def _addresses(content: Content) -> Iterator[str]:
    """Give the address, as in peelsite.pages.address, of all that can be wrong."""
    yield from STANDING
    for id_, body in content.bodies.items():
        yield f"{body.kind.value}s/{id_}"
    for kind in ("inspections", "rounds", "questions", "themes"):
        yield from (f"{kind}/{id_}" for id_ in content.ids(kind) or ())
    for id_, inspection in content.inspections.items():
        for body_id, part in inspection.bodies.items():
            yield from (f"inspections/{id_}#{body_id}-{item.id}" for item in items(part))
