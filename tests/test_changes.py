"""What is otherwise in one catalogue than in another, and the words for it."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from peelsite.catalogue import Catalogue, Changes, Tally, changes_between, join
from peelsite.checks import check
from peelsite.cli.changes import NOTHING, Section, as_markdown, as_text, told
from peelsite.load import load
from peelsite.problems import report
from tests.problems import BASE
from tests.sites import make

TEMPLATES = Path(__file__).parent.parent / "templates"
NORTH = "inspections/2023-05-04-north.yml"
NORTHSHIRE = "inspections/2024-05-02-northshire.yml"


def catalogue(content: Path) -> Catalogue:
    read = load(content)
    problems = check(read)
    assert not problems, report(problems)
    return join(read)


@dataclasses.dataclass(frozen=True)
class Folder:
    """A content folder that a test changes."""

    path: Path

    def replace(self, name: str, old: str, new: str) -> None:
        file = self.path / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{name} does not hold {old!r}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, name: str, change: Callable[[Any], None]) -> None:
        file = self.path / name
        value = yaml.safe_load(file.read_text(encoding="utf-8"))
        change(value)
        file.write_text(yaml.safe_dump(value, sort_keys=False), encoding="utf-8")

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    @property
    def changes(self) -> Changes:
        return changes_between(catalogue(BASE), catalogue(self.path))

    @property
    def undone(self) -> Changes:
        """What would change if all were as it was."""
        return changes_between(catalogue(self.path), catalogue(BASE))


@pytest.fixture
def after(tmp_path: Path) -> Folder:
    return Folder(shutil.copytree(BASE, tmp_path / "content"))


def lines(changes: Changes) -> dict[str, list[str]]:
    return {section.heading: list(section.lines) for section in told(changes)}


# Nothing


def test_nothing_changes_between_a_content_and_itself(after: Folder) -> None:
    assert not after.changes
    assert told(after.changes) == []
    assert as_text([]) == NOTHING
    assert NOTHING in as_markdown([])
    assert NOTHING.startswith("Nothing on the site would change.")


def test_another_form_of_the_same_content_changes_nothing(after: Folder) -> None:
    after.write(NORTH, lambda _: None)
    after.replace(NORTH, "title:", "# a comment\ntitle:")
    assert not after.changes


def test_another_name_of_the_folder_changes_nothing(after: Folder, tmp_path: Path) -> None:
    assert not changes_between(
        catalogue(after.path), catalogue(after.path.rename(tmp_path / "other"))
    )


# Inspections


def test_an_inspection_that_goes_is_told_with_all_that_it_held(after: Folder) -> None:
    after.remove(NORTHSHIRE)
    [gone] = after.changes.inspections
    assert (gone.was is not None, gone.now) == (True, None)
    assert gone.tally == Tally(ratings=2, concerns=0, praised=0, claims=0, replies=0)
    told = lines(after.changes)
    assert told["In short"] == ["Removes 1 inspection: 2 ratings.", "Changes 2 latest ratings."]
    assert told["Inspections"] == ["Removed: “Northshire, 2024” (2 May 2024): 2 ratings."]


def test_an_inspection_that_comes_is_told_with_all_that_it_holds(after: Folder) -> None:
    after.remove(NORTHSHIRE)
    after.remove(NORTH)
    told = lines(after.undone)
    assert told["In short"][0] == (
        "Adds 2 inspections: 5 ratings, 1 concern, 1 piece of praised work, 1 claim, 1 reply."
    )
    assert told["Inspections"] == [
        "Added: “Northshire, 2024” (2 May 2024): 2 ratings.",
        "Added: “The north, 2023” (4 May 2023): 3 ratings, 1 concern, 1 piece of praised work, "
        "1 claim, 1 reply.",
    ]
    assert told.keys() == {"In short", "Inspections", "Latest ratings", "Sources"}


def test_what_an_inspection_says_of_itself_is_told_by_field(after: Folder) -> None:
    after.replace(NORTH, "title: Organised crime in the north\nshort", "title: Another\nshort")
    after.replace(NORTH, "fieldwork: 2023-01", "fieldwork: 2023-02")
    after.replace(NORTH, "When the unit began.", "When it ends.")
    assert lines(after.changes)["Inspections"] == [
        "Changed: “The north, 2023” (4 May 2023): title, time of fieldwork, what is not known."
    ]


def test_another_order_in_an_inspection_is_told(after: Folder) -> None:
    def turn(inspection: Any) -> None:
        inspection["bodies"] = dict(reversed(inspection["bodies"].items()))

    after.write(NORTH, turn)
    assert lines(after.changes)["Inspections"] == [
        "Changed: “The north, 2023” (4 May 2023): the order of what stands in it."
    ]


def test_another_order_of_bodies_of_which_nothing_is_said_is_told(after: Folder) -> None:
    def with_bodies(*ids: str) -> Catalogue:
        after.write(NORTH, lambda inspection: inspection.update(bodies={id_: {} for id_ in ids}))
        return catalogue(after.path)

    after.remove(NORTHSHIRE)
    changes = changes_between(
        with_bodies("north", "northshire"), with_bodies("northshire", "north")
    )
    assert [change.fields for change in changes.inspections] == [("order",)]


def test_a_body_that_leaves_an_inspection_is_told(after: Folder) -> None:
    after.write(NORTH, lambda inspection: inspection["bodies"].pop("north"))
    assert lines(after.changes) == {
        "In short": ["Changes 1 inspection.", "Changes 1 latest rating."],
        "Inspections": [
            "Changed: “The north, 2023” (4 May 2023): the bodies it speaks of; 1 rating removed."
        ],
        "Latest ratings": [
            "North: the latest rating for Crime goes (was: inspected, not graded, 4 May 2023, in "
            "“The north, 2023”); none is left."
        ],
        "Ratings": ["Removed: North, Crime, in “The north, 2023”: inspected, not graded."],
    }


# Ratings


def test_a_corrected_grade_is_told_and_so_is_the_latest_rating(after: Folder) -> None:
    after.replace(NORTH, "grade: poor", "grade: good")
    told = lines(after.changes)
    assert told["Ratings"] == [
        "Corrected: Northern Unit, Crime, in “The north, 2023”: was poor, is good."
    ]
    assert told["Latest ratings"] == [
        "Northern Unit: the latest rating for Crime becomes good (4 May 2023, in “The north, "
        "2023”; was: poor)."
    ]


def test_an_earlier_grade_that_is_corrected_is_no_latest_one(after: Folder) -> None:
    after.replace(NORTHSHIRE, ", carried-over-from: 2023-05-04-north", "")
    before = catalogue(after.path)
    after.replace(NORTH, "grade: good", "grade: poor")
    changes = changes_between(before, catalogue(after.path))
    assert changes.latest == ()
    assert len(lines(changes)["Ratings"]) == 1


def test_a_newer_rating_takes_the_place_of_the_latest(after: Folder) -> None:
    after.remove(NORTHSHIRE)
    told = lines(after.undone)
    assert told["Latest ratings"] == [
        "Northshire: the latest rating for Crime becomes good, carried over from “The north, 2023” "
        "(2 May 2024, in “Northshire, 2024”; was: good, 4 May 2023, in “The north, 2023”).",
        "Northshire: the latest rating for Traffic becomes inspected, not graded (2 May 2024, in "
        "“Northshire, 2024”; there was none).",
    ]


def test_a_rating_of_a_round_that_stands_alone_is_not_said_to_follow(after: Folder) -> None:
    """What is newer in a round that may not be compared is told as such."""
    after.replace("rounds.yml", "comparable-with: [crime-2023]", "comparable-with: []")
    after.replace(NORTHSHIRE, ", carried-over-from: 2023-05-04-north", "")
    newer = catalogue(after.path)
    after.remove(NORTHSHIRE)
    crime, _ = told(changes_between(catalogue(after.path), newer))[2].lines
    assert crime.endswith("Grades of the two rounds may not be compared.")


def test_what_must_not_be_overlooked_is_told_with_a_grade(after: Folder) -> None:
    after.replace(
        NORTH,
        "{question: crime, grade: poor,",
        "{question: crime, grade: good, uncertain: Not sure.,",
    )
    assert "becomes good, uncertain (" in lines(after.changes)["Latest ratings"][0]
    assert lines(after.changes)["Ratings"] == [
        "Corrected: Northern Unit, Crime, in “The north, 2023”: was poor, is good, uncertain. "
        "Also changed: what is uncertain."
    ]
    assert (
        "(4 May 2023, in “The north, 2023”; was: good, uncertain)"
        in (lines(after.undone)["Latest ratings"][0])
    )


def test_a_grade_that_becomes_uncertain_is_told_as_the_latest(after: Folder) -> None:
    after.replace(NORTH, "grade: poor,", "grade: poor, uncertain: Not sure.,")
    assert lines(after.changes)["Latest ratings"] == [
        "Northern Unit: the latest rating for Crime becomes poor, uncertain (4 May 2023, in “The "
        "north, 2023”; was: poor)."
    ]


def test_a_grade_that_is_no_longer_carried_over_is_told_as_the_latest(after: Folder) -> None:
    after.replace(NORTHSHIRE, ", carried-over-from: 2023-05-04-north", "")
    assert lines(after.changes)["Latest ratings"] == [
        "Northshire: the latest rating for Crime becomes good (2 May 2024, in “Northshire, 2024”; "
        "was: good, carried over from “The north, 2023”)."
    ]


def test_another_source_of_a_rating_is_no_correction(after: Folder) -> None:
    after.replace(NORTH, "        also-in: [post]\n", "")
    assert lines(after.changes) == {
        "In short": ["Changes 1 inspection."],
        "Inspections": ["Changed: “The north, 2023” (4 May 2023): 1 rating changed."],
        "Ratings": ["Changed: Northshire, Crime, in “The north, 2023”: good: source or speaker."],
    }


@pytest.mark.parametrize(
    "word", ["→", "↑", "↓", "better", "worse", "improved", " up", " down", "rose", "fell"]
)
def test_no_word_says_that_a_grade_rose_or_fell(after: Folder, word: str) -> None:
    after.replace(NORTH, "grade: poor", "grade: good")
    after.remove(NORTHSHIRE)
    for changes in (after.changes, after.undone):
        assert word not in as_text(told(changes))


# Findings, claims and replies


def test_findings_that_come_and_go_are_told(after: Folder) -> None:
    after.write(NORTH, lambda inspection: inspection["bodies"]["northshire"].pop("concerns"))
    assert lines(after.changes)["Findings"] == [
        "Removed: Northshire, in “The north, 2023”: concern “Too few people”."
    ]
    assert lines(after.undone)["Findings"] == [
        "Added: Northshire, in “The north, 2023”: concern “Too few people”."
    ]
    assert "1 concern removed" in lines(after.changes)["Inspections"][0]


def test_a_finding_in_other_words_is_told(after: Folder) -> None:
    after.replace(NORTH, "title: Quick work", "title: Swift work")
    after.replace(NORTH, "The force has too few people.", "The force lacks people.")
    assert lines(after.changes)["Findings"] == [
        "Reworded: Northshire, in “The north, 2023”: concern “Too few people”: summary.",
        "Reworded: Northshire, in “The north, 2023”: praised work “Swift work”: its title was "
        "“Quick work”.",
    ]


def test_another_status_is_told(after: Folder) -> None:
    after.replace(
        NORTH,
        "speaker: force, status: action-planned, summary: More will come., source: post}",
        "speaker: inspectors, status: closed, summary: They have come., source: report}",
    )
    assert lines(after.changes)["Findings"] == [
        "Changed: Northshire, in “The north, 2023”: concern “Too few people”: its status is now "
        "closed (was: open); what was said later."
    ]


def test_a_concern_that_becomes_praise_is_the_same_finding(after: Folder) -> None:
    def turn(inspection: Any) -> None:
        part = inspection["bodies"]["northshire"]
        [concern] = part.pop("concerns")
        part["praised"].append({k: v for k, v in concern.items() if k != "updates"})

    after.write(NORTH, turn)
    [line] = lines(after.changes)["Findings"]
    assert "praised work “Too few people”: was a concern" in line


def test_claims_and_replies_are_told(after: Folder) -> None:
    after.replace(NORTH, "The force calls itself the best.", "It calls itself good.")
    after.replace(NORTH, "summary: The force is glad.", "summary: The force is sad.")
    after.write(
        NORTHSHIRE,
        lambda inspection: inspection["bodies"]["northshire"].update(
            replies=[
                {
                    "speaker": "force",
                    "by": "Chief Constable",
                    "date": "not-known",
                    "summary": each,
                    "source": "report",
                }
                for each in ("One.", "Two.")
            ]
        ),
    )
    assert lines(after.changes)["Claims and replies"] == [
        "Added: Northshire, in “Northshire, 2024”: reply of Chief Constable.",
        "Added: Northshire, in “Northshire, 2024”: reply of Chief Constable.",
        "Changed: Northshire, in “The north, 2023”: claim “The best in the land”: summary.",
        "Changed: Northshire, in “The north, 2023”: reply of Chief Constable: summary.",
    ]


# Bodies, sources and vocabularies


def test_a_body_with_another_name_is_renamed(after: Folder) -> None:
    after.replace(
        "bodies/northshire.yml", "name: Northshire Police, from", "name: Shire Police, from"
    )
    after.replace("bodies/northern-unit.yml", "short: Northern Unit", "short: NU")
    after.replace("bodies/north.yml", "from: not-known, to: present", "from: 1974, to: present")
    assert lines(after.changes)["Bodies"] == [
        "Renamed: the short name of Northern Crime Unit, “Northern Unit”, is now “NU”.",
        "Renamed: “Northshire Police” is now “Shire Police”.",
        "Changed: The North: names.",
    ]


def test_bodies_that_come_and_go_are_told(after: Folder) -> None:
    text = (after.path / "bodies/north.yml").read_text(encoding="utf-8")
    (after.path / "bodies/south.yml").write_text(
        text.replace("North", "South", 2), encoding="utf-8"
    )
    assert lines(after.changes) == {
        "In short": ["Changes 1 body."],
        "Bodies": ["Added: The South."],
    }
    assert lines(after.undone)["Bodies"] == ["Removed: The South."]


def test_sources_are_told_by_their_address(after: Folder) -> None:
    after.replace(NORTH, "https://example.org/post", "https://example.org/other")
    after.replace("bodies/northshire.yml", "seen: all of it", "seen: half of it")
    told = lines(after.changes)["Sources"]
    assert told == [
        "Changed: Northshire Police, “About us”, https://example.org/northshire: how much of it "
        "was read",
        "Added: The Northshire Post, “Police do well”, https://example.org/other",
        "Removed: The Northshire Post, “Police do well”, https://example.org/post",
    ]


def test_vocabularies_are_told(after: Folder) -> None:
    after.replace("themes.yml", "label: Fraud", "label: Deception")
    after.replace("questions.yml", "Whether the roads are safe.", "Whether they are safe.")
    after.replace("scales.yml", "meaning: It does not do well.", "meaning: It does badly.")
    after.replace("glossary.yml", "label: NCU", "label: UCN")
    after.replace("rounds.yml", "began: 2023-01\n", "began: 2023-02\n")
    assert lines(after.changes) == {
        "Vocabularies": [
            "Round changed: “Crime, 2023”: when it began.",
            "Question changed: “Traffic”: meaning.",
            "Scale changed: “Two grades”: grades.",
            "Theme changed: “Deception”: label.",
            "Term changed: “UCN”: label.",
        ]
    }


def test_another_order_of_a_vocabulary_is_told(after: Folder) -> None:
    text = (after.path / "questions.yml").read_text(encoding="utf-8")
    first, second = text.split("traffic:\n")
    (after.path / "questions.yml").write_text(f"traffic:\n{second}{first}", encoding="utf-8")
    assert lines(after.changes) == {"Vocabularies": ["The questions stand in another order."]}


# What follows a report


def respond(after: Folder, **answer: Any) -> Catalogue:
    """Return the catalogue with what is known of the response of Northshire's policing body."""

    def write(inspection: Any) -> None:
        part = inspection["bodies"]["northshire"]
        for name in ("response", "response-not-found"):
            part.pop(name, None)
        part.update(answer)

    after.write(NORTH, write)
    return catalogue(after.path)


