"""Lists that grow with the content, over numbered pages: ``concerns``, then ``concerns/2``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

PER_PAGE: Final = 50
"""Entries on a page."""

T = TypeVar("T")


def address_of_page(first: str, number: int) -> str:
    """Return the address of a page of the list whose first page stands at ``first``."""
    return first if number == 1 else f"{first.removesuffix('/index')}/{number}"


@dataclass(frozen=True, slots=True)
class Numbered(Generic[T]):
    """What one page of a list holds. ``start`` is the place of its first entry, from 1."""

    entries: Sequence[T]
    number: int
    start: int
    total: int
    addresses: tuple[tuple[int, str], ...]

    @property
    def end(self) -> int:
        """The place of its last entry."""
        return self.start + len(self.entries) - 1

    @property
    def is_whole(self) -> bool:
        """Whether the list stands on one page."""
        return len(self.addresses) == 1

    def of(self, title: str) -> str:
        """Return the title of the page."""
        numbered = f"{title}, page {self.number} of {len(self.addresses)}"
        return title if self.number == 1 else numbered

    @property
    def address(self) -> str:
        """The address of the page."""
        return self.addresses[self.number - 1][1]


def over_pages(
    first: str, entries: Sequence[T], per_page: int | None = None
) -> Iterator[Numbered[T]]:
    """Give the pages of a list, at least one; ``first`` is the address of the first."""
    most = per_page or PER_PAGE
    starts = range(0, len(entries) or 1, most)
    addresses = tuple((n, address_of_page(first, n)) for n in range(1, len(starts) + 1))
    for number, start in enumerate(starts, 1):
        part = entries[start : start + most]
        yield Numbered(part, number, start + 1, len(entries), addresses)
