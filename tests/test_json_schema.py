"""The JSON Schemas that editors read: fresh, described, and of one mind with ``peelsite check``."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT7

from peelsite.checks import check
from peelsite.cli import main
from peelsite.load import load
from peelsite.schema import TO_FILL_IN, read_record
from peelsite.schema.faults import fields_of
from peelsite.schema.json_schema import (
    ADDRESSES,
    DIALECT,
    EITHER,
    FILES,
    IDS,
    OWN,
    THINGS,
    Schema,
    as_text,
    example_of,
    json_schemas,
    modeline,
)
from peelsite.schema.terms import Term
from peelsite.yaml_source import read
from tests.problems import BASE, EXAMPLES, Example
from tests.test_schema import FIELDS

ROOT: Final = Path(__file__).parent.parent
CONTENT: Final = ROOT / "content"
SCHEMAS: Final = CONTENT / "schema"
SMALL_SITE: Final = ROOT / "tests" / "small_site" / "content"

SHAPE_RULES: Final = {
    *("missing", "unknown-key", "wrong-kind", "not-text", "no-value", "to-fill-in", "too-few"),
    *("unknown-word", "one-line", "id-form", "date-form", "no-such-day", "url-form"),
    *("long-quotation", "grade-or-reason", "too-long", "reserved-id", "url-host"),
}
"""The rules that one value in one place can break; every other needs more of the content."""

NOT_SEEN: Final = {
    "fields/not-text-12-30": "12:30 is a text in the YAML of editors, and a number in older ones",
    "fields/not-text-no": "no is a text in the YAML of editors, and false in older ones",
    "fields/not-text-off": "off is a text in the YAML of editors, and false in older ones",
    "fields/uncertain-yes": "yes is a text in the YAML of editors, and true in older ones",
}
"""Slips in the shape that no JSON Schema can see, and why."""

DRAFT_07: Final = {
    *("$schema", "$ref", "title", "description", "default", "examples", "definitions"),
    *("type", "enum", "allOf", "anyOf", "oneOf", "not", "multipleOf", "minimum", "maximum"),
    *(
        "pattern",
        "maxLength",
        "items",
        "minItems",
        "required",
        "properties",
        "additionalProperties",
    ),
    "propertyNames",
}
FOR_EDITORS: Final = {"enumDescriptions", "patternErrorMessage"}
"""Words that draft-07 passes over and that VS Code and the YAML language server know."""


@cache
def schemas() -> dict[str, Schema]:
    return json_schemas()


# --- what is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_fresh(name: str) -> None:
    written = (SCHEMAS / f"{name}.json").read_text(encoding="utf-8")

    assert written == as_text(schemas()[name]), "run: make schema"


def test_there_are_no_other_schemas() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {IDS, *(f"{name}.json" for name in FILES)}


def test_ids_are_listed_in_order_and_need_not_be_fresh() -> None:
    """Whoever adds a body in the browser alone has no way to write this file anew."""
    text = (SCHEMAS / IDS).read_text(encoding="utf-8")
    listed = json.loads(text)

    assert text == as_text(listed)
    assert set(listed["definitions"]) == {*THINGS.values()}
    for each in listed["definitions"].values():
        assert each["enum"]
        assert each["enum"] == sorted(set(each["enum"]))
        assert len(each["enumDescriptions"]) == len(each["enum"])


def test_every_field_that_names_something_is_completed() -> None:
    """Save sources of the same file, which a schema cannot look up, and addresses."""
    names = {
        name.rpartition(".")[2]
        for name, field in FIELDS.items()
        if '"$ref": "#/definitions/reference"' in json.dumps(_property(name))
    }

    assert names == {*THINGS, "bodies", *OWN, *ADDRESSES}
    assert not set(THINGS) & {*OWN, *ADDRESSES}


def _property(name: str) -> Schema:
    record, _, field = name.partition(".")
    [*found] = [
        each["properties"][field]
        for schema in schemas().values()
        for each in (schema, *schema["definitions"].values())
        if each.get("title", "").replace(" ", "").lower() == record.lower()
        and field in each.get("properties", {})
    ]
    assert found, name
    return dict(found[0])


def inside(value: Any) -> Iterator[Schema]:
    """Give every schema within ``value``, which is one."""
    assert isinstance(value, dict)
    yield value
    for word in ("properties", "definitions"):
        for each in value.get(word, {}).values():
            yield from inside(each)
    for word in ("allOf", "anyOf", "oneOf"):
        for each in value.get(word, []):
            yield from inside(each)
    for word in ("items", "not", "propertyNames", "additionalProperties"):
        if value.get(word) not in (None, False):
            yield from inside(value[word])


FILES_OF_SCHEMAS: Final = [f"{name}.json" for name in FILES] + [IDS]


@pytest.mark.parametrize("name", FILES_OF_SCHEMAS)
def test_a_schema_is_draft_07_and_nothing_else(name: str) -> None:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))

    assert schema["$schema"] == DIALECT
    Draft7Validator.check_schema(schema)
    everything = list(inside(schema))
    assert len(everything) > 5
    for each in everything:
        assert set(each) <= DRAFT_07 | FOR_EDITORS
        assert "$ref" not in each or len(each) == 1, "draft-07 passes over what stands beside $ref"
        if "$ref" in each:
            assert resolved(each["$ref"], schema)


def resolved(ref: str, schema: Schema) -> Any:
    file, _, pointer = ref.partition("#/definitions/")
    whole = json.loads((SCHEMAS / file).read_text(encoding="utf-8")) if file else schema
    return whole["definitions"][pointer]


@pytest.mark.parametrize("name", FILES)
def test_every_property_is_described_with_examples_that_hold(name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    properties = [
        (key, value) for each in inside(schema) for key, value in each.get("properties", {}).items()
    ]

    assert len(properties) > 1
    for key, value in properties:
        assert value["description"].endswith("."), key
        assert value["examples"], key
        for example in value["examples"]:
            around = {"definitions": schema["definitions"], **value}
            assert not problems_of(around, example), key


def test_every_word_to_choose_is_explained() -> None:
    enums = [each for schema in schemas().values() for each in inside(schema) if "enum" in each]
    meanings = {term.meaning for terms in Term.__subclasses__() for term in terms}

    assert len(enums) > 5
    for each in enums:
        assert len(each["enum"]) == len(each["enumDescriptions"])
        assert {*each["enumDescriptions"]} <= meanings


def test_the_command_writes_all_of_it_anew(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SMALL_SITE, content)

    result = CliRunner().invoke(main, ["schema", str(content)])

    assert result.exit_code == 0, result.output
    for name in FILES:
        written = (content / "schema" / f"{name}.json").read_bytes()
        assert written == (SCHEMAS / f"{name}.json").read_bytes()
    ids = json.loads((content / "schema" / IDS).read_text(encoding="utf-8"))["definitions"]
    assert ids["forces"]["enum"] == ["northshire", "southmoor", "weald"]
    assert ids["regions"] == {
        **ids["regions"],
        "enum": ["vale"],
        "enumDescriptions": ["Vale"],
    }
    files = sorted(content.rglob("*.yml"))
    assert f"{len(files)} files told of theirs" in result.output
    for file in files:
        line, _, rest = file.read_text(encoding="utf-8").partition("\n")
        inside = file.relative_to(content)
        assert line == modeline(inside.as_posix())
        assert rest == (SMALL_SITE / inside).read_text(encoding="utf-8")
    assert check(load(content)) == check(load(SMALL_SITE)) == ()
    assert "0 files told" in CliRunner().invoke(main, ["schema", str(content)]).output


def test_what_cannot_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SMALL_SITE, content)
    (content / "bodies" / "weald.yml").write_text("kind: [", encoding="utf-8")
    (content / "notes.yml").write_text("a: b\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["schema", str(content)])

    assert result.exit_code == 0, result.output
    assert (content / "bodies" / "weald.yml").read_text(encoding="utf-8") == "kind: ["
    assert (content / "notes.yml").read_text(encoding="utf-8") == "a: b\n"


# --- in the editor -----------------------------------------------------------------------------

MODELINE: Final = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def test_no_file_names_a_wrong_schema() -> None:
    """A file that somebody adds in the browser may lack the line: "make schema" puts it there."""
    files = sorted(CONTENT.rglob("*.yml"))
    named = 0
    for file in files:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        if found := MODELINE.fullmatch(first):
            named += 1
            assert first == modeline(file.relative_to(CONTENT).as_posix())
            assert (file.parent / found[1]).resolve().parent == SCHEMAS
            assert (file.parent / found[1]).is_file()
        else:
            assert "yaml-language-server" not in file.read_text(encoding="utf-8"), file
    assert named > 100


def test_visual_studio_code_knows_the_schema_of_every_file() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    extensions = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))

    assert settings["yaml.schemas"] == {
        f"./content/schema/{name}.json": f"content/{form}" for name, (form, _) in FILES.items()
    }
    assert settings["[yaml]"]["editor.tabSize"] == 2
    assert settings["[yaml]"]["files.trimTrailingWhitespace"]
    assert extensions["recommendations"] == ["redhat.vscode-yaml"]
    for file in CONTENT.rglob("*.yml"):
        assert schema_of(file.relative_to(CONTENT).as_posix())


# --- of one mind with peelsite check -----------------------------------------------------------


def as_editors_read(text: str) -> Any:
    """Return what editors read in a YAML file: YAML 1.2, where "no" and dates are text."""
    return _plain(yaml.compose(text, Loader=yaml.CSafeLoader))


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if node is None or node.style:
        return node and node.value
    return next((made(node.value) for form, made in CORE if form.fullmatch(node.value)), node.value)


CORE: Final = (
    (re.compile(r"(~|null|Null|NULL|)"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)
"""The core schema of YAML 1.2: what an unquoted value is."""


def problems_of(schema: Schema, value: Any) -> list[str]:
    """Return what an editor says of ``value``."""
    return [
        error.message for error in Draft7Validator(schema, registry=registry()).iter_errors(value)
    ]


@cache
def registry() -> Registry[Any]:
    texts = [(name, (SCHEMAS / name).read_text(encoding="utf-8")) for name in FILES_OF_SCHEMAS]
    return Registry().with_resources(
        [(name, DRAFT7.create_resource(json.loads(text))) for name, text in texts]
    )


def schema_of(inside: str) -> str | None:
    """Return the name of the schema of the file ``inside`` a content folder, if it has one."""
    return next((name for name, (form, _) in FILES.items() if fnmatch(inside, form)), None)


def refused(file: Path, content: Path) -> list[str]:
    """Return what an editor says of the values in a file."""
    name = schema_of(file.relative_to(content).as_posix())
    assert name
    value = as_editors_read(file.read_text(encoding="utf-8"))
    return problems_of({"$ref": f"{name}.json"}, value)


@pytest.mark.parametrize("folder", [CONTENT, SMALL_SITE, BASE], ids=lambda each: each.parent.name)
def test_what_is_sound_is_accepted(folder: Path) -> None:
    files = sorted(folder.rglob("*.yml"))

    assert len(files) > 5
    assert {path.name: said for path in files if (said := refused(path, folder))} == {}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_slip_in_the_shape_is_refused_and_no_other(example: Example, tmp_path: Path) -> None:
    content = example.content(tmp_path)
    compared = 0
    for shown, file in load(content).files.items():
        inside = shown.partition("/")[2]
        rules = {problem.rule for problem in file.problems}
        if schema_of(inside) is None or rules - SHAPE_RULES or not (content / inside).is_file():
            continue  # it has no schema, or the YAML itself is at fault
        said = refused(content / inside, content)
        compared += 1
        if example.name in NOT_SEEN and rules:
            assert not said, "it is seen after all"
        else:
            assert bool(said) == bool(rules), (shown, rules, said)
    assert compared > 5


def test_every_rule_about_shape_is_compared() -> None:
    compared = set()
    for example in EXAMPLES:
        if example.name not in NOT_SEEN:
            compared |= SHAPE_RULES & set(re.findall(r" \[([a-z-]+)\]$", example.expected, re.M))

    assert compared == SHAPE_RULES
    assert set(NOT_SEEN) <= {example.name for example in EXAMPLES}


WORDS_40: Final = " ".join(["word"] * 40)

PROBES: Final[tuple[Any, ...]] = (
    *(None, True, 0, 7, -1, 999, 2022, 10000, 1.5, [], {}, [1], ["a b"], {"a": {}}, "", " "),
    *("good", "Not an id", "a--b", "-a", "a_b", "a\nb", " a \n", "a\n\nb", "é", "two words"),
    *("not-known", "present", "2022", "2022-12", "2022-13", "2022-12-07", "2022-12-7", "2022-12-"),
    *("0000", "0999", "20221", "7 December 2022", "2022-12-32", "2022-00", "٢٠٢٢"),
    *("https://example.org/a?b#c", "http://x", "HTTPS://x.org", "https://[::1]/", "https://[x"),
    *("https://", "https:/x", "https://x y", "https://x.org/<", "ftp://x.org", "//x", "https://?x"),
    *("https://a.uk@b.org/", "https://xn--80a.org", "https://é.org", "https://a.org:80/x", "index"),
    *("a" * 101, "b" * 501, "c" * 5_001, "https://example.org/" + "d" * 1_000),
    *(WORDS_40, f"{WORDS_40} more", f"{WORDS_40} ", WORDS_40.replace(" ", "  ")),
    *("FILL-IN", "a FILL-IN b", "fill-in"),
)
"""Values that are tried in every field."""


def every_record() -> dict[str, Any]:
    """Return every shape of a group of names and values, by name."""
    waiting, found = [shape for _, shape in FILES.values()], {}
    while waiting:
        shape = waiting.pop()
        if fields_of(shape) and shape.__name__ not in found:
            found[shape.__name__] = shape
            waiting += [field.annotation for field in fields_of(shape).values()]
        waiting += [each for each in get_args(shape) if each is not Ellipsis]
    return found


RECORDS: Final = every_record()


def reference(record: str) -> Schema:
    """Return a schema that refers to that of a record."""
    for name, (_, shape) in FILES.items():
        if shape is RECORDS[record]:
            return {"$ref": f"{name}.json"}
        if record in schemas()[name]["definitions"]:
            return {"$ref": f"{name}.json#/definitions/{record}"}
    raise AssertionError(record)


def tried(record: str, name: str) -> Iterator[dict[str, Any]]:
    """Give groups that are sound but for what they have, or lack, in the field ``name``."""
    shape = RECORDS[record]
    either = EITHER.get(shape, ())
    sound = {
        each: example_of(field)
        for each, field in fields_of(shape).items()
        if field.is_required() or each in either[:1]
    }
    others = {key: value for key, value in sound.items() if key not in {name, *either[:1]}}
    example = example_of(fields_of(shape)[name])
    kept = others if name in either else {**others, **{k: sound[k] for k in either[:1]}}
    yield kept
    for value in (example, *PROBES):
        yield {**kept, name: value}
    if isinstance(example, list) and not (example and isinstance(example[0], dict)):
        for value in PROBES:
            yield {**kept, name: [value]}
    if isinstance(example, dict) and fields_of(shape)[name].annotation not in RECORDS.values():
        for value in PROBES:
            if (
                isinstance(value, str) and 0 < len(value) < 1000 and TO_FILL_IN not in value
            ):  # no such body, then
                yield {**kept, name: {value: next(iter(example.values()))}}


@pytest.mark.parametrize(
    ("record", "name"),
    [(record, name) for record in RECORDS for name in fields_of(RECORDS[record])],
)
def test_whatever_is_tried_in_a_field_both_say_the_same(record: str, name: str) -> None:
    schema = reference(record)
    accepted = 0
    for value in tried(record, name):
        text = json.dumps(value, ensure_ascii=False)  # which is YAML, and the same to every reader
        root, wrong = read("a.yml", text.encode())
        assert root is not None
        _, problems = read_record(RECORDS[record], root)
        said = problems_of(schema, value)
        assert bool(said) == bool(problems + wrong), (value, said, [str(each) for each in problems])
        accepted += not said
    assert accepted
