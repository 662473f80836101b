"""The same facts for machines: files beside the pages."""

from peelsite.exports.calendar import calendars
from peelsite.exports.cards import Card, Picture, card_path, cards
from peelsite.exports.citing import Citation, cite, cite_finding
from peelsite.exports.explorer import explorer_files
from peelsite.exports.extra import Extra
from peelsite.exports.feeds import feeds
from peelsite.exports.keeping import Keeper

__all__ = [
    "Card",
    "Citation",
    "Extra",
    "Keeper",
    "Picture",
    "calendars",
    "card_path",
    "cards",
    "cite",
    "cite_finding",
    "explorer_files",
    "feeds",
]
