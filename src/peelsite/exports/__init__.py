"""The same facts for machines: files beside the pages."""

from peelsite.exports.api import api_files
from peelsite.exports.calendar import calendars
from peelsite.exports.cards import Card, Picture, card_path, cards
from peelsite.exports.citing import Citation, cite, cite_finding
from peelsite.exports.csv_files import csv_files
from peelsite.exports.database import database_file
from peelsite.exports.describing import describe_tables
from peelsite.exports.descriptors import descriptors
from peelsite.exports.every import Group, file_groups
from peelsite.exports.explorer import explorer_files
from peelsite.exports.extra import Extra, sum_of
from peelsite.exports.feeds import feeds
from peelsite.exports.keeping import Keeper
from peelsite.exports.linked import (
    Alternate,
    Node,
    alternates,
    breadcrumbs,
    described,
    in_script,
)
from peelsite.exports.tables import Table, tables
from peelsite.exports.version import SCHEMA_VERSION

__all__ = [
    "SCHEMA_VERSION",
    "Alternate",
    "Card",
    "Citation",
    "Extra",
    "Group",
    "Keeper",
    "Node",
    "Picture",
    "Table",
    "alternates",
    "api_files",
    "breadcrumbs",
    "calendars",
    "card_path",
    "cards",
    "cite",
    "cite_finding",
    "csv_files",
    "database_file",
    "describe_tables",
    "described",
    "descriptors",
    "explorer_files",
    "feeds",
    "file_groups",
    "in_script",
    "sum_of",
    "tables",
]
