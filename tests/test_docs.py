"""What the README and the decisions say is so."""

import re
import shutil
from pathlib import Path

from click.testing import CliRunner

from peelsite.cli import main

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
