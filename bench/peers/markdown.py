"""Write the pages as Markdown, for generators that read no YAML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Values = dict[str, Any]


def write_pages(content: Path, folder: Path) -> None:
    """Write to ``folder`` a page for each record in ``content``, the home page and the matrix."""
    data = _data_of(content)
    _write(folder / "index.md", _home(data))
    _write(folder / "compare.md", _matrix(data))
    for id_ in data.bodies:
        _write(folder / "bodies" / f"{id_}.md", _body(id_, data))
    for id_ in data.inspections:
        _write(folder / "inspections" / f"{id_}.md", _inspection(id_, data))


@dataclass(frozen=True)
class _Data:
    """What stands in the files. ``questions`` are their names, by id.

    ``parts`` has what each inspection says of a body, with its id, oldest first, by body.
    """

    bodies: dict[str, Values]
    inspections: dict[str, Values]
    questions: dict[str, str]
    parts: Mapping[str, Sequence[tuple[str, Values]]]

    def name(self, body: str) -> str:
        """Return the present name of a body."""
        name: str = self.bodies[body]["names"][0]["name"]
        return name


def _data_of(content: Path) -> _Data:
    inspections = _all(content / "inspections")
    questions = _read(content / "questions.yml")
    parts: defaultdict[str, list[tuple[str, Values]]] = defaultdict(list)
    for id_ in sorted(inspections, key=lambda id_: (_date(inspections[id_]), id_)):
        for body, part in inspections[id_]["bodies"].items():
            parts[body].append((id_, part or {}))
    labels = {id_: each["label"] for id_, each in questions.items()}
    return _Data(_all(content / "bodies"), inspections, labels, parts)


def _date(inspection: Values) -> str:
    return str(inspection["published"]).replace("not-known", "")


def _all(folder: Path) -> dict[str, Values]:
    return {path.stem: _read(path) for path in sorted(folder.glob("*.yml"))}


def _read(path: Path) -> Values:
    values: Values = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return values


def _write(path: Path, blocks: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _home(data: _Data) -> Iterator[str]:
    yield "# peelsite"
    yield "## Bodies"
    yield "\n".join(f"- [{data.name(id_)}](bodies/{id_}.md)" for id_ in data.bodies)
    yield "## Inspections"
    titles = ((id_, each["title"]) for id_, each in data.inspections.items())
    yield "\n".join(f"- [{title}](inspections/{id_}.md)" for id_, title in titles)


def _matrix(data: _Data) -> Iterator[str]:
    yield "# Comparison"
    rows = []
    for id_, body in data.bodies.items():
        latest = {
            rating["question"]: rating["grade"]
            for _, part in data.parts[id_]
            for rating in part.get("ratings", ())
            if "grade" in rating
        }
        grades = (latest.get(question, "") for question in data.questions)
        rows.append((f"[{body['short']}](bodies/{id_}.md)", *grades))
    yield _table(("Body", *data.questions.values()), rows)


def _body(id_: str, data: _Data) -> Iterator[str]:
    yield f"# {data.name(id_)}"
    yield _ratings(
        "Inspection",
        (
            (f"[{inspection['published']}](../inspections/{key}.md)", rating, inspection["sources"])
            for key, part in data.parts[id_]
            for inspection in [data.inspections[key]]
            for rating in part.get("ratings", ())
        ),
        data,
    )
    for key, part in data.parts[id_]:
        inspection = data.inspections[key]
        yield f"## [{inspection['short']}](../inspections/{key}.md)"
        yield from _findings(part, inspection["sources"])
        yield from _spoken(part.get("replies", ()), inspection["sources"])


def _inspection(id_: str, data: _Data) -> Iterator[str]:
    inspection = data.inspections[id_]
    sources, parts = inspection["sources"], inspection["bodies"]
    yield f"# {inspection['title']}"
    yield f"Published: {inspection['published']}"
    yield from _statements(inspection.get("about", ()), sources)
    yield _ratings(
        "Body",
        (
            (f"[{data.name(body)}](../bodies/{body}.md)", rating, sources)
            for body, part in parts.items()
            for rating in (part or {}).get("ratings", ())
        ),
        data,
    )
    for body, part in parts.items():
        yield f"## [{data.name(body)}](../bodies/{body}.md)"
        yield from _findings(part or {}, sources)
        yield from _spoken((part or {}).get("claims", ()), sources)
        yield from _spoken((part or {}).get("replies", ()), sources)
    yield "## Sources"
    yield "\n".join(
        f"- {_source(sources, key)}, {each['published']}, read {each['read']}: {each['seen']}"
        for key, each in sources.items()
    )


def _ratings(heading: str, rows: Iterable[tuple[str, Values, Values]], data: _Data) -> str:
    return _table(
        (heading, "Question", "Grade", "Source"),
        (
            (
                name,
                data.questions[rating["question"]],
                rating.get("grade") or rating["not-graded"],
                _source(sources, rating["source"]),
            )
            for name, rating, sources in rows
        ),
    )


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ("---",) * len(heads), *rows))


def _findings(part: Values, sources: Values) -> Iterator[str]:
    for finding in (*part.get("concerns", ()), *part.get("praised", ())):
        yield f"### {finding['title']}"
        yield finding["summary"]
        yield f"{finding['label']}, {_source(sources, finding['source'])}"
        yield from _quotes(finding, sources)
        yield from _statements(finding.get("further", ()), sources)
        if "note" in finding:
            yield finding["note"]
        for update in finding.get("updates", ()):
            yield f"#### Update, {update['date']}"
            yield from _statements([update], sources)
            yield from _quotes(update, sources)


def _spoken(items: Iterable[Values], sources: Values) -> Iterator[str]:
    for each in items:
        yield f"#### Claim: {each['title']}" if "title" in each else "#### Reply"
        yield each["summary"]
        yield f"{each['by']}, {each['date']}, {_source(sources, each['source'])}"
        yield from _quotes(each, sources)


def _statements(items: Iterable[Values], sources: Values) -> Iterator[str]:
    for each in items:
        yield each["summary"]
        yield f"{each['speaker']}, {_source(sources, each['source'])}"


def _quotes(item: Values, sources: Values) -> Iterator[str]:
    for quote in item.get("quotes", ()):
        yield f"> {quote['text']}"
        yield f"{quote['speaker']}, {_source(sources, quote['source'])}"


def _source(sources: Values, key: str) -> str:
    source = sources[key]
    return f"[{source['publisher']}: {source['title']}]({source['url']})"