def found(published: str = "2023-06-10", **more: str) -> dict[str, Any]:
    return {"response": {"published": published, "source": "post", **more}}


def not_found(looked: str = "2023-06-01", *looked_in: str) -> dict[str, Any]:
    return {"response-not-found": {"looked": looked, "looked-in": [*(looked_in or ["post"])]}}


RESPONSE = "Northshire, in “The north, 2023”: response of the local policing body"


def test_a_response_is_told_when_it_comes_and_when_it_goes(after: Folder) -> None:
    respond(after, **found())
    told = lines(after.changes)
    assert told["Responses"] == [f"Added: {RESPONSE}: published, 10 June 2023."]
    assert told["Inspections"] == [
        "Changed: “The north, 2023” (4 May 2023): 1 record of a response added."
    ]
    assert lines(after.undone)["Responses"] == [f"Removed: {RESPONSE}: published, 10 June 2023."]
    respond(after, **not_found())
    assert lines(after.changes)["Responses"] == [
        f"Added: {RESPONSE}: none found, last looked 1 June 2023."
    ]


def test_a_response_in_a_new_inspection_is_counted(after: Folder) -> None:
    newer = respond(after, **found())
    after.remove(NORTH)
    after.remove(NORTHSHIRE)
    [added] = [
        line
        for line in lines(changes_between(catalogue(after.path), newer))["Inspections"]
        if "The north" in line
    ]
    assert added.endswith("1 claim, 1 reply, 1 response.")


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        (
            not_found(),
            found(),
            "published, 10 June 2023 (was: none found, last looked 1 June 2023)",
        ),
        (
            not_found(),
            not_found("2023-07-01"),
            "none found, last looked 1 July 2023 (was: none found, last looked 1 June 2023)",
        ),
        (
            not_found(),
            not_found("2023-06-01", "report"),
            "none found, last looked 1 June 2023: where it was looked for",
        ),
        (
            found(),
            found("not-known"),
            "published, date not known (was: published, 10 June 2023)",
        ),
        (
            found(),
            found(summary="It agrees."),
            "published, 10 June 2023: what it says, or its source",
        ),
    ],
)
def test_what_is_known_of_a_response_is_told_when_it_changes(
    after: Folder, was: dict[str, Any], now: dict[str, Any], words: str
) -> None:
    changes = changes_between(respond(after, **was), respond(after, **now))
    assert lines(changes)["Responses"] == [f"Changed: {RESPONSE}: {words}."]


