"""YAML text to plain values that remember their line and column.

YAML lets one sign mean two things, and readers differ about which: ``no`` is a word or a false,
``1e3`` a word or a number, of two equal keys one is dropped without a word. Here a scalar is what
was typed. What YAML readers would disagree about becomes a :class:`Surprise`, and what hides or
multiplies text (equal keys, aliases, tags, invisible characters) is a problem.

``text``      the bytes of a file to text
``reader``    text to values, by way of libyaml's events
``quick``     text without anything doubtful to values without places
``places``    the places of such values, once somebody asks
``values``    what a file is read into
``syntax``    what libyaml stumbles over, in plain words
"""

from peelsite.yaml_source.places import Places
from peelsite.yaml_source.quick import read_quickly
from peelsite.yaml_source.reader import open_text, read
from peelsite.yaml_source.text import LARGEST
from peelsite.yaml_source.values import (
    NOTHING,
    REFUSED,
    Document,
    Mapping,
    Refused,
    Sequence,
    Surprise,
    Value,
    locate,
)

__all__ = [
    "LARGEST",
    "NOTHING",
    "REFUSED",
    "Document",
    "Mapping",
    "Places",
    "Refused",
    "Sequence",
    "Surprise",
    "Value",
    "locate",
    "open_text",
    "read",
    "read_quickly",
]
