"""Drafts are read as they are meant, say what to fill in, and change nothing that is there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_origin

import pytest
import yaml

from peelsite.checks import check
from peelsite.drafts import (
    CannotInsertError,
    ChangedError,
    NewBody,
    NewFinding,
    NewInspection,
    NewSource,
    body,
    create,
    ids_taken,
    insert,
    inspection,
    put_in_place,
    try_file,
    wrong_with_value,
)
from peelsite.drafts.scalars import listed, scalar
from peelsite.load import load
from peelsite.schema import TO_FILL_IN, Body, BodyKind, Inspection, Label, Source, SourceKind
from peelsite.schema.faults import fields_of, shape_at
from peelsite.yaml_source import read
from tests.problems import BASE

SMALL_SITE: Final = Path(__file__).parent / "small_site" / "content"

NASTY: Final = [
    *("plain", "two words", "PEEL 2023–2025: An inspection", "ends with:", "a # b", "#b", "a #"),
    *("- a", "-a", "? a", "?", ": a", "&a", "*a", "!a", "%a", "@a", "`a`", "| a", "> a", "---"),
    *("[a]", "[", "]", "{a", "a, b", "a]", "a}", "...", "=", "<<", "~", "a: b: c", "-", "a:b"),
    *(
        "no",
        "No",
        "yes",
        "on",
        "true",
        "True",
        "null",
        "NULL",
        "2022",
        "1e3",
        "12:30",
        "0x1f",
        "1_0",
    ),
    *(
        'He said "no"',
        "it's",
        "'a'",
        '"a"',
        "\"'",
        "a\\b",
        "\\",
        'a\\"b',
        "\ta",
        "a\tb",
        " a ",
        "'",
    ),
    *(
        "漢字",
        "é – “x”",
        "😀",
        "a\nb",
        "\n",
        "x" * 300,
        "a  b",
        "!!str",
        "<a>",
        "a%",
        "2022-12",
        "",
    ),
]

SOURCE: Final = NewSource(
    key="report",
    kind=SourceKind.PRIMARY,
    publisher='The "Inspectorate": #1',
    author=None,
    title="- [No] title",
    url="https://example.org/new",
    published="2024-05",
    read="2024-06-01",
)
INSPECTION: Final = NewInspection(
    id="2024-05-new",
    title="Crime: a 'new' \"report\" # 2",
    short="no",
    round="crime-2024",
    published="2024-05",
    bodies=("northern-unit", "north"),
    source=SOURCE,
)
BODIES: Final = {
    BodyKind.FORCE: NewBody("south", BodyKind.FORCE, "South: Police", "no", "north", (), SOURCE),
    BodyKind.UNIT: NewBody(
        "south", BodyKind.UNIT, "South # Unit", "2022", "north", ("northshire",), SOURCE
    ),
    BodyKind.REGION: NewBody("south", BodyKind.REGION, "The South", "- South", None, (), SOURCE),
}
ANSWERS: Final = {  # what somebody fills in
    "fieldwork": "not-known",
    "seen": "all of it",
    "grade": "good",
    "from": "not-known",
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "content")


def filled_in(text: str) -> str:
    for name, value in ANSWERS.items():
        text = re.sub(rf"^([^#\n]*\b{name}: ){TO_FILL_IN}", rf"\g<1>{value}", text, flags=re.M)
    return text


def with_examples(text: str) -> str:
    """Return a draft with all that is commented out taken in."""
    return re.sub(r"^( *)#(?! \S)", r"\1", text, flags=re.M)


def rules(content: Path) -> set[str]:
    return {problem.rule for problem in check(load(content))}


def read_back(text: str) -> Any:
    root, problems = read("a.yml", text.encode())
    assert problems == []
    return root


@pytest.mark.parametrize("text", NASTY)
def test_a_text_is_read_back_as_it_was_typed(text: str) -> None:
    written = f"a: {scalar(text)}\nb: {{c: {scalar(text)}, d: {listed([text, text])}}}\n"
    wanted = {"a": text, "b": {"c": text, "d": [text, text]}}
    assert read_back(written) == wanted
    assert yaml.safe_load(written) == wanted


def test_a_text_has_quotes_only_where_it_needs_them() -> None:
    assert [scalar(each) for each in ("two words", "a:b", "it's", "a, b")] == [
        *("two words", "a:b", "it's", '"a, b"'),
    ]
    assert scalar('a: "b"') == "'a: \"b\"'"
    assert scalar("'a': \"b\"") == '"\'a\': \\"b\\""'


def test_what_is_wrong_with_a_value_is_said_in_the_words_of_the_check() -> None:
    assert wrong_with_value(Source, "read", "2024-06-01") is None
    assert wrong_with_value(Source, "title", "no: [") is None
    told = wrong_with_value(Source, "read", "1/6/2024")
    assert told
    assert told.endswith('Did you mean "2024-06-01"?')
    for name, text in (("title", ""), ("title", "a\nb"), ("url", "x"), ("title", "a\u200bb")):
        assert wrong_with_value(Source, name, text), name
    assert wrong_with_value(Source, "title", "\udcff") == "This cannot be written as UTF-8 text."
    assert "to be filled in" in str(wrong_with_value(Source, "title", TO_FILL_IN))


def records_within(shape: Any) -> Iterator[Any]:
    """Give the shape of every record that a file of ``shape`` can hold."""
    yield shape
    for field in fields_of(shape).values():
        inner = shape_at(field.annotation)
        each = shape_at(inner, (0,)) if get_origin(inner) else inner
        if fields_of(each):
            yield from records_within(each)


def required(shape: Any) -> list[tuple[str, str]]:
    found = {
        (name, str(field.description))
        for record in records_within(shape)
        for name, field in fields_of(record).items()
        if field.is_required()
    }
    return sorted(found)


@pytest.mark.parametrize(("name", "meaning"), required(Inspection))
def test_every_required_field_of_an_inspection_is_there_with_its_meaning(
    content: Path, name: str, meaning: str
) -> None:
    assert_told(inspection(INSPECTION, load(content)), name, meaning)


@pytest.mark.parametrize(("name", "meaning"), required(Body))
def test_every_required_field_of_a_body_is_there_with_its_meaning(name: str, meaning: str) -> None:
    assert_told(body(BODIES[BodyKind.FORCE]), name, meaning)


def assert_told(text: str, name: str, meaning: str) -> None:
    """See that a field stands in a draft below, or beside, a comment that says what it means."""
    name, meaning = re.escape(name), re.escape(meaning)
    above = rf"^ *# {meaning}.*\n *(- )?{name}:"
    beside = rf"^ *#?[ -]*{name}:.*  # {meaning}"
    listed = rf"^ *# {name} – {meaning}(.*\n)*?.*\b{name}:"
    assert re.search(f"{above}|{beside}|{listed}", text, flags=re.M)


def test_the_shapes_of_drafts_are_all_looked_at() -> None:
    assert len(required(Inspection)) > 30
    assert len(required(Body)) > 15


def test_a_new_inspection_lacks_only_what_is_marked(content: Path) -> None:
    text = inspection(INSPECTION, load(content))
    trial = try_file(load(content), "inspections", INSPECTION.id, text)
    create(content / "inspections" / f"{INSPECTION.id}.yml", text)
    problems = check(load(content))
    assert {problem.rule for problem in problems} == {"to-fill-in"}
    assert (trial.to_fill_in, trial.wrong) == (len(problems), ())
    assert [problem.message.partition(": ")[2] for problem in problems] == [
        "When inspectors were there, or not-known.",
        "How much of it was read, and in what form.",
        "The grade: an id on the scale of the round.",
    ]
    record = load(content).inspections[INSPECTION.id]
    assert (record.title, record.short, record.round) == (INSPECTION.title, "no", "crime-2024")
    assert record.sources["report"].publisher == SOURCE.publisher
    assert record.sources["report"].title == SOURCE.title


def test_regions_and_ungraded_questions_have_no_grade_to_fill_in(content: Path) -> None:
    text = inspection(INSPECTION, load(content))
    parts = read_back(text)["bodies"]
    given = {
        (id_, rating["question"]): rating.get("grade") or rating["not-graded"]
        for id_, part in parts.items()
        for rating in part["ratings"]
    }
    assert given == {
        ("northern-unit", "crime"): TO_FILL_IN,
        ("northern-unit", "traffic"): "inspected-not-graded",
        ("north", "crime"): "inspected-not-graded",
        ("north", "traffic"): "inspected-not-graded",
    }


def test_a_new_inspection_passes_once_it_is_filled_in(content: Path) -> None:
    text = filled_in(inspection(INSPECTION, load(content)))
    create(content / "inspections" / f"{INSPECTION.id}.yml", text)
    assert check(load(content)) == ()


def test_the_examples_of_a_new_inspection_lack_only_what_is_marked(content: Path) -> None:
    text = with_examples(inspection(INSPECTION, load(content)))
    part = read_back(text)["bodies"]["northern-unit"]
    assert {*part} == {"ratings", "praised", "concerns", "claims", "replies"}
    assert {*fields_of(Inspection)} == {*read_back(text), "moved-from"}
    create(content / "inspections" / f"{INSPECTION.id}.yml", text)
    assert rules(content) == {"to-fill-in"}


def test_of_a_force_a_response_is_among_the_examples(content: Path) -> None:
    new = replace(INSPECTION, bodies=("northshire", "northern-unit"))
    text = with_examples(inspection(new, load(content)))
    parts = read_back(text)["bodies"]
    assert parts["northshire"]["response"] == {"published": TO_FILL_IN, "source": SOURCE.key}
    assert {*parts["northern-unit"]} == {"ratings"}
    create(content / "inspections" / f"{INSPECTION.id}.yml", text)
    assert rules(content) == {"to-fill-in"}


@pytest.mark.parametrize("kind", BODIES)
def test_a_new_body_lacks_only_what_is_marked(content: Path, kind: BodyKind) -> None:
    new = BODIES[kind]
    text = body(new)
    create(content / "bodies" / "south.yml", text)
    problems = check(load(content))
    assert [problem.message.partition(": ")[2] for problem in problems] == [
        "Since when, or not-known.",
        "How much of it was read, and in what form.",
    ]
    made = load(content).bodies["south"]
    assert (made.kind, made.names[0].name, made.short) == (kind, new.name, new.short)
    assert (made.region, made.forces) == (new.region, new.forces)


@pytest.mark.parametrize("kind", BODIES)
def test_a_new_body_passes_once_it_is_filled_in(content: Path, kind: BodyKind) -> None:
    create(content / "bodies" / "south.yml", filled_in(body(BODIES[kind])))
    assert check(load(content)) == ()


@pytest.mark.parametrize("kind", BODIES)
def test_the_examples_of_a_new_body_lack_only_what_is_marked(content: Path, kind: BodyKind) -> None:
    create(content / "bodies" / "south.yml", with_examples(body(BODIES[kind])))
    assert rules(content) == {"to-fill-in"}


def test_editors_are_told_the_schema_first(content: Path) -> None:
    texts = {
        "body": body(BODIES[BodyKind.UNIT]),
        "inspection": inspection(INSPECTION, load(content)),
    }
    for name, text in texts.items():
        assert text.startswith(f"# yaml-language-server: $schema=../schema/{name}.json\n")


def test_what_would_be_wrong_once_it_is_filled_in_is_seen(content: Path) -> None:
    source = replace(SOURCE, url="https://example.org/report")
    new = replace(INSPECTION, published="2024-01", source=source)
    trial = try_file(load(content), "inspections", new.id, inspection(new, load(content)))
    assert {problem.rule for problem in trial.wrong} == {"before-round", "told-unlike"}


def values_within(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Give every single value, names left out."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from values_within(value)
    elif node:
        for item in node.value:
            yield from values_within(item)


VALUES: Final = [
    pytest.param(
        path.relative_to(BASE), value, id=f"{path.stem}:{value.start_mark.line + 1}-{index}"
    )
    for path in sorted(BASE.rglob("*.yml"))
    for index, value in enumerate(values_within(yaml.compose(path.read_text(encoding="utf-8"))))
]


FOLLOWING: Final = {
    *("repeats", "said-before", "response", "response-not-found", "no-policing-body", "checked"),
}
"""Fields that the base of the examples has not, and the small site has; so it is with the file of
corrections."""


def following(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Give every single value within these fields."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from (values_within if key.value in FOLLOWING else following)(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from following(item)


IN_SMALL_SITE: Final = [
    pytest.param(path.relative_to(SMALL_SITE), value, id=f"{path.stem}-{index}")
    for path in sorted(SMALL_SITE.rglob("*.yml"))
    for index, value in enumerate(
        (values_within if path.stem == "corrections" else following)(
            yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        )
    )
]


@pytest.mark.parametrize(("path", "value"), VALUES)
def test_whatever_is_still_to_be_filled_in_is_told_once(
    content: Path, path: Path, value: yaml.Node
) -> None:
    fill_in(content, path, value)


@pytest.mark.parametrize(("path", "value"), IN_SMALL_SITE)
def test_so_it_is_with_what_follows_a_report(tmp_path: Path, path: Path, value: yaml.Node) -> None:
    fill_in(shutil.copytree(SMALL_SITE, tmp_path / "content"), path, value)


def test_every_new_field_is_tried() -> None:
    names = {each.values[0] for each in IN_SMALL_SITE}
    assert len(IN_SMALL_SITE) > 25
    assert Path("corrections.yml") in names
    assert Path("inspections", "2023-06-15-crime.yml") in names


def fill_in(content: Path, path: Path, value: yaml.Node) -> None:
    """Put the mark for a value; see that it is told there, and nothing else."""
    file = content / path
    lines = file.read_text(encoding="utf-8").split("\n")
    start, end = value.start_mark, value.end_mark
    line = lines[start.line]
    lines[start.line] = line[: start.column] + TO_FILL_IN + line[end.column :]
    file.write_text("\n".join(lines), encoding="utf-8")
    [problem] = check(load(content))
    assert (problem.rule, problem.line, problem.column) == (
        "to-fill-in",
        start.line + 1,
        start.column + 1,
    )
    assert problem.message.startswith("This is still to be filled in: ")


@pytest.mark.parametrize(
    "written", ['"FILL-IN"', "The FILL-IN work", ">-\n    So far\n    FILL-IN"]
)
def test_the_mark_is_seen_within_a_text(content: Path, written: str) -> None:
    file = content / "inspections" / "2023-05-04-north.yml"
    old = "title: Organised crime in the north\nshort"
    file.write_text(file.read_text().replace(old, f"title: {written}\nshort"))
    assert rules(content) == {"to-fill-in"}


# A new finding.

NEW: Final = NewFinding("durham", "praised", "new", "It: 'new'", Label.NOT_STATED, ("a",), "s")
ITEM: Final = (
    "- id: new",
    "  title: \"It: 'new'\"",
    "  summary: FILL-IN",
    "  label: not-stated",
    "  themes: [a]",
    "  source: s",
)

OTHER: Final = "{id: old, title: t, summary: s, label: not-stated, source: s}"


def layout(text: str) -> tuple[str, str]:
    """Return a file without and with the new lines: they stand where an "@" is alone."""
    before, after = [], []
    for line in text.split("\n"):
        if line.strip() == "@":
            indent = line[: line.index("@")]
            after += [indent + each for each in ITEM]
        elif line.startswith("+"):
            after.append(line[1:])
        else:
            before.append(line)
            after.append(line)
    return "\n".join(before), "\n".join(after)


PLACES: Final = {
    "last of its list": """
