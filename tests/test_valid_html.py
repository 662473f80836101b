"""Whether Nu, the checker of the W3C and the WHATWG, finds the pages valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import ROOT, assert_none, build, copy_project
from tests.tools import faults_in_html

CONTENTS = {"real": ROOT / "content", "miniature": ROOT / "tests" / "small_site" / "content"}

FORMS = {
    "hosted": {"SITE_URL": "https://example.org/repo/"},
    "offline": {"PEELSITE_DIRECTORY_URLS": "false"},
}


@pytest.mark.parametrize("variables", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_every_page_is_valid(tmp_path: Path, content: Path, variables: dict[str, str]) -> None:
    project = copy_project(tmp_path / "project", content)
    site = build(project, tmp_path / "site", **variables)
    assert len(list(site.rglob("*.html"))) > 50
    assert_none(faults_in_html(site))


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p><div></div></p>", "No “p” element in scope"),
        ("<table><tr><td role=cell>1</table>", "“role”"),
        ("<h1></h1>", "Empty heading"),
    ],
)
def test_a_page_that_is_not_valid_is_told(tmp_path: Path, html: str, fault: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><html lang=en-GB><title>1</title>{html}", encoding="utf-8")
    assert any(fault in each for each in faults_in_html(page))
