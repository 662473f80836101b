"""The examples of how to use the data, as readers copy them and as the tests run them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from peelsite.pages.links import Hosting

SOMEWHERE: Final = "https://example.org/"
"""Stands for the address of the site in the examples of a site that has none."""


@dataclass(frozen=True, slots=True)
class Example:
    """A program that answers a question from the data: ``tool`` is what runs it."""

    id: str
    tool: str
    question: str
    text: str


def examples(hosting: Hosting) -> tuple[Example, ...]:
    """Return the examples with the address of the site in them."""
    site = hosting.file("") or SOMEWHERE
    return tuple(replace(each, text=each.text.replace(SOMEWHERE, site)) for each in _EXAMPLES)


_OPEN_CONCERNS: Final = """\
curl --silent --fail https://example.org/api/v1/findings.json |
  jq --raw-output '.result[]
    | select(.body == "northumbria" and .is_open)
    | "\\(.last_word)\\t\\(.title)"'
"""

_PANDAS: Final = """\
import pandas

ratings = pandas.read_csv("https://example.org/data/ratings.csv", dtype=str)
in_round = ratings[ratings["round"] == "peel-2018"]
given = in_round[in_round["carried_over_from"].isna()]
print(pandas.crosstab(given["question"], given["grade"]).to_string())
"""

_R: Final = """\
ratings <- read.csv("https://example.org/data/ratings.csv",
                    colClasses = "character", na.strings = "", encoding = "UTF-8")
given <- subset(ratings, round == "peel-2018" & is.na(carried_over_from))
print(table(given$question, given$grade))
"""

_SPREADSHEET: Final = """\
curl --silent --fail --remote-name https://example.org/data/ratings.csv
soffice --headless --infilter="CSV:44,34,UTF8,1,,0,false,false" \\
  --convert-to ods ratings.csv
"""

_SQL: Final = """\
curl --silent --fail --remote-name https://example.org/data/peelsite.sqlite
sqlite3 -csv -header peelsite.sqlite \\
  "SELECT name, last_word, last_word_by, title FROM open_concerns"
"""

_EXAMPLES: Final = (
    Example(
        "curl",
        "curl and jq",
        "Open concerns of Northumbria Police, with the day of the last word on each.",
        _OPEN_CONCERNS,
    ),
    Example(
        "pandas",
        "Python with pandas",
        "How often each grade was given on each question of one round. Grades that were carried "
        "over from an earlier inspection are left out.",
        _PANDAS,
    ),
    Example("r", "R", "The same.", _R),
    Example(
        "spreadsheet",
        "A spreadsheet from the command line",
        "The table of ratings as a spreadsheet, made by LibreOffice without a window.",
        _SPREADSHEET,
    ),
    Example(
        "sqlite",
        "sqlite3",
        "Open concerns by body, oldest word first.",
        _SQL,
    ),
)
