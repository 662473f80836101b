"""What GitHub reads: the forms that the site opens, and what a pull request may do."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterable
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


WORKFLOWS: Final = sorted((GITHUB / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    used = [line.split("uses: ")[1] for line in lines if "uses: " in line]
    pinned = re.compile(r"(?:\./.+|actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)")
    assert used
    assert [each for each in used if not pinned.fullmatch(each)] == []


def test_one_version_of_each_action_is_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    used = set(re.findall(r"(actions/[\w-]+)@(.+)", text))
    assert len(used) == len({name for name, _ in used}) > 3


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_only_the_deploy_may_more(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    may = {
        name: {what for what, how in job.get("permissions", {}).items() if how == "write"}
        for name, job in workflow["jobs"].items()
    }
    expected = {"deploy": {"pages", "id-token"}} if path.name == "site.yml" else {}
    assert {name: what for name, what in may.items() if what} == expected


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_workflow_runs_with_the_rights_of_the_project_on_the_code_of_a_stranger(
    path: Path,
) -> None:
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(read(path)["on"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_is_checked_out_holds_no_key(path: Path) -> None:
    steps = [step for job in read(path)["jobs"].values() for step in job.get("steps", ())]
    out = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in out if step["with"]["persist-credentials"] != "false"] == []


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


# What the published site is made of


def names(lines: Iterable[str]) -> dict[str, str]:
    """Return the version of each package that lines of requirements pin, by its plain name."""
    found = (re.match(r"([\w.-]+)==([\w.]+)", line) for line in lines)
    return {re.sub(r"[-_.]+", "-", each[1]).lower(): each[2] for each in found if each}


def test_every_package_of_the_published_site_is_pinned_by_its_digest() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[\w#])", text)
    pinned = [entry for entry in entries if not entry.startswith("#")]
    assert len(names(pinned)) == len(pinned) > 20
    assert [entry for entry in pinned if "--hash=sha256:" not in entry] == []


def test_the_published_site_is_made_of_what_was_tested() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    tested, published = (
        names(lines),
        names((ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()),
    )
    only_on_windows = {"colorama"}
    assert {name: tested.get(name) for name in published.keys() - only_on_windows} == {
        name: version for name, version in published.items() if name not in only_on_windows
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.match(r"[\w-]+", each)[0].lower() for each in project["dependencies"]}  # type: ignore[index]
    assert wanted <= published.keys()


def test_the_site_is_published_with_those_packages_alone() -> None:
    steps = read(GITHUB / "workflows" / "site.yml")["jobs"]["build"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ["make publish"]
