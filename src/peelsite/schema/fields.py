"""The kinds of field that files are made of."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, StrictStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from peelsite.yaml_source import NOTHING, Surprise

LONGEST_QUOTATION: Final = 40
"""Words. A quotation from the press may be brief only; see "Quotations" on the method page."""

UNREAD: Final = "\0"
"""Stands for an id that could not be read, its problem told. Nobody can type it."""

LONGEST: Final = {"text": 5_000, "line": 500, "address": 1_000, "id": 100}
"""Characters. Ids become names of files, and Markdown of a whole book would take long to read."""

TO_FILL_IN: Final = "FILL-IN"
"""Stands in a draft, for a whole value or within a text, where somebody has yet to write."""


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A day, a month or a year: "2022-12-07", "2022-12" or "2022". Sorts as dates do."""

    iso: str

    def __reduce__(self) -> tuple[Any, ...]:
        return When, (self.iso,)

    @property
    def day(self) -> datetime.date | None:
        """The day, when it is known to the day."""
        return datetime.date.fromisoformat(self.iso) if len(self.iso) == 10 else None

    @property
    def span(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day that it can be."""
        first = datetime.date.fromisoformat(self.iso + "0000-01-01"[len(self.iso) :])
        if len(self.iso) == 10:
            return first, first
        month = first.month if len(self.iso) == 7 else 12
        days = calendar.monthrange(first.year, month)[1]
        return first, datetime.date(first.year, month, days)

    def is_before(self, other: When) -> bool:
        """Whether this is surely earlier: a year is not before a day in it, nor after it."""
        known = min(len(self.iso), len(other.iso))
        return self.iso[:known] < other.iso[:known]


ADDRESS: Final = (
    r"[Hh][Tt][Tt][Pp][Ss]?://(?![^/?#]*[Xx][Nn]--)"
    r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?([/?#][^\s<>\"\\^`{|}]*)?"
)
"""The pattern of an address, to every reader of patterns."""

RESERVED: Final = frozenset({"index"})
"""Ids that nothing may have, because the page of a list stands where theirs would."""


def described(meaning: str, example: Any, **more: Any) -> Any:
    """Describe a field: what it means to the person who fills it in, and an example."""
    return Field(description=meaning, examples=[example], **more)


def former_ids(example: str) -> Any:
    """Describe the field for ids of before, of whatever has an address made of its id."""
    meaning = "Ids under which this had an address of its own before; the old addresses lead here."
    return described(meaning, [example], default=())


def id_form(text: str) -> str:
    """Return ``text`` in the form of an id, as its writer may have meant it."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def holds_id(field: FieldInfo) -> bool:
    """Whether a field holds an id, or a list of them."""
    items = () if get_origin(field.annotation) is dict else get_args(field.annotation)
    inner = [each for item in items for each in getattr(item, "__metadata__", ())]
    return any(getattr(each, "func", None) in (_ref, _id) for each in (*field.metadata, *inner))


def _text(value: str) -> str:
    return _not_empty(value, "text")


def _not_empty(value: str, kind: str) -> str:
    """Return a text that is as long as one of this ``kind`` may be."""
    stripped = value.strip()
    if not stripped:
        raise PydanticCustomError("empty", "")
    if len(stripped) > LONGEST[kind]:
        raise PydanticCustomError("too-long", "", {"most": LONGEST[kind]})
    return stripped


def _line(value: str, kind: str = "line") -> str:
    line = _not_empty(value, kind)
    if "\n" in line:
        raise PydanticCustomError("one-line", "")
    return line


def _as_typed(value: Any) -> Any:
    """Return a word or number as the text that was typed, whatever YAML readers make of it."""
    if isinstance(value, Surprise) and value.read_as != NOTHING:
        return value.written
    if isinstance(value, bool | int):
        return str(value).lower()
    return value


def _ref(value: Any) -> Any:
    """Return what was typed; what is no single value is left for pydantic to refuse."""
    typed = value if type(value) is str else _as_typed(value)
    if isinstance(typed, str) and not typed.strip():
        raise PydanticCustomError("empty", "")
    return typed


def _id(value: Any) -> Any:
    """Return what was typed, as ``_ref`` does, if it is in the form of an id."""
    typed = _ref(value)
    if isinstance(typed, str) and typed != UNREAD:
        if not _ID.fullmatch(typed):
            raise PydanticCustomError("id-form", "")
        if len(typed) > LONGEST["id"]:
            raise PydanticCustomError("too-long", "", {"most": LONGEST["id"]})
        if typed in RESERVED:
            raise PydanticCustomError("reserved-id", "")
    return typed


def _date(value: Any, also: str) -> When:
    """Read a date of as many parts as are known; ``also`` says what else may be written."""
    written = value if type(value) is str else _as_typed(value)
    if not isinstance(written, str):
        raise PydanticCustomError("date-kind", "")
    if not _WHEN.fullmatch(written):
        raise PydanticCustomError("date-form", "", {"also": also})
    try:
        return _when_written(written)
    except ValueError:
        raise PydanticCustomError("no-such-day", "") from None


@lru_cache(maxsize=10_000)
def _when_written(iso: str) -> When:
    """Return the one When for a date, as one day stands in many places; ValueError if none is."""
    datetime.date.fromisoformat(iso + "0000-01-01"[len(iso) :])
    return When(iso)


def _day(value: Any) -> datetime.date:
    day = _date(value, "").day
    if day is None:
        raise PydanticCustomError("date-form", "", {"also": ""})
    return day


def _when(value: Any) -> When:
    return _date(value, "2022-12 or 2022 if less is known")


def _when_if_known(value: Any) -> When | None:
    return None if value == "not-known" else _date(value, "2022-12, 2022 or not-known")


def _when_or_present(value: Any) -> When | Literal["present"] | None:
    if value in ("not-known", "present"):
        return None if value == "not-known" else "present"
    return _date(value, "2022-12, 2022, not-known or present")


def _address(value: str) -> str:
    value = _line(value, "address")
    if not is_address(value):
        raise PydanticCustomError("url-host" if _BEGUN.match(value) else "url-form", "")
    return value


def is_address(text: str) -> bool:
    """Whether a text is a whole address on the web that leads where it seems to.

    The host is written in plain letters, without another name before it ("gov.uk@…") and without
    letters of other alphabets, spelt out or as codes ("xn--…").
    """
    return _ADDRESS.fullmatch(text) is not None


def _quotation(value: str) -> str:
    value = _line(value)
    if (words := len(value.split())) > LONGEST_QUOTATION:
        raise PydanticCustomError("long-quotation", "", {"words": words})
    return value


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(ADDRESS)
_BEGUN = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_WHEN = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")

Text = Annotated[StrictStr, AfterValidator(_text)]
"""Markdown: paragraphs, lists, emphasis, links."""

Line = Annotated[StrictStr, AfterValidator(_line)]
"""Plain text on one line."""

Ref = Annotated[StrictStr, BeforeValidator(_ref)]
"""The id of something that is told elsewhere; ``checks`` sees whether there is such a thing."""

Id = Annotated[StrictStr, BeforeValidator(_id)]
"""The name of something: small letters, digits and hyphens."""

Url = Annotated[StrictStr, AfterValidator(_address)]
"""An address on the web, http or https."""

Quotation = Annotated[StrictStr, AfterValidator(_quotation)]
"""Exact words of somebody, at most 40."""

Day = Annotated[datetime.date, PlainValidator(_day)]
"""A day: YYYY-MM-DD."""

WhenKnown = Annotated[When, PlainValidator(_when)]
"""A day, a month or a year."""

WhenIfKnown = Annotated[When | None, PlainValidator(_when_if_known)]
"""A day, a month or a year, or the word ``not-known``, which is read as None."""

WhenOrPresent = Annotated[When | Literal["present"] | None, PlainValidator(_when_or_present)]
"""As ``WhenIfKnown``, or the word ``present``."""
