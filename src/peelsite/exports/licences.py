"""What may be done with the words that the data holds, as the page on licences says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of some words: ``of`` says which; without ``url``, ``name`` says why none."""

    of: str
    name: str
    url: str | None


LICENCES: Final[Mapping[str, Licence]] = {
    "summaries": Licence(
        "Our own summaries and the data.",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "inspectors": Licence(
        "Words of HMICFRS, where quoted (Crown copyright).",
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "press": Licence(
        "Quotations from the press.",
        "Not ours to license: they belong to their publishers; they are short, marked and "
        "credited.",
        None,
    ),
}
"""The licences by whose words they are of."""
