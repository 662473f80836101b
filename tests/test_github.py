"""What GitHub reads: the forms that the site opens, and what a pull request may do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from peelsite.checks import check
from peelsite.drafts import blank
from peelsite.load import load
from tests.problems import BASE
from tests.sites import ROOT

GITHUB: Final = ROOT / ".github"
SEEN: Final = GITHUB / "workflows" / "pull-request.yml"


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


def fields(form: str) -> list[str]:
    """Return the ids of what a form asks, which are the names that an address may fill in."""
    asked = read(GITHUB / "ISSUE_TEMPLATE" / form)["body"]
    return [each["id"] for each in asked if "id" in each]


def test_the_form_for_a_mistake_asks_for_what_the_site_fills_in() -> None:
    assert fields("wrong.yml") == ["page", "says", "right", "whose", "source"]


def test_the_form_for_a_missing_inspection_asks_what_it_takes_to_find_it() -> None:
    assert fields("missing.yml")[:3] == ["body", "date", "report"]


def test_a_pull_request_may_read_and_no_more() -> None:
    workflow = read(SEEN)
    assert list(workflow["on"]) == ["pull_request"]
    assert workflow["permissions"] == {"contents": "read"}
    assert [name for name, job in workflow["jobs"].items() if "permissions" in job] == []
    assert "secrets" not in SEEN.read_text(encoding="utf-8")


def test_no_word_of_a_pull_request_gets_into_a_command() -> None:
    runs = [step["run"] for step in read(SEEN)["jobs"]["preview"]["steps"] if "run" in step]
    assert len(runs) > 3
    assert [run for run in runs if "${{" in run] == []


@pytest.mark.parametrize("command", ["check --format github", "diff --format markdown"])
def test_a_pull_request_is_told_what_is_wrong_and_what_would_change(command: str) -> None:
    runs = [step.get("run", "") for step in read(SEEN)["jobs"]["preview"]["steps"]]
    assert len([run for run in runs if f"peelsite {command}" in run]) == 1


def test_the_text_of_a_new_inspection_lists_what_is_to_be_filled_in(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    rounds = load(content).rounds
    text = blank(rounds)
    (content / "inspections" / "2025-01-01-new.yml").write_text(text, encoding="utf-8")
    told = [problem.rule for problem in check(load(content))]
    parts = len(re.findall(r"^[^#\n]*FILL-IN", text, re.MULTILINE))
    assert parts > 10
    assert told.count("to-fill-in") > 10
    assert set(told) == {"to-fill-in", "unknown-id"}  # the body is a key, and has to exist
    assert all(round_ in text for round_ in rounds)
