"""A build in two processes: it gives what one would, and never hangs or hides what went wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from mkdocs.plugins import PluginCollection

from peelsite.kept import read
from peelsite.mkdocs_plugin import writing
from tests.serving import replace
from tests.sites import (
    ROOT,
    assert_none,
    build,
    copy_project,
    differences,
    environment,
    run_mkdocs,
    tree,
)
from tests.test_kept import ADDRESS, FINDINGS, PAGE, PLAIN, SMALL, beside, build_alone, fresh

PATIENCE: Final = 30
"""Seconds after which a program is taken to hang."""


def run(program: str, cwd: Path = ROOT, **variables: str) -> list[str]:
    """Run a program in a process without threads, and return the lines that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"{_IMPORTS}\n{program}"],
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.splitlines()


_IMPORTS: Final = """
import multiprocessing, os, signal, threading, time
from mkdocs.exceptions import PluginError
from peelsite.mkdocs_plugin.second import Heap, Second, is_possible
from peelsite.render import BrokenTemplateError
"""


# --- a second process --------------------------------------------------------------------------


def test_work_is_done_elsewhere_and_its_result_comes_back() -> None:
    told = run("""
second = Second(lambda: (os.getpid(), {"a": ("b", 1)}))
pid, result = second.wait()
print(pid != os.getpid(), result, multiprocessing.active_children())
""")
    assert told == ["True {'a': ('b', 1)} []"]


def test_a_result_may_be_larger_than_what_a_pipe_holds() -> None:
    assert run("print(len(Second(lambda: b'x' * 10_000_000).wait()))") == ["10000000"]


@pytest.mark.parametrize("kind", ["ValueError", "BrokenTemplateError", "PluginError", "OSError"])
def test_what_goes_wrong_there_is_told_here(kind: str) -> None:
    told = run(f"""
def work():
    raise {kind}("pages/body.html:7: no room")
try:
    Second(work).wait()
except {kind} as error:
    print(error)
""")
    assert told == ["pages/body.html:7: no room"]


@pytest.mark.parametrize("problem", ["self.lock = threading.Lock()", "pass"])
def test_an_error_that_cannot_be_sent_is_told_in_its_words(problem: str) -> None:
    told = run(f"""
class Odd(Exception):
    def __init__(self, one, other):
        super().__init__(f"{{one}} and {{other}}")
        {problem}
def work():
    raise Odd("this", "that")
try:
    Second(work).wait()
except RuntimeError as error:
    print(error)
""")
    assert told == ["Odd: this and that"]


def test_one_that_is_killed_is_an_error_and_not_waited_for() -> None:
    told = run("""
try:
    Second(lambda: os.kill(os.getpid(), signal.SIGKILL)).wait()
except RuntimeError as error:
    print(error)
""")
    assert told == ["The second process of the build has died."]


def test_one_that_is_killed_from_outside_is_an_error_too() -> None:
    told = run("""
second = Second(lambda: time.sleep(600))
(child,) = multiprocessing.active_children()
threading.Timer(0.2, child.kill).start()
try:
    second.wait()
except RuntimeError as error:
    print(error)
""")
    assert told == ["The second process of the build has died."]


def test_one_that_is_stopped_is_gone() -> None:
    told = run("""
second = Second(lambda: time.sleep(600))
second.stop()
print(multiprocessing.active_children())
""")
    assert told == ["[]"]


def test_it_takes_no_notice_of_an_interruption_which_the_first_process_deals_with() -> None:
    told = run("""
def work():
    os.kill(os.getpid(), signal.SIGINT)
    return "done"
print(Second(work).wait())
""")
    assert told == ["done"]


def test_none_is_begun_where_a_thread_runs() -> None:
    told = run("""
before = is_possible()
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
print(before, is_possible())
""")
    assert told == [f"{sys.platform == 'linux'} False"]


# --- a heap ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 7, 8, 9, 1000])
def test_everything_on_a_heap_is_done_once(number: int) -> None:
    told = run(f"""
heap, things = Heap(), list(range({number}))
def take():
    return [(time.sleep(0.0005), each)[1] for each in heap.share(things)]
second = Second(take)
mine = take()
theirs = second.wait()
print(sorted(mine + theirs) == things)
print(len(things) < 1000 or len(mine) > 100 and len(theirs) > 100)
""")
    assert told == ["True", "True"]


# --- a build -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project with the small site, built once."""
    made = copy_project(tmp_path_factory.mktemp("second") / "project", SMALL)
    build(made, made / "site", **PLAIN)
    return made


