"""What libyaml stumbles over, said in plain words at the place that helps most."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from peelsite.problems import Problem
from peelsite.yaml_source.values import Document

TOO_DEEP: Final = "too deep"
"""What our own reader says, in place of libyaml, when values stand too deep inside one another."""


@dataclass(frozen=True)
class Slip:
    """Something that keeps a text from being YAML.

    ``rule`` is its short name, ``message`` what is wrong, ``remedy`` what to do. ``said`` are
    parts of libyaml's sentences that tell it; none where we see it ourselves. ``at_start`` says
    that the beginning of what libyaml was reading helps more than the place where it stopped.
    """

    rule: str
    message: str
    remedy: str
    said: tuple[str, ...] = ()
    at_start: bool = False


def explain(document: Document, error: yaml.MarkedYAMLError, last: Any) -> Problem:
    """Return the problem that stopped the reading of ``document``.

    ``error`` is libyaml's; ``last`` the last event before it.
    """
    told = f"{error.context or ''}; {error.problem or ''}"
    slip = next((each for each in SLIPS if any(part in told for part in each.said)), OTHERWISE)
    mark = (error.context_mark if slip.at_start else None) or error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = document.lines
    if line >= len(lines) or not lines[line].strip(" "):  # the end of the file: show the last line
        line = max((i for i, text in enumerate(lines) if text.strip()), default=0)
        column = len(lines[line])
    elif cut_short := _cut_short(last, line, column):
        slip, line, column = cut_short
    elif slip is SECOND_COLON and re.match(r" *(- +)*[\w-]+ +[{\[]", lines[line]):
        slip, column = NO_COLON, _indent(lines[line])
    elif slip is SECOND_COLON and ": " not in lines[line][:column]:
        slip, line, column = _alone(lines, line)
    elif slip is OUT_OF_LINE and lines[line].startswith("- ", column):
        slip, line, column = _undashed(lines, line, column)
    elif slip is OUT_OF_LINE:
        slip, line, column = _outdented(lines, line, column)
    elif (
        slip is NO_DASH
        and (first := error.context_mark)
        and _DASHED_NAME.match(lines[first.line], first.column)
    ):
        slip, line, column = STRAY_DASH, first.line, first.column
    if invisible := _space(lines, line, column):
        slip, line, column = invisible
    return document.problem((line, column, 1), slip.rule, slip.message, slip.remedy)


def _cut_short(last: Any, line: int, column: int) -> tuple[Slip, int, int] | None:
    """See whether a quotation mark or bracket ended the last value before its text did."""
    start, end = last.start_mark, last.end_mark
    if end.line != line or end.column > column:
        return None
    if isinstance(last, yaml.ScalarEvent) and last.style in ('"', "'"):
        if start.line == line:
            return TEXT_AFTER, line, column
        return UNCLOSED_QUOTE, start.line, start.column
    is_bracket = isinstance(last, yaml.CollectionEndEvent) and end.column > start.column
    return (TEXT_AFTER, line, column) if is_bracket else None


def _alone(lines: list[str], line: int) -> tuple[Slip, int, int]:
    """See why a "name: value" on a line of its own stands inside the value before it."""
    above = max((i for i in range(line) if lines[i].strip()), default=line)
    if re.match(r" *-[^ -]", lines[above]):
        return DASH_SPACE, above, _indent(lines[above])
    if ": " in f"{lines[above]} " and above != line:
        return TOO_FAR_IN, line, _indent(lines[line])
    return NO_COLON, above, _indent(lines[above])


def _undashed(lines: list[str], line: int, column: int) -> tuple[Slip, int, int]:
    """See whether the item of a list at ``line`` is the first that has its dash."""
    if _DASHED_NAME.match(lines[line], column):
        return STRAY_DASH, line, column
    first = line
    for above in range(line - 1, -1, -1):
        if lines[above].strip() and _indent(lines[above]) > column:
            first = above
        elif lines[above].strip():
            if first != line and lines[above].rstrip().endswith(":"):
                return FIRST_DASH, first, _indent(lines[first])
            break
    return OUT_OF_LINE, line, column


def _outdented(lines: list[str], line: int, column: int) -> tuple[Slip, int, int]:
    """See whether a line above stands too far left, so that its neighbour at ``line`` is met."""
    above = [each for each in range(line) if lines[each].strip()]
    group = next((each for each in reversed(above) if _indent(lines[each]) < column), line)
    is_name = lines[group].rstrip().endswith(":")
    if is_name and any(_indent(lines[each]) == column for each in above if each < group):
        return TOO_FAR_OUT, group, _indent(lines[group])
    return OUT_OF_LINE, line, column


_DASHED_NAME: Final = re.compile(r"- [\w-]+: *(#.*)?$")


def _space(lines: list[str], line: int, column: int) -> tuple[Slip, int, int] | None:
    """See whether a space at ``line``, or on the line before it, is no space to YAML."""
    if "\t" in lines[line][: _indent(lines[line])] or lines[line].startswith("\t", column):
        return TAB, line, lines[line].index("\t")
    for each in (line, line - 1):
        if each >= 0 and (found := re.search("(^ *|[:-] *)\u00a0", lines[each])):
            return HARD_SPACE, each, found.end() - 1
    return None


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


TAB: Final = Slip(
    "tab",
    "A tab stands here, where YAML wants spaces.",
    "Put spaces in its place.",
    ("found a tab character",),
)
HARD_SPACE: Final = Slip(
    "hard-space",
    "A non-breaking space stands here, which YAML does not take for a space.",
    "Put an ordinary space in its place.",
)
UNCLOSED_QUOTE: Final = Slip(
    "unclosed-quote",
    "The quotation mark that opens here is not closed where the text ends.",
    "Close it, or put the whole text on lines of its own after >-.",
    ("found unexpected end of stream", "found unexpected document indicator"),
    at_start=True,
)
TEXT_AFTER: Final = Slip(
    "text-after",
    "The value has ended at the quotation mark or bracket before this, and more text follows.",
    "Put the whole value in quotes; within them write quotation marks of another kind.",
)
NO_COLON: Final = Slip(
    "no-colon",
    "This line lacks its colon, or the space after it.",
    'Write "name: value", or "name:" when lines that belong to it follow; a list item has "- ".',
    ("could not find expected ':'",),
    at_start=True,
)
SECOND_COLON: Final = Slip(
    "second-colon",
    "A second colon on this line makes YAML see a name and a value inside the value.",
    "Put the value in quotes.",
    ("mapping values are not allowed", "found unexpected ':'"),
)
TOO_FAR_IN: Final = Slip(
    "indent",
    "This line is indented further than the line above it, which has its value already.",
    "Line it up with what it belongs to.",
)
OUT_OF_LINE: Final = Slip(
    "out-of-line",
    "This line does not fit in with the lines above it.",
    "Line it up with what it belongs to; put text with : or quotation marks in it in quotes.",
    ("did not find expected key",),
)
TOO_FAR_OUT: Final = Slip(
    "outdent",
    "This line is indented less than those like it above and below.",
    "Line it up with them.",
)
STRAY_DASH: Final = Slip(
    "stray-dash",
    'This line begins with "- ", but those like it do not.',
    'Take out the "- ".',
)
NO_DASH: Final = Slip(
    "no-dash",
    'This line stands in a list but does not begin with "- ".',
    'Begin it with "- ", or indent it to the item it belongs to.',
    ("did not find expected '-' indicator",),
)
FIRST_DASH: Final = Slip(
    "first-dash",
    'Items of a list follow below, but here it does not begin with "- ".',
    'Begin this line with "- ", or line up what follows.',
)
DASH_SPACE: Final = Slip(
    "dash-space",
    "This dash has no space after it, so it begins no item of a list.",
    'Write "- " before the item.',
)
OTHERWISE: Final = Slip(
    "not-yaml",
    "From here on this is not YAML.",
    "Compare the line and the one above it with another file; look at indents, colons and quotes.",
)

SLIPS: Final[tuple[Slip, ...]] = (
    TAB,
    HARD_SPACE,
    UNCLOSED_QUOTE,
    TEXT_AFTER,
    NO_COLON,
    SECOND_COLON,
    TOO_FAR_IN,
    Slip(
        "first-character",
        "A value cannot begin with this character.",
        "Put the value in quotes; take out the ``` that stand around a copied example.",
        ("cannot start any token",),
    ),
    Slip(
        "unclosed-list",
        "A list opens here with [ and is not closed, or lacks a comma.",
        "Put commas between the items and ] at the end.",
        ("did not find expected ',' or ']'",),
        at_start=True,
    ),
    Slip(
        "unclosed-group",
        "A group opens here with { and is not closed, or lacks a comma.",
        "Put commas between the parts and } at the end, and text with , : or # between two quotes.",
        ("did not find expected ',' or '}'",),
        at_start=True,
    ),
    OUT_OF_LINE,
    TOO_FAR_OUT,
    STRAY_DASH,
    FIRST_DASH,
    DASH_SPACE,
    NO_DASH,
    Slip(
        "dash",
        'A list item ("- ") cannot begin here.',
        "Begin the list on a line of its own; put text that begins with - in quotes.",
        ("block sequence entries are not allowed",),
    ),
    Slip(
        "question-mark",
        "A value cannot begin with a question mark and a space.",
        "Put the value in quotes.",
        ("mapping keys are not allowed",),
    ),
    Slip(
        "block-text",
        "Text that begins with > or | begins on the next line.",
        "Write >- alone, and the text below it, indented; or put the value in quotes.",
        ("while scanning a block scalar",),
    ),
    Slip(
        "no-item",
        "A value was expected here.",
        "Write one, or take out the comma or bracket before it.",
        ("did not find expected node content",),
    ),
    Slip(
        "backslash",
        "Within double quotation marks a backslash begins a code, and this one is not known.",
        "Use single quotation marks, or write the backslash twice.",
        ("unknown escape character", "hexdecimal number", "character escape code"),
    ),
    Slip(
        "asterisk",
        "A value cannot begin with & or *.",
        "Put the value in quotes.",
        ("scanning an a",),  # libyaml: "while scanning an anchor", "while scanning an alias"
    ),
    Slip(
        "exclamation-mark",
        "A value cannot begin with !.",
        "Put the value in quotes.",
        ("a tag", "undefined tag handle"),
    ),
    Slip(
        "directive",
        "A line that begins with % gives orders to the reader, which is not allowed here.",
        "Delete it, or put the text in quotes.",
        ("directive", "incompatible YAML document"),
    ),
    Slip(
        "after-end",
        'Nothing may follow "...", or stand between a line that begins with % and "---".',
        "Take these lines out; a file holds one document.",
        ("expected <document start>",),
    ),
    Slip(
        "too-deep",
        "Too many values stand inside one another here.",
        "Compare the brackets, dashes and indents with another file.",
        (TOO_DEEP,),
    ),
)
"""The slips that are known, the first that fits first."""
