"""What Chromium tells a screen reader: in words, all that the eye sees, however wide the window."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Reader
from tests.browser.test_accessible import WIDTHS
from tests.browser.test_reading import INSPECTION, REGION, resize

RECORD = "forces/northumbria/record.html"
ROUND = "rounds/soc-2022.html"

Heard = list[tuple[str, str]]

narrow_and_wide = pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])


def heard(page: Page, selector: str) -> list[Heard]:
    """Return for each element what is told of it and of all within: roles, and names or texts."""
    session = page.context.new_cdp_session(page)
    nodes = {each["nodeId"]: each for each in session.send("Accessibility.getFullAXTree")["nodes"]}
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    wanted = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    ids = [
        session.send("DOM.describeNode", {"nodeId": each})["node"]["backendNodeId"]
        for each in wanted
    ]
    session.detach()

    def told(node: dict[str, Any]) -> Heard:
        role = node["role"]["value"]
        if role == "InlineTextBox":
            return []  # a line of the text above it
        name = " ".join(node.get("name", {}).get("value", "").split())
        own = [] if node["ignored"] else [(role, name)]
        return own + [each for id_ in node.get("childIds", ()) for each in told(nodes[id_])]

    by_element = {node.get("backendDOMNodeId"): node for node in nodes.values()}
    return [told(by_element[id_]) for id_ in ids]


def text(of: Heard) -> str:
    """Return the words that are read, one after the other."""
    return " ".join(name for role, name in of if role == "StaticText").replace(" ,", ",")


def roles(of: Heard, *wanted: str) -> list[str]:
    """Return the names of what has one of these roles."""
    return [name for role, name in of if role in wanted]


@narrow_and_wide
def test_a_grade_is_its_word_and_its_segments(fresh: Reader, width: int) -> None:
    page = fresh.open(ROUND)
    resize(page, width)
    grades = {text(each) for each in heard(page, ".grade")}
    assert {"Good, 4 of 5 segments", "Outstanding, 5 of 5 segments"} <= grades
    assert "Adequate, 3 of 5 segments" in grades


@narrow_and_wide
def test_a_body_without_a_grade_is_said_to_have_none_and_why(fresh: Reader, width: int) -> None:
    page = fresh.open(REGION)
    resize(page, width)
    [rating] = heard(page, ".rating")
    assert "Inspected, not graded" in text(rating)
    assert "Inspectors looked at this and, by design, gave no grade." in text(rating)


@narrow_and_wide
def test_what_a_timeline_draws_is_read_in_the_table_below_it(fresh: Reader, width: int) -> None:
    """Point by point, though the drawing starts with the oldest and the table with the newest."""
    page = fresh.open(RECORD)
    resize(page, width)
    drawings = page.locator(".timeline").all()
    tables = heard(page, ".timeline + table")
    assert len(drawings) == len(tables) > 5
    for drawing, table in zip(drawings, tables, strict=True):
        points = [
            (
                [sum(map(segments, paths(point, of))) for of in ("path.on", "path:not(.on)")],
                point.locator("text").all_text_contents()[1:],
            )
            for point in drawing.locator("g").all()
        ]
        cells = [each for each in roles(table, "cell") if not each.startswith("Not comparable")]
        assert len(roles(table, "rowheader")) == len(cells) == len(points)
        for cell, ((filled, empty), marks) in zip(cells, reversed(points), strict=True):
            assert (f"{filled} of {filled + empty} segments" in cell) == bool(filled + empty)
            assert " ".join(marks) in cell.lower()


def paths(point: Locator, of: str) -> list[str]:
    """Return what each path of a point draws."""
    return [path.get_attribute("d") or "" for path in point.locator(of).all()]


def segments(path: str) -> int:
    """Return how many segments a path of a timeline draws."""
    return path.count("h12v6h-12z")


@narrow_and_wide
def test_a_cell_of_the_grid_has_the_names_of_its_row_and_column(fresh: Reader, width: int) -> None:
    page = fresh.open("rounds/peel-2023.html")
    resize(page, width)
    [grid] = heard(page, ".grid")
    columns = roles(grid, "columnheader")
    assert columns[0] == "Body"
    assert len(columns) > 8
    for role, name in grid:
        if role in ("rowheader", "cell"):
            assert name
    cells = set(roles(grid, "cell"))
    assert "No rating in our sources" in cells
    assert any("Good, 4 of 5 segments" in each.replace(" ,", ",") for each in cells)


@narrow_and_wide
def test_no_table_loses_its_rows_and_headings_on_a_phone(fresh: Reader, width: int) -> None:
    page = fresh.open(INSPECTION)
    resize(page, width)
    [table] = heard(page, "table.ratings")
    assert roles(table, "table") == [
        "What each body was graded in this inspection, and why where it was not."
    ]
    columns = ["Body", "Question", "Grade", "Published", "Read where"]
    assert roles(table, "columnheader") == columns
    rows = len(roles(table, "rowheader"))
    assert rows == len(roles(table, "row")) - 1
    assert len(roles(table, "cell")) == rows * (len(columns) - 1)