@pytest.mark.parametrize("template", ["pages/data.html", "pages/theme.html", "main.html"])
def test_a_slip_in_a_template_is_told_from_either_process(project: Path, template: str) -> None:
    """The second process alone makes the page of the data, which tells of the files."""
    before, path = tree(project / "site"), project / "templates" / template
    text = path.read_text(encoding="utf-8")
    end = "</head>" if "</head>" in text else "</h1>"
    replace(path, end, f"{end}{{{{ nonsense.more }}}}")
    line = path.read_text(encoding="utf-8").partition("{{ nonsense")[0].count("\n") + 1
    try:
        stopped = run_mkdocs(project, "build", "--strict", "-f", "mkdocs.yml", **PLAIN)
    finally:
        path.write_text(text, encoding="utf-8")

    assert stopped.returncode == 1
    assert re.search(rf"{template}:{line}: 'nonsense' is undefined", stopped.stdout)
    assert "Traceback" not in stopped.stdout
    assert tree(project / "site") == before
    assert beside(project) == []


class Begun(Exception):  # noqa: N818 - it is no error
    """A second process was begun."""


def refuse(*_: object) -> None:
    raise Begun


def test_with_another_plugin_all_is_done_in_one_process(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "is_possible", lambda: True)
    monkeypatch.setattr(writing, "Second", refuse)
    with pytest.raises(Begun):
        build_alone(project, tmp_path / "alone", **PLAIN)

    other = copy_project(tmp_path / "project", SMALL)
    replace(other / "mkdocs.yml", "plugins:\n", "plugins:\n  - search\n")
    made = tree(build_alone(other, other / "site", **PLAIN))
    ours = tree(project / "site")

    assert made.keys() - ours.keys() == {
        f"search/{name}" for name in ("lunr.js", "main.js", "search_index.json", "worker.js")
    }
    assert_none(sorted(path for path in ours if made.get(path) != ours[path]))


def test_plugins_are_called_for_every_page(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, list[str]] = {}
    monkeypatch.setattr(writing, "is_possible", lambda: False)
    for name in ("page_content", "page_context", "post_page"):
        called = seen.setdefault(name, [])
        _listen(monkeypatch, name, called)
    build_alone(project, tmp_path / "site", **PLAIN)

    pages = {path for path in tree(tmp_path / "site") if path.endswith(".html")} - {"404.html"}
    assert sorted(seen["page_context"]) == sorted(seen["post_page"]) == sorted(pages)
    assert set(seen["page_content"]) == pages


def _listen(monkeypatch: pytest.MonkeyPatch, name: str, called: list[str]) -> None:
    before = getattr(PluginCollection, f"on_{name}")

    def listen(self: PluginCollection, first: object, *, page: object, **more: object) -> object:
        called.append(page.file.dest_uri)  # type: ignore[attr-defined]
        return before(self, first, page=page, **more)

    monkeypatch.setattr(PluginCollection, f"on_{name}", listen)


@pytest.mark.parametrize("which", ["second", "first"])
def test_one_of_the_processes_may_do_all_of_the_work(tmp_path: Path, which: str) -> None:
    """Also that of finding what is kept: the other begins when there is nothing left."""
    other = copy_project(tmp_path / "project", SMALL)
    build_alone(other, other / "site", **PLAIN)
    replace(other / FINDINGS, "One horse was not enough", "Two horses were too few")
    for time in ("one", "two"):
        run(_ALL_IN_ONE[which], cwd=other, **PLAIN)
        assert_none(differences(other / "site", fresh(other, tmp_path / time, **PLAIN)))
    made = read(other / ".cache" / "peelsite" / "sites", other / "site").entries

    assert {PAGE, "data/index.html", "data/findings.csv"} <= made.keys()


_ALL_IN_SECOND: Final = """
from mkdocs.__main__ import cli
from peelsite.mkdocs_plugin import writing

class Instead(Second):
    def __init__(self, work):
        super().__init__(work)
        self._result = super().wait()

    def wait(self):
        return self._result

writing.Second = Instead
cli(["build", "--quiet", "--strict"], standalone_mode=False)
"""

_ALL_IN_FIRST: Final = """
from mkdocs.__main__ import cli
from peelsite.mkdocs_plugin import writing

class Instead(Second):
    def __init__(self, work):
        self._work = work

    def wait(self):
        super().__init__(self._work)
        return super().wait()

writing.Second = Instead
cli(["build", "--quiet", "--strict"], standalone_mode=False)
"""

_ALL_IN_ONE: Final = {"second": _ALL_IN_SECOND, "first": _ALL_IN_FIRST}


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_two_processes_make_what_one_makes(tmp_path: Path, host: str) -> None:
    other = copy_project(tmp_path / "project", SMALL)
    one = tree(build_alone(other, tmp_path / "one", **ADDRESS))
    two = tree(build(other, tmp_path / "two", host=host, **ADDRESS))

    assert len(one) > 200
    assert_none(sorted(path for path in one | two if one.get(path) != two.get(path)))