def correct(after: Folder, **slips: Any) -> Catalogue:
    """Return the catalogue with these corrections, by their ids."""
    text = yaml.safe_dump(slips, sort_keys=False)
    (after.path / "corrections.yml").write_text(text, encoding="utf-8")
    return catalogue(after.path)


def slip(*about: str, **more: str) -> dict[str, Any]:
    return {"date": "2023-07-01", "about": list(about), "was": "Ten.", "now": "Twelve.", **more}


CONCERN = "inspections/2023-05-04-north#northshire-too-few-people"


def test_corrections_are_told(after: Folder) -> None:
    correct(after, slip=slip("forces/northshire", CONCERN))
    line = "of 1 July 2023, on Northshire; Too few people (Northshire): “Ten.”"
    assert lines(after.changes) == {"Corrections": [f"Added: {line}."]}
    assert lines(after.undone) == {"Corrections": [f"Removed: {line}."]}


@pytest.mark.parametrize(
    ("about", "more", "words"),
    [
        (["forces/northshire"], {"now": "Eleven."}, "what is right"),
        (["forces/northshire"], {"note": "A reader wrote."}, "note"),
        (["sources"], {}, "where it stood"),
    ],
)
def test_a_correction_that_changes_is_told(
    after: Folder, about: list[str], more: dict[str, str], words: str
) -> None:
    was = correct(after, slip=slip("forces/northshire"))
    changes = changes_between(was, correct(after, slip=slip(*about, **more)))
    [line] = lines(changes)["Corrections"]
    assert line.startswith("Changed: of 1 July 2023, on ")
    assert line.endswith(f": {words}.")


