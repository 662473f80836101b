"""What the README and the decisions say is so."""

import re
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner

from peelsite.cli import main
from peelsite.schema.json_schema import modeline
from tests.test_schema import FIELDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSPECTION = "inspections/2022-12-07-north-east-soc.yml"


def test_the_slip_in_the_readme_is_told_as_the_readme_shows(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    file = content / INSPECTION
    file.write_text(
        file.read_text(encoding="utf-8").replace("grade: good,", "grade: goood,", 1),
        encoding="utf-8",
    )

    result = CliRunner().invoke(main, ["check", str(content)])

    assert result.exit_code == 1
    assert result.output.partition("\n\n")[0] in README


def test_every_make_command_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    documents = [README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")]
    named = {name for text in documents for name in re.findall(r"`?make ([a-z]+)`?", text)}

    assert {"serve", "test"} <= named
    assert named <= targets


def test_every_path_in_the_readme_exists() -> None:
    paths = re.findall(r"`((?:content|templates|src|tests|docs)/[\w./-]*)`", README)

    assert paths
    assert not [path for path in paths if not (ROOT / path).exists()]


# --- the examples of those who want to add something --------------------------------------------

DOCUMENTS = ("CONTRIBUTING.md", "content/pages/contribute.md")


def files_in(document: str) -> dict[str, str]:
    """Return the files that a document shows in full, by path."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return dict(re.findall(r"^`(content/\S+\.yml)`\n\n```yaml\n(.*?)^```$", text, re.M | re.S))


def content_with(document: str, tmp_path: Path) -> Path:
    """Return a copy of the content with the files that a document shows, and the body they need."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    for path, text in {**files_in(DOCUMENTS[1]), **files_in(document)}.items():
        if "/bodies/" in path or path in files_in(document):
            assert not (tmp_path / path).exists()
            (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path / "content"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_file_to_copy_is_sound(document: str, tmp_path: Path) -> None:
    assert any("/inspections/" in path for path in files_in(document))

    result = CliRunner().invoke(main, ["check", str(content_with(document, tmp_path))])

    assert result.exit_code == 0, result.output
    assert "northshire" not in result.output  # not even a warning


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_file_to_copy_names_its_schema(document: str) -> None:
    for path, text in files_in(document).items():
        assert text.splitlines()[0] == modeline(path.removeprefix("content/"))


def test_the_slip_on_the_page_is_told_as_the_page_shows(tmp_path: Path) -> None:
    content = content_with(DOCUMENTS[1], tmp_path)
    [file] = [tmp_path / path for path in files_in(DOCUMENTS[1]) if "/inspections/" in path]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("grade: good", "grade: goood"), encoding="utf-8")

    result = CliRunner().invoke(main, ["check", str(content)])

    assert result.exit_code == 1
    page = (ROOT / DOCUMENTS[1]).read_text(encoding="utf-8")
    assert result.output.partition("\n\n")[0] in page


def test_fields_that_the_page_names_exist() -> None:
    page = (ROOT / DOCUMENTS[1]).read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S)
    named = set(re.findall(r"`([a-z-]+):", prose))

    assert {"sources", "claims", "seen", "not-known"} <= named
    assert named <= {name.rpartition(".")[2] for name in FIELDS}


# --- what comes later -----------------------------------------------------------------------------

CONTRIBUTE: Final = DOCUMENTS[1]


def additions() -> list[tuple[str, str]]:
    """Return what the page adds to files: the path of each file and the lines."""
    text = (ROOT / CONTRIBUTE).read_text(encoding="utf-8")
    return re.findall(r"^In `(content/\S+\.yml)`:\n\n```yaml\n(.*?)^```$", text, re.M | re.S)


def merged(there: Any, new: Any) -> Any:
    """Return YAML with more put in: under the same key, or in the entry with the same id."""
    if isinstance(there, dict) and isinstance(new, dict):
        return there | {key: merged(there.get(key), value) for key, value in new.items()}
    if not isinstance(there, list) or not isinstance(new, list):
        return new
    entries = list(there)
    for entry in new:
        named = [name_of(each) for each in entries]
        if name_of(entry) in named:
            place = named.index(name_of(entry))
            entries[place] = merged(entries[place], entry)
        else:
            entries.append(entry)
    return entries


def name_of(entry: Any) -> Any:
    """Return by what an entry of a list is known: its id, the words that it quotes, or itself."""
    return entry.get("id", entry.get("text", entry)) if isinstance(entry, dict) else entry


def content_with_addition(path: str, lines: str, tmp_path: Path) -> Path:
    """Return the content with the page's files, and ``lines`` put into the one at ``path``.

    A file that is not there is a later report, which is like the one on the page but for its year.
    """
    content = content_with(CONTRIBUTE, tmp_path)
    [(report, text)] = [each for each in files_in(CONTRIBUTE).items() if "/inspections/" in each[0]]
    file = tmp_path / path
    if not file.exists():
        assert path > report
        later = text.replace("2025-01", "2026-01").replace("example.org/", "example.org/later/")
        file.write_text(later, encoding="utf-8")
    before, new = (yaml.safe_load(each) for each in (file.read_text(encoding="utf-8"), lines))
    file.write_text(yaml.safe_dump(merged(before, new), allow_unicode=True), encoding="utf-8")
    return content


def test_the_page_says_how_to_add_what_comes_later() -> None:
    added = "".join(lines for _, lines in additions())
    fields = ("updates", "response", "response-not-found", "repeats", "checked", "about")

    assert [name for name in fields if f" {name}:" not in added] == []


@pytest.mark.parametrize(("path", "lines"), additions())
def test_what_the_page_adds_is_sound(path: str, lines: str, tmp_path: Path) -> None:
    content = content_with_addition(path, lines, tmp_path)

    result = CliRunner().invoke(main, ["check", str(content)])

    assert result.exit_code == 0, result.output
    assert "northshire" not in result.output  # not even a warning


def test_a_slip_in_what_is_added_is_told(tmp_path: Path) -> None:
    [(path, lines)] = [each for each in additions() if "repeats" in each[1]]
    content = content_with_addition(path, lines.replace('referrals"]', 'visits"]'), tmp_path)

    result = CliRunner().invoke(main, ["check", str(content)])

    assert result.exit_code == 1
    assert "2025-01-15-northshire-soc#northshire-visits" in result.output
