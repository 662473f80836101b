"""Tests of how the browser for the tests is found."""

import itertools
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import chromium

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the programs made up here are shell scripts"
)


@dataclass(frozen=True)
class Machine:
    """A made-up machine: ``on_path`` is its PATH, ``own`` where Playwright's browser would be."""

    on_path: Path
    own: Path

    def put(self, name: str, script: str = "") -> Path:
        """Put a program on PATH and return its path."""
        return make_program(self.on_path / name, script)


def make_program(path: Path, script: str = "") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Make a machine with no browser at all."""
    machine = Machine(on_path=tmp_path / "bin", own=tmp_path / "playwright" / "chrome")
    monkeypatch.setenv("PATH", str(machine.on_path))
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setattr(chromium, "ASK_PLAYWRIGHT", f"print({str(machine.own)!r})")
    monkeypatch.setattr(chromium, "OPEN_BROWSER", "")
    return machine


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record which ways to install a browser were tried; none of them finds anything."""
    tried: list[str] = []
    monkeypatch.setattr(chromium, "install_from_debian", lambda: tried.append("debian"))
    monkeypatch.setattr(chromium, "install_from_playwright", lambda: tried.append("playwright"))
    return tried


@pytest.mark.usefixtures("machine")
def test_nothing_is_found_on_a_machine_without_a_browser() -> None:
    assert chromium.find_chromium() is None


def test_the_variable_comes_before_path(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.put("chromium")
    chosen = make_program(tmp_path / "chosen")
    monkeypatch.setenv(chromium.VARIABLE, str(chosen))
    assert chromium.find_chromium() == chosen


def test_a_variable_that_names_no_program_is_an_error(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.put("chromium")
    monkeypatch.setenv(chromium.VARIABLE, "/no/such/browser")
    with pytest.raises(FileNotFoundError, match="PEELSITE_CHROMIUM is /no/such/browser"):
        chromium.find_chromium()


def test_an_empty_variable_counts_as_unset(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = machine.put("chromium")
    monkeypatch.setenv(chromium.VARIABLE, "")
    assert chromium.find_chromium() == browser


@pytest.mark.parametrize(("first", "second"), list(itertools.pairwise(chromium.NAMES)))
def test_names_on_path_are_tried_in_order(machine: Machine, first: str, second: str) -> None:
    later = machine.put(second)
    assert chromium.find_chromium() == later
    earlier = machine.put(first)
    assert chromium.find_chromium() == earlier


def test_path_comes_before_playwright(machine: Machine) -> None:
    make_program(machine.own)
    browser = machine.put("microsoft-edge")
    assert chromium.find_chromium() == browser


def test_playwright_comes_last(machine: Machine) -> None:
    make_program(machine.own)
    assert chromium.find_chromium() == machine.own


@pytest.mark.usefixtures("machine")
def test_a_playwright_that_does_not_start_has_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "ASK_PLAYWRIGHT", "raise SystemExit('no driver')")
    assert chromium.find_chromium() is None


@pytest.mark.parametrize(("user", "runs"), [(0, ["update", "install"]), (1000, [])])
def test_only_root_installs_from_debian(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, runs: list[str]
) -> None:
    log = tmp_path / "log"
    log.touch()
    machine.put("apt-get", f"echo $2 >> {log}\nexit 1\n")
    monkeypatch.setattr(os, "geteuid", lambda: user)
    chromium.install_from_debian()
    assert log.read_text(encoding="utf-8").split() == runs


def test_main_installs_nothing_where_there_is_a_browser(
    machine: Machine, calls: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    browser = machine.put("chromium")
    assert chromium.main() == 0
    assert calls == []
    assert str(browser) in capsys.readouterr().out


def test_main_stops_at_the_first_install_that_works(
    machine: Machine, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "install_from_debian", lambda: machine.put("chromium"))
    assert chromium.main() == 0
    assert calls == []


@pytest.mark.usefixtures("machine")
def test_main_says_what_to_do_when_every_install_failed(
    calls: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert chromium.main() == 1
    assert calls == ["debian", "playwright"]
    assert chromium.VARIABLE in capsys.readouterr().err


def test_main_installs_where_the_browser_does_not_open(
    machine: Machine,
    calls: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    machine.put("chromium")
    monkeypatch.setattr(chromium, "OPEN_BROWSER", "raise SystemExit('no library')")
    assert chromium.main() == 1
    assert calls == ["debian", "playwright"]
    assert "no library" in capsys.readouterr().err


def test_main_does_not_install_over_a_wrong_variable(
    machine: Machine,
    calls: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    machine.put("chromium")
    monkeypatch.setenv(chromium.VARIABLE, "/no/such/browser")
    assert chromium.main() == 1
    assert calls == []
    assert "/no/such/browser" in capsys.readouterr().err