def repeating(after: Folder, *repeats: str) -> Catalogue:
    """Return the catalogue with a concern in the later report that repeats these."""

    def write(inspection: Any) -> None:
        inspection["bodies"]["northshire"]["concerns"] = [
            {
                "id": "still-too-few",
                "title": "Still too few people",
                "summary": "As before.",
                "label": "not-stated",
                "source": "report",
                "repeats": list(repeats),
            }
        ]

    after.write(NORTHSHIRE, write)
    return catalogue(after.path)


def test_another_finding_that_is_repeated_is_told_though_its_id_is_the_same(after: Folder) -> None:
    def twin(inspection: Any) -> None:
        [concern] = inspection["bodies"]["northshire"]["concerns"]
        twin = {key: concern[key] for key in ("id", "title", "summary", "label", "source")}
        inspection["bodies"]["northern-unit"]["concerns"] = [
            {**twin, "shared-with": ["northshire"]}
        ]

    after.write(NORTH, twin)
    first, second = (
        f"2023-05-04-north#{body}-too-few-people" for body in ("northshire", "northern-unit")
    )
    line = "Changed: Northshire, in “Northshire, 2024”: concern “Still too few people”: "
    none, one, other = (repeating(after, *each) for each in ((), (first,), (second,)))
    for was, now in ((none, one), (one, other), (other, none)):
        assert lines(changes_between(was, now))["Findings"] == [f"{line}what it repeats."]


