"""The whole build: all problems or a finished site, and only what changed is read again."""

import shutil
from pathlib import Path
from typing import Final

import pytest

from peelsite.pages import Hosting
from peelsite.problems import ContentError
from tests.sites import Made, make

HERE: Final = Path(__file__).parent
SMALL_SITE: Final = HERE / "small_site" / "content"
TEMPLATES: Final = HERE.parent / "templates"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL_SITE, tmp_path / "content")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def html(site: Made, address: str) -> str:
    return next(each.html for each in site.pages if each.page.address == address)


def test_a_build_gives_every_page_and_writes_nothing(content: Path) -> None:
    def on_disk() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in content.parent.rglob("*") if path.is_file()}

    before = on_disk()
    site = make(content, TEMPLATES)

    assert len(site.pages) == 84
    assert all(each.html.strip() for each in site.pages)
    assert on_disk() == before


def test_a_broken_build_tells_every_problem_at_once(content: Path) -> None:
    change(content / "bodies" / "vrcu.yml", "kind: unit", "kind: unite")
    change(content / "inspections" / "2019-05-01-fraud.yml", "round: first", "round: frist")
    change(content / "inspections" / "2023-06-15-crime.yml", "grade: adequate", "grade: adequat")
    change(content / "themes.yml", "unused:", "unused: [")

    with pytest.raises(ContentError) as caught:
        make(content, TEMPLATES)

    problems = caught.value.problems
    assert {problem.path.removeprefix("content/") for problem in problems} == {
        "bodies/vrcu.yml",
        "inspections/2019-05-01-fraud.yml",
        "inspections/2023-06-15-crime.yml",
        "themes.yml",
    }
    assert list(problems) == sorted(problems, key=lambda each: (each.path, each.line, each.column))
    assert all(str(problem) in str(caught.value) for problem in problems)
    assert "frist" in str(caught.value)


def test_only_changed_files_are_read_again(content: Path) -> None:
    first = make(content, TEMPLATES)
    change(content / "bodies" / "vrcu.yml", "nine bicycles", "ten bicycles")
    second = make(content, TEMPLATES, before=first.content)

    read_again = {
        path
        for path, file in second.content.files.items()
        if file is not first.content.files.get(path)
    }
    assert read_again == {"content/bodies/vrcu.yml"}
    assert "ten bicycles" in html(second, "units/vrcu")
    assert html(second, "units/vrcu") != html(first, "units/vrcu")


def test_a_build_after_another_is_the_same_as_a_fresh_one(content: Path) -> None:
    first = make(content, TEMPLATES)
    change(content / "themes.yml", "Telephones", "Telegraphs")
    (content / "bodies" / "weald.yml").unlink()
    second = make(content, TEMPLATES, before=first.content)
    fresh = make(content, TEMPLATES)

    assert [(p.page.address, p.html) for p in second.pages] == [
        (p.page.address, p.html) for p in fresh.pages
    ]
    assert "forces/weald" not in [each.page.address for each in second.pages]
    assert second.content.files.keys() == fresh.content.files.keys()


def test_problems_of_unchanged_files_are_told_again(content: Path) -> None:
    first = make(content, TEMPLATES)
    change(content / "bodies" / "vrcu.yml", "kind: unit", "kind: unite")
    for _ in range(2):
        with pytest.raises(ContentError, match="unite"):
            make(content, TEMPLATES, before=first.content)


def test_a_build_for_double_clicking_links_to_files(content: Path) -> None:
    folders = make(content, TEMPLATES)
    files = make(content, TEMPLATES, hosting=Hosting(folders=False))

    assert 'href="forces/northshire/"' in html(folders, "index")
    assert 'href="forces/northshire.html"' in html(files, "index")
    assert 'href="../index.html' not in html(folders, "forces/northshire")
    assert 'href="../inspections/2023-06-15-crime.html#northshire-telephone"' in html(
        files, "forces/northshire"
    )
    assert not any('/"' in piece for each in files.pages for piece in relative_links(each.html))


def relative_links(text: str) -> list[str]:
    links = [piece.partition('"')[0] + '"' for piece in text.split('href="')[1:]]
    return [link for link in links if not link.startswith(("http:", "https:"))]


def test_the_content_folder_may_have_any_name(tmp_path: Path) -> None:
    """The setting ``content`` of the plugin names it; "Edit this page" must find its files."""
    site = make(shutil.copytree(SMALL_SITE, tmp_path / "data"), TEMPLATES)
    paths = {each.page.address: each.page.path for each in site.pages if each.page.path}

    assert len(paths) == 36
    assert {page: path for page, path in paths.items() if not (tmp_path / path).is_file()} == {}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises((OSError, ContentError)):
        make(tmp_path / "nowhere", TEMPLATES)
