"""Make content of national size: invented inspections of invented bodies, in the real schema.

    python -m bench.make_corpus SIZE FOLDER

``S`` is the content of this project as it stands, ``M`` has 54 bodies and 500 inspections, ``L`` 54
and 5,000. The ten regions in which the bodies lie are files too, and are never graded. Rounds,
questions, scales, themes, glossary and prose are the real ones. Every feature is used: updates,
replies, claims, quotations, repeats, carried-over and missing grades, responses, differences, gaps
and corrections. The same size gives the same bytes everywhere.
"""

from __future__ import annotations

import datetime
import random
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

REAL: Final = Path(__file__).parents[1] / "content"
"""The content of this project."""

INSPECTIONS: Final = {"M": 500, "L": 5000}
"""How many inspections each invented size has."""

LAST: Final = datetime.date(2026, 11, 20)
"""The last day on which anything was read or published."""

Values: TypeAlias = dict[str, Any]


def corpus(size: str, folder: Path) -> Path:
    """Write the content of ``size`` ("S", "M" or "L") into ``folder``/content and return that.

    The folder must not hold any content yet. Raises KeyError for another size.
    """
    content = folder / "content"
    if size == "S":
        return Path(shutil.copytree(REAL, content))
    number = INSPECTIONS[size]
    rest = shutil.ignore_patterns("bodies", "inspections", "corrections.yml")
    shutil.copytree(REAL, content, ignore=rest)
    made = _Corpus(random.Random(f"peelsite {size}"), _read(REAL / "rounds.yml"))  # noqa: S311
    for name, values in made.files(number):
        path = content / name
        path.parent.mkdir(exist_ok=True)
        kind = {"bodies": "../schema/body", "inspections": "../schema/inspection"}
        schema = kind.get(path.parent.name, f"schema/{path.stem}")
        begun = f"# yaml-language-server: $schema={schema}.json\n"
        path.write_bytes((begun + _written(values)).encode())
    return content


@dataclass(frozen=True)
class _Body:
    """An invented body: what its file says, and who lies in its region."""

    id: str
    kind: str
    short: str
    name: str
    region: str