def test_who_says_that_a_finding_is_not_new_is_told(after: Folder) -> None:
    said = {"speaker": "press", "summary": "It was so in 2019.", "source": "post"}

    def write(inspection: Any) -> None:
        inspection["bodies"]["northshire"]["concerns"][0]["said-before"] = [said]

    after.write(NORTH, write)
    assert lines(after.changes)["Findings"] == [
        "Changed: Northshire, in “The north, 2023”: concern “Too few people”: who says that it is "
        "not new."
    ]


def test_a_quotation_that_was_checked_is_told(after: Folder) -> None:
    quoted = "text: very quick indeed, speaker: inspectors, checked: 2023-06-01, source: report}"
    after.replace(NORTH, "text: very quick indeed, speaker: inspectors, source: report}", quoted)
    assert lines(after.changes)["Findings"] == [
        "Changed: Northshire, in “The north, 2023”: praised work “Quick work”: quotations."
    ]


def test_why_a_force_has_no_policing_body_is_told(after: Folder) -> None:
    def write(body: Any) -> None:
        source = next(iter(body["sources"]))
        body.pop("policing-body", None)
        why = {"speaker": "force", "summary": "It has an authority.", "source": source}
        body["no-policing-body"] = why

    after.write("bodies/northshire.yml", write)
    [line] = lines(after.changes)["Bodies"]
    assert "why it has no local policing body" in line


