"""Change one sentence of one inspection, as somebody who writes would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Inspection:
    """The file of an inspection. ``text`` is what stood in it at first."""

    file: Path
    text: str

    @property
    def page(self) -> str:
        """Where the site has its page."""
        return f"inspections/{self.file.stem}/"

    def change(self, word: str) -> None:
        """Save the file with ``word`` before its first summary."""
        self.file.write_text(_FIRST_SUMMARY.sub(rf"\g<0>{word} ", self.text, 1), encoding="utf-8")

    def slip(self, grade: str) -> None:
        """Save the file with a first grade that there is not."""
        self.file.write_text(_FIRST_GRADE.sub(f"grade: {grade}", self.text, 1), encoding="utf-8")


_FIRST_GRADE: Final = re.compile(r"\bgrade: [a-z-]+")
_FIRST_SUMMARY: Final = re.compile(r"^ *(?:- )?summary:(?: >-?\n)? +[\"']?", re.MULTILINE)


def inspection_of(project: Path) -> Inspection:
    """Return the inspection in the middle of those that have a summary and a grade."""
    files = sorted((project / "content" / "inspections").glob("*.yml"))
    texts = ((file, file.read_text(encoding="utf-8")) for file in files)
    found = [
        Inspection(*each)
        for each in texts
        if _FIRST_SUMMARY.search(each[1]) and _FIRST_GRADE.search(each[1])
    ]
    return found[len(found) // 2]
