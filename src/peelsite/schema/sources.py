"""The shapes of what was read, and of whatever cites it."""

from __future__ import annotations

from collections.abc import Iterator

from peelsite.schema.fields import Day, Line, Quotation, Ref, Text, Url, WhenIfKnown, described
from peelsite.schema.record import Record
from peelsite.schema.terms import SourceKind, Speaker


class Source(Record):
    """Something that was read."""

    kind: SourceKind = described("Who published it.", "press")
    publisher: Line = described("The publisher's name.", "BBC News")
    author: Line | None = described("The author, if one is named.", "Sophie Doughty", default=None)
    title: Line = described(
        "The title, exactly as published, or a description of it.", "Annual report"
    )
    url: Url = described("The address at which it was read.", "https://example.org/report")
    published: WhenIfKnown = described("When it was published, or not-known.", "2022-12-07")
    read: Day = described("The day on which it was last read for this site.", "2026-11-23")
    seen: Line = described("How much of it was read, and in what form.", "all of it")
    note: Text | None = described("What a reader should know about it.", "Undated.", default=None)


class Citing(Record):
    """Whatever cites sources of its file."""

    @property
    def cited(self) -> tuple[str, ...]:
        """The keys that are cited."""
        raise NotImplementedError

    def citations(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give each key that is cited, with its place in this record."""
        raise NotImplementedError


class Sourced(Citing):
    """Whatever was read somewhere."""

    source: Ref = described("The source it was read in: a key of this file's sources.", "report")
    also_in: tuple[Ref, ...] = described("Other sources that say the same.", ["bbc"], default=())

    @property
    def cited(self) -> tuple[str, ...]:
        """The keys that are cited."""
        return (self.source, *self.also_in)

    def citations(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give each key that is cited, with its place in this record."""
        yield ("source",), self.source
        for index, key in enumerate(self.also_in):
            yield ("also-in", index), key


class Looked(Citing):
    """Where and when something was looked for that was not found."""

    looked: Day = described("When it was last looked for.", "2026-11-23")
    looked_in: tuple[Ref, ...] = described(
        "Where it was looked for: keys of this file's sources.", ["report"], min_length=1
    )

    @property
    def cited(self) -> tuple[str, ...]:
        """The keys that are cited."""
        return self.looked_in

    def citations(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give each key that is cited, with its place in this record."""
        for index, key in enumerate(self.looked_in):
            yield ("looked-in", index), key


class Statement(Sourced):
    """Something said, in our words."""

    speaker: Speaker = described("Who says it.", "inspectors")
    summary: Text = described("What is said, in our own words.", "The unit was set up in 2013.")


class Quote(Sourced):
    """Exact words of somebody."""

    text: Quotation = described(
        'The words exactly as printed, at most 40; what is left out is marked "…".',
        "wasn't able to cope",
    )
    speaker: Speaker = described("Whose words they are.", "inspectors")
    note: Text | None = described(
        "A doubt about the words or whose they are.",
        "Printed without quotation marks.",
        default=None,
    )
    checked: Day | None = described(
        "The day on which these words were found, letter for letter, in the web page that the "
        "source is; a link to the very sentence is made from it.",
        "2026-11-23",
        default=None,
    )