# Nothing is overlooked


def texts(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the place of every text in the value of a YAML file."""
    if isinstance(value, dict):
        return [each for key in value for each in texts(value[key], (*place, key))]
    if isinstance(value, list):
        return [each for i, item in enumerate(value) for each in texts(item, (*place, i))]
    return [place] if isinstance(value, str) else []


def test_whatever_changes_a_page_is_told(after: Folder) -> None:
    """Every text of the content is changed in turn, as far as the checks let it pass."""
    respond(after, **found(summary="It agrees.", note="We read it once."))
    repeating(after, "2023-05-04-north#northshire-too-few-people")
    before = correct(after, slip=slip("forces/northshire", CONCERN, "sources", note="A reader."))
    pages = [page.html for page in make(after.path, TEMPLATES).pages]
    silent, seen = [], 0
    for file in sorted(after.path.rglob("*.yml")):
        whole = file.read_text(encoding="utf-8")
        for place in texts(yaml.safe_load(whole)):
            value = yaml.safe_load(whole)
            inner = value
            for step in place[:-1]:
                inner = inner[step]
            inner[place[-1]] += " more"
            file.write_text(yaml.safe_dump(value, sort_keys=False), encoding="utf-8")
            read = load(after.path)
            if not check(read):
                seen += 1
                changes = changes_between(before, join(read))
                now = [page.html for page in make(after.path, TEMPLATES).pages]
                if now != pages and not told(changes):
                    silent.append((file.name, place))
        file.write_text(whole, encoding="utf-8")
    assert seen > 60
    assert silent == []


# The two forms


def test_markdown_shows_what_stands_in_the_content_and_does_nothing_else() -> None:
    nasty = "<b>*x*</b> [y](https://evil.example) `z` | #1 @who & ![i](j)\n# h \u202eabc \x1b[0m"
    printed = as_markdown([Section("Findings", (nasty,))])
    assert printed == (
        "## What would change on the site\n\n### Findings\n\n"
        "- &lt;b&gt;\\*x\\*&lt;/b&gt; \\[y\\]\\(https<!-- -->://evil.example\\) \\`z\\` \\| \\#1 "
        "\\@who &amp; \\!\\[i\\]\\(j\\) \\# h abc \\[0m"
    )


def test_text_keeps_to_its_width_and_to_one_paragraph_a_section() -> None:
    printed = as_text([Section("One", ("word " * 40, "a\x1b[0m\nb")), Section("Two", ("c",))])
    assert max(map(len, printed.splitlines())) <= 100
    assert printed.split("\n\n")[1] == "Two\n  c"
    assert "\n  a[0m b\n" in printed + "\n"