bodies:
  durham:
    ratings: []
    praised:
      - id: old
        summary: >-
          Text

          # of it
      @

    # what follows
    claims: []
not-known: []
""",
    "list below its name": """
bodies:
  durham:
    praised:
    - id: old
      title: x
    - {id: older, title: y}
    @
    # a comment on concerns
    concerns:
    - id: x
  kent:
    praised: []
""",
    "no list yet": """
bodies:
  durham:
    ratings:
      # with a comment
      - {question: q, grade: good, source: s}
    # and another
      - {question: r, grade: good, source: s}
+    praised:
      @
    #praised:
    #  - id: example
    claims:
      - id: x

  kent:
    ratings: []
""",
    "after concerns": """
bodies:
  durham:
    ratings: []
    concerns:
    - id: x
+    praised:
      @
    replies: []
""",
    "before claims": """
bodies:
  durham:
+    praised:
      @
    # on claims
    claims:
      - id: x
""",
    "end of the file": """
bodies:
  kent: {}
  durham:
      praised:
        -   id: old
            title: x
        @
""",
    "deep text": """
bodies:
  durham:
    praised:
      - id: old
        note: |
          a
            # b
        quotes:
          - text: "a
              b"
            # c
      @
  # on kent
  kent:
    ratings: []
""",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_a_finding_is_added_at_the_end_of_its_list(text: str, ending: str) -> None:
    before, after = (each.replace("\n", ending) for each in layout(text[1:]))
    made = insert(before.encode(), NEW, comments=False)
    assert made.raw.decode() == after
    assert after.split(ending)[made.number - 1 :][: len(made.lines)] == [*made.lines]


def test_what_is_there_stays_byte_for_byte() -> None:
    before = "\ufeffbodies:\r\n  durham:\r\n    praised:\r\n      - id:  old   # é".encode()
    made = insert(before, NEW, comments=False).raw
    assert made.startswith(before + b"\r\n      - id: new\r\n")


def test_each_field_of_a_finding_has_a_comment() -> None:
    before, after = layout(PLACES["last of its list"][1:])
    made = insert(before.encode(), NEW)
    comments = [line for line in made.lines if line.startswith("      # ") or "  # " in line]
    assert len(comments) == len(ITEM)
    assert (
        "        # What inspectors found, in our own words. "
        "For example: The team could not cope with the number of referrals."
    ) in made.lines
    told = "\n".join(line for line in made.raw.decode().split("\n") if line not in comments)
    assert told == after


REFUSED: Final = {
    "braces": "bodies:\n  durham: {ratings: []}\n",
    "brackets": f"bodies:\n  durham:\n    praised: [{OTHER}]\n",
    "empty brackets": "bodies:\n  durham:\n    praised: []\n",
    "no list": "bodies:\n  durham:\n    praised:\n",
    "nothing at all": "bodies:\n  durham:\n",
    "no such body": "bodies:\n  kent:\n    ratings: []\n",
    "no YAML": "bodies: [\n",
    "lines that go back": "bodies:\n  durham:\n    praised:\n      - id: 'a\n b'\n",
    "brackets that close below": "bodies:\n  durham:\n    ratings: [\n    ]\n    claims: []\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_where_there_is_no_safe_place_nothing_is_made(text: str) -> None:
    with pytest.raises(CannotInsertError) as caught:
        insert(text.encode(), NEW)
    assert str(caught.value).endswith(".")
    if "durham:\n    " in text:
        assert "      - id: new" in caught.value.lines


def test_the_ids_of_findings_and_claims_are_taken() -> None:
    text = "bodies:\n  durham:\n    praised:\n    - id: no\n    claims: [{id: 12}, {id: b-c}]\n"
    assert ids_taken(text.encode(), "durham") == {"no", "12", "b-c"}
    assert ids_taken(text.encode(), "kent") == set()


# Writing.


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    create(path, "é\n")
    with pytest.raises(FileExistsError):
        create(path, "other")
    assert path.read_bytes() == "é\n".encode()
    assert [*tmp_path.iterdir()] == [path]


def test_a_disk_without_links_is_written_to_as_carefully(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", no_link)
    test_a_file_that_is_there_is_never_written_over(tmp_path)


def test_a_new_file_may_be_read_by_whoever_may_read_others(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    create(tmp_path / "new", "")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"theirs")
    with pytest.raises(ChangedError):
        put_in_place(path, b"ours before", b"ours after")
    assert path.read_bytes() == b"theirs"
    put_in_place(path, b"theirs", b"ours")
    assert path.read_bytes() == b"ours"
    assert [*tmp_path.iterdir()] == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"a")
    link = tmp_path / "b.yml"
    link.symlink_to("a.yml")
    put_in_place(link, b"a", b"b")
    assert (link.is_symlink(), (tmp_path / "a.yml").read_bytes()) == (True, b"b")
