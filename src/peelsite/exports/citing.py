"""How to cite a page or a finding: plain text, Markdown and BibTeX.

A citation names this site, whose words they are, and the date of the data. Of a finding it also
says what it is about, in which inspection, and where we read it; never that HMICFRS wrote it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from peelsite.catalogue import Claim, Finding
from peelsite.pages import Hosting, address
from peelsite.pages.links import Target
from peelsite.render import in_words
from peelsite.schema import Evidence

NO_ADDRESS: Final = "Read in a copy built without an address of its own"


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. ``notes`` are sentences without their full stops.

    ``key`` is BibTeX's name for it; ``address`` is "" for a site that has none.
    """

    key: str
    site: str
    title: str
    notes: tuple[str, ...]
    address: str
    as_of: datetime.date | None

    @property
    def text(self) -> str:
        """The citation as plain text."""
        said = f"{self.site}: {_ended(self.title)} {self._notes}"
        return f"{said} {self.address}" if self.address else said

    @property
    def markdown(self) -> str:
        """The citation as Markdown, with the title as a link."""
        title = in_markdown(self.title)
        linked = f"[{title}]({self.address})" if self.address else title
        stop = _ended(self.title).removeprefix(self.title)
        return f"{in_markdown(self.site)}: {linked}{stop} {in_markdown(self._notes)}"

    @property
    def bibtex(self) -> str:
        """The citation as an entry of BibTeX; a second pair of braces keeps capitals."""
        fields = {
            "author": f"{{{in_bibtex(self.site)}}}",
            "title": f"{{{in_bibtex(self.title)}}}",
            "year": str(self.as_of.year) if self.as_of else "",
            "url": self.address,
            "note": in_bibtex(self._notes),
        }
        lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items() if text)
        return f"@misc{{{self.key},\n{lines}\n}}"

    @property
    def _notes(self) -> str:
        date = f"Data as of {in_words(self.as_of)}" if self.as_of else "The data has no date"
        notes = (*self.notes, date) if self.address else (*self.notes, date, NO_ADDRESS)
        return " ".join(map(_ended, notes))


def cite(
    title: str,
    target: Target,
    hosting: Hosting,
    as_of: datetime.date | None,
    notes: tuple[str, ...] = (),
) -> Citation:
    """Return the citation of a page, or of anything that has an address.

    ``as_of`` is the date of the data; ``notes`` are as in :class:`Citation`.
    """
    page, anchor = address(target)
    words = f"{hosting.name} {page.removesuffix('index')} {anchor}".lower()
    key = re.sub("[^a-z0-9]+", "-", words).strip("-")
    url = quote(hosting.absolute(target), safe=_IN_ADDRESS)
    return Citation(key or "home", hosting.name, title, notes, url, as_of)


def cite_finding(item: Finding | Claim, hosting: Hosting, as_of: datetime.date | None) -> Citation:
    """Return the citation of a finding or claim, with what it rests on."""
    published = item.inspection.published
    date = f"published {in_words(published)}" if published else "date of publication not known"
    source = item.said.best
    how = "As reported by" if source.evidence is Evidence.PRESS else "From"
    notes = (
        _about(item),
        f"Inspection: “{item.inspection.title}”, {date}",
        f"{how} {source.publisher}; {source.evidence.label.lower()}",
    )
    return cite(item.title, item, hosting, as_of, notes)


def _about(item: Finding | Claim) -> str:
    """Return what kind of statement it is, and about whom."""
    if isinstance(item, Claim):
        is_own = item.said.who in (item.body.name, item.body.short)
        return f"Claim by {item.said.who} about {'its own work' if is_own else item.body.name}"
    kind = "Concern about" if item.is_concern else "Praised work of"
    return f"{kind} {', '.join(body.name for body in item.about)}"


def in_markdown(text: str) -> str:
    """Return plain text as Markdown that shows it, wherever in a line it stands.

    ``<`` and ``&`` become references, because not every Markdown lets a backslash stand before
    them: https://spec.commonmark.org/0.31.2/#backslash-escapes
    """
    return _REFERENCE.sub("&amp;", _MARKDOWN.sub(r"\\\g<0>", text)).replace("<", "&lt;")


def in_bibtex(text: str) -> str:
    """Return plain text as a value of BibTeX.

    BibTeX counts braces even after a backslash, so those in the text become commands, whose braces
    are even: Oren Patashnik, "BibTeXing" (1988), https://ctan.org/pkg/bibtex
    """
    return _IN_BIBTEX.sub(lambda found: _BIBTEX[found[0]], text)


def _ended(sentence: str) -> str:
    """Return a sentence with a full stop, if it has no mark of its own at its end."""
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."


_IN_ADDRESS: Final = ":/?#[]@!$&'*+,;=%~"
"""What stays in an address; brackets and braces would end the link or the value around it."""

_MARKDOWN: Final = re.compile(r"[\\`*_\[\]()]")
_REFERENCE: Final = re.compile(r"&(?=#?\w+;)")

_BIBTEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "%$&#_"},
}
_IN_BIBTEX: Final = re.compile(f"[{re.escape(''.join(_BIBTEX))}]")