@dataclass
class _Corpus:
    """Draws everything from one source of chance, in one order."""

    chance: random.Random
    rounds: Values
    taken: set[tuple[str, datetime.date]] = field(default_factory=set)
    """A body is inspected once on a day."""
    found: dict[str, list[tuple[datetime.date, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """The addresses of the findings on each body, with their dates."""
    given: dict[tuple[str, str, str], tuple[datetime.date, str, str]] = field(default_factory=dict)
    """The newest grade of a body on a question in a programme, with its date and inspection."""

    def files(self, number: int) -> Iterator[tuple[str, Values]]:
        """Give each file that is invented: its path in the content folder, and what it says."""
        bodies = list(_bodies())
        for body in bodies:
            yield f"bodies/{body.id}.yml", self.body(body, bodies)
        graded = [body for body in bodies if body.kind != "region"]
        days = sorted(self.day() for _ in range(number))
        ids = []
        for index, day in enumerate(days):
            id_, values = self.inspection(index, day, graded, bodies)
            ids.append(id_)
            yield f"inspections/{id_}.yml", values
        yield "corrections.yml", dict(self.corrections(ids, graded))

    def day(self) -> datetime.date:
        first = datetime.date(2015, 11, 1)
        return first + datetime.timedelta(self.chance.randrange((LAST - first).days))

    def body(self, body: _Body, bodies: Sequence[_Body]) -> Values:
        values: Values = {"kind": body.kind, "short": body.short}
        beside = [each for each in bodies if each.region == body.region]
        if body.kind != "region":
            values["region"] = body.region
        if body.kind == "unit":
            values["forces"] = [each.id for each in beside if each.kind == "force"]
        if body.kind == "force":
            office = f"{body.short} Police and Crime Commissioner"
            values["policing-body"] = {"name": office, "source": "site"}
        now = {"name": body.name, "from": "not-known", "to": "present", "source": "site"}
        values["names"] = [now]
        if body.kind == "unit":
            former = f"{body.short} Task Force"
            values["names"].append(
                {"name": former, "from": "2011-04", "to": "2015-03", "source": "site"}
            )
            values["also-called"] = [
                {"name": f"{body.short} ROCU", "by": "the press", "source": "paper"}
            ]
        values["about"] = [
            {"summary": _Text(self.text(2)), "speaker": "press", "source": "paper"},
            {"summary": _Text(self.text(1)), "speaker": "inspectors", "source": "site"},
        ]
        values["sources"] = {
            "site": self.source("body", body.name, f"About {body.name}", f"{body.id}/about"),
            "paper": self.source("press", "Daily Record", body.name, f"news/{body.id}"),
        }
        return values

    def source(
        self,
        kind: str,
        publisher: str,
        title: str,
        address: str,
        published: datetime.date | None = None,
    ) -> Values:
        values: Values = {"kind": kind, "publisher": publisher}
        if kind == "press":
            values["author"] = "A Reporter"
        return values | {
            "title": title,
            "url": f"https://example.org/{address}",
            "published": published or "not-known",
            "read": LAST,
            "seen": "all of it" if kind == "primary" else "the opening, in an archived copy",
        }

    def inspection(
        self, index: int, day: datetime.date, graded: Sequence[_Body], bodies: Sequence[_Body]
    ) -> tuple[str, Values]:
        inspected, round_id = self.inspected(day, graded, bodies)
        first = inspected[0]
        id_ = f"{day}-{first.id}-{index}"
        title = f"{first.name}: {self.rounds[round_id]['label']}, report {index + 1}"
        sources = {
            "report": self.source("primary", "HMICFRS", title, f"reports/{id_}", day),
            "paper": self.source("press", "Evening News", f"On {title}", f"news/{id_}", day),
            "site": self.source("body", first.name, f"Answer to {title}", f"answers/{id_}", day),
        }
        is_regional = len(inspected) > 1
        parts = {body.id: self.part(body, day, id_, round_id, is_regional) for body in inspected}
        values: Values = {
            "title": title,
            "short": f"{first.short}, {day:%B} {day.year}, {index + 1}",
            "round": round_id,
            "published": day,
            "fieldwork": f"{day - datetime.timedelta(120):%Y-%m}",
            "about": [
                {"summary": _Text(self.text(2)), "speaker": "inspectors", "source": "report"},
                {"summary": _Text(self.text(1)), "speaker": "press", "source": "paper"},
            ],
            "sources": sources,
            "bodies": parts,
        }
        if self.chance.random() < 0.3:
            values["differences"] = [self.difference()]
        looked = {"looked": LAST, "looked-in": ["report", "site"]}
        values["not-known"] = [{"summary": _Text(self.text(1)), **looked}]
        return id_, values

    def inspected(
        self, day: datetime.date, graded: Sequence[_Body], bodies: Sequence[_Body]
    ) -> tuple[list[_Body], str]:
        """Choose who is inspected on a day, and in which round."""
        while True:
            first = self.chance.choice(graded)
            inspected = [first]
            if first.kind == "unit":
                near = [each for each in bodies if first.region in (each.region, each.id)]
                inspected += self.chance.sample([each for each in near if each is not first], 2)
            if not any((body.id, day) in self.taken for body in inspected):
                break
        self.taken |= {(body.id, day) for body in inspected}
        regional = first.kind == "unit"
        return inspected, "soc-2022" if regional and day.year > 2022 else _round_on(day)

    def part(
        self, body: _Body, day: datetime.date, inspection: str, round_id: str, is_regional: bool
    ) -> Values:
        part: Values = {"ratings": list(self.ratings(body, day, inspection, round_id))}
        number = self.chance.randint(2, 6) if is_regional else self.chance.randint(5, 15)
        findings = [self.finding(body, day, inspection, index) for index in range(number)]
        concerns = findings[1::2]
        for concern in concerns:
            if self.chance.random() < 0.4:
                concern["updates"] = list(self.updates(day))
        part["concerns"], part["praised"] = concerns, findings[::2]
        if body.kind == "region":
            return part
        part["claims"] = [self.claim(body, day)]
        part["replies"] = [self.reply(body, day) for _ in range(self.chance.randint(0, 2))]
        if body.kind == "force" and day >= datetime.date(2017, 5, 2):
            self.respond(part, day)
        return {name: value for name, value in part.items() if value}

    def ratings(
        self, body: _Body, day: datetime.date, inspection: str, round_id: str
    ) -> Iterator[Values]:
        round_ = self.rounds[round_id]
        asked = [each["question"] for each in round_["asked"]]
        grades = _GRADES[round_["scale"]]
        # In 14 of the 45 real inspections grades were read in the press only, which is warned of.
        source = "paper" if self.chance.random() < 0.3 else "report"
        for question in self.chance.sample(asked, min(len(asked), 8)):
            if body.kind == "region" or question in round_.get("ungraded", ()):
                absent = "inspected-not-graded"
                row = {"question": question, "not-graded": absent, "source": "report"}
                yield _Row(row)
                continue
            rating: Values = {"question": question, "grade": self.chance.choice(grades)}
            earlier = self.given.get((body.id, question, round_id))
            if earlier and earlier[0] < day and self.chance.random() < 0.05:
                rating |= {"grade": earlier[2], "carried-over-from": earlier[1]}
            elif self.chance.random() < 0.05:
                rating["uncertain"] = self.sentence()
            self.given[body.id, question, round_id] = day, inspection, rating["grade"]
            yield _Row(rating | {"source": source})

    def finding(self, body: _Body, day: datetime.date, inspection: str, index: int) -> Values:
        source = self.chance.choice(("report", "report", "paper"))
        values: Values = {
            "id": f"{self.chance.choice(_NOUNS)}-{index}",
            "title": self.title(),
            "summary": _Text(self.text(self.chance.randint(1, 3))),
            "label": self.chance.choice(_LABELS_OF_CONCERNS if index % 2 else _LABELS_OF_PRAISE),
            "themes": self.chance.sample(_THEMES, self.chance.randint(1, 2)),
            "source": source,
            "quotes": [self.quote(source) for _ in range(self.chance.randint(1, 3))],
        }
        if source == "report" and self.chance.random() < 0.2:
            values["also-in"] = ["paper"]
        if self.chance.random() < 0.1:
            values["further"] = [
                {"summary": _Text(self.text(1)), "speaker": "press", "source": "paper"}
            ]
        if self.chance.random() < 0.15:
            values["note"] = _Text(self.sentence())
        earlier = [address for on, address in self.found[body.id] if on < day]
        if earlier and self.chance.random() < 0.1:
            values["repeats"] = [self.chance.choice(earlier[-20:])]
        self.found[body.id].append((day, f"{inspection}#{body.id}-{values['id']}"))
        return values

    def quote(self, source: str, speaker: str = "inspectors") -> Values:
        words = " ".join(self.words(self.chance.randint(6, 28)))
        values: Values = {"text": _Text(words), "speaker": speaker, "source": source}
        return values | ({"checked": LAST} if self.chance.random() < 0.5 else {})

    def updates(self, day: datetime.date) -> Iterator[Values]:
        for number in range(1, self.chance.randint(2, 3)):
            on = min(day + datetime.timedelta(number * self.chance.randint(60, 300)), LAST)
            speaker = self.chance.choice(("inspectors", "force"))
            yield {
                "date": max(on, day),
                "speaker": speaker,
                "status": self.chance.choice(_STATUSES),
                "summary": _Text(self.text(1)),
                "source": "report" if speaker == "inspectors" else "site",
            }
            day = max(on, day)

    def claim(self, body: _Body, day: datetime.date) -> Values:
        return {
            "id": f"claim-{self.chance.choice(_NOUNS)}",
            "title": self.title(),
            "summary": _Text(self.text(1)),
            "speaker": "unit" if body.kind == "unit" else "force",
            "by": f"Head of crime, {body.name}",
            "date": day,
            "themes": [self.chance.choice(_THEMES)],
            "source": "site",
            "quotes": [self.quote("site", "unit" if body.kind == "unit" else "force")],
        }

    def reply(self, body: _Body, day: datetime.date) -> Values:
        speaker = self.chance.choice(("unit",) if body.kind == "unit" else _ANSWERING)
        office = "Commissioner" if speaker == "policing-body" else "Chief officer"
        return {
            "speaker": speaker,
            "by": f"{office}, {body.short}",
            "date": day,
            "summary": _Text(self.text(2)),
            "source": "site",
            "quotes": [self.quote("site", speaker)],
        }

    def respond(self, part: Values, day: datetime.date) -> None:
        drawn = self.chance.random()
        if drawn < 0.4:
            on = min(day + datetime.timedelta(self.chance.randint(20, 90)), LAST)
            part["response"] = {"published": on, "summary": self.sentence(), "source": "site"}
        elif drawn < 0.7:
            part["response-not-found"] = {"looked": LAST, "looked-in": ["site"]}

    def difference(self) -> Values:
        return {
            "title": self.title(),
            "statements": [
                {"summary": _Text(self.sentence()), "speaker": "press", "source": "paper"},
                {"summary": _Text(self.sentence()), "speaker": "inspectors", "source": "report"},
            ],
            "note": _Text(self.sentence()),
        }

    def corrections(
        self, ids: Sequence[str], graded: Sequence[_Body]
    ) -> Iterator[tuple[str, Values]]:
        for number, id_ in enumerate(ids[::50]):
            body = self.chance.choice(graded)
            yield (
                f"correction-{number}",
                {
                    "date": LAST,
                    "about": [f"inspections/{id_}", f"{body.kind}s/{body.id}"],
                    "was": _Text(self.sentence()),
                    "now": _Text(self.sentence()),
                },
            )

    def words(self, number: int) -> list[str]:
        return self.chance.choices(_WORDS, k=number)

    def title(self) -> str:
        first, *rest = self.words(self.chance.randint(4, 8))
        return " ".join([first.capitalize(), *rest])

    def sentence(self) -> str:
        first, *rest = self.words(self.chance.randint(9, 20))
        if self.chance.random() < 0.35:
            at = self.chance.randrange(len(rest))
            mark = self.chance.choice(("*{}*", "**{}**", "[{}](https://example.org/page)"))
            rest[at] = mark.format(rest[at])
        return " ".join([first.capitalize(), *rest]) + "."

    def text(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))


class _Text(str):
    """Prose, which is written as a folded block as in the real files."""

    __slots__ = ()


class _Row(dict[str, Any]):
    """A small mapping, which is written on one line as in the real files."""

    __slots__ = ()


class _Dumper(yaml.CSafeDumper):
    """Writes as the real files are written: prose in blocks, rows and lists of ids on a line."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Write everything where it stands."""
        return True


def _text(dumper: yaml.CSafeDumper, text: _Text) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=">")


def _row(dumper: yaml.CSafeDumper, row: _Row) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", row, flow_style=True)


def _list(dumper: yaml.CSafeDumper, items: list[Any]) -> yaml.Node:
    of_ids = all(isinstance(item, str) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=of_ids)


_Dumper.add_representer(_Text, _text)
_Dumper.add_representer(_Row, _row)
_Dumper.add_representer(list, _list)


def _written(values: Values) -> str:
    return yaml.dump(
        values,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=120,
        default_flow_style=False,
    )


def _read(path: Path) -> Values:
    values: Values = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return values


def _bodies() -> Iterator[_Body]:
    """Give ten regions, each with its unit, and 44 forces that lie in them."""
    regions = [f"{part} {end}" for part in ("Upper", "Lower") for end in _LANDS]
    for region in regions:
        yield _Body(region.lower().replace(" ", "-"), "region", region, f"{region} region", "")
    for index, region in enumerate(regions):
        id_ = region.lower().replace(" ", "-")
        name = f"{region} Regional Crime Unit"
        yield _Body(f"{id_}-unit", "unit", f"{region} unit", name, id_)
        for place in _PLACES[index::10]:
            yield _Body(place.lower(), "force", place, f"{place} Police", id_)


def _round_on(day: datetime.date) -> str:
    """Return the round of PEEL to which a report of that day belongs."""
    return next(id_ for id_, began in reversed(_BEGAN.items()) if began <= day)


_BEGAN: Final = {
    "peel-2015": datetime.date(2015, 10, 20),
    "peel-2016": datetime.date(2016, 11, 3),
    "peel-2017": datetime.date(2017, 11, 9),
    "peel-2018": datetime.date(2018, 6, 1),
    "peel-2021-first": datetime.date(2021, 4, 21),
    "peel-2021": datetime.date(2022, 4, 1),
    "peel-2023": datetime.date(2023, 2, 8),
}

_GRADES: Final = {
    "peel-4": ("outstanding", "good", "requires-improvement", "inadequate"),
    "peel-5": ("outstanding", "good", "adequate", "requires-improvement", "inadequate"),
}

_LABELS_OF_CONCERNS: Final = (
    "cause-of-concern",
    "area-for-improvement",
    "recommendation",
    "not-stated",
)

_LABELS_OF_PRAISE: Final = ("innovative-practice", "promising-practice", "not-stated")

_STATUSES: Final = ("open", "action-planned", "partly-addressed", "closed", "reopened")

_ANSWERING: Final = ("force", "policing-body")

_THEMES: Final = (
    "workload",
    "online-child-abuse",
    "leadership",
    "partnership",
    "prevention",
    "clear-hold-build",
    "disruption",
    "intelligence",
    "covert-work",
    "technology",
    "cyber-crime",
    "fraud",
    "financial-investigation",
    "neighbourhood",
    "evaluation",
)

_LANDS: Final = ("Marches", "Fens", "Downs", "Vales", "Wolds")

_PLACES: Final = tuple(
    f"{first}{last}"
    for last in ("shire", "mouth", "ford", "ley")
    for first in ("Nor", "Wes", "Sou", "Eas", "Mid", "Ald", "Bran", "Car", "Dun", "Elm", "Far")
)

_NOUNS: Final = ("workload", "vetting", "custody", "response", "data", "training", "victims")

_PROSE: Final = """
the a of to in and its that with for on by from are is was were has have had not all
some most more fewer other each this these force unit team officers staff inspectors
supervisors detectives victims children people communities partners councils courts
charities leaders managers investigators analysts volunteers cadets witnesses suspects
offenders groups crime crimes fraud harm risk risks demand calls reports cases referrals
warrants arrests disruptions operations investigations inquiries interviews statements
records systems devices phones data intelligence evidence training supervision vetting
custody response neighbourhood prevention protection safeguarding performance resources
capacity capability backlog delay delays priority priorities plan plans strategy policy
process processes guidance meeting meetings governance budget region station area areas
manage manages managed understand understands understood identify identifies identified
improve improves improved reduce reduces reduced assess assesses assessed record recorded
share shares shared support supports supported recognise recognised review reviewed
investigate investigated respond responds responded allocate allocated prioritise use
uses used work works worked find finds found need needs needed make makes made take
quickly slowly clearly consistently effectively often rarely always sometimes better
worse well poorly fully partly good strong weak timely late early complex serious
organised local regional national specialist digital online vulnerable repeat new
existing enough too many few over under between across within during before after since
"""

_WORDS: Final = tuple(_PROSE.split())


if __name__ == "__main__":
    corpus(sys.argv[1], Path(sys.argv[2]))
