"""A sentence before its language is known: a code and its values. The words are put on where it leaves.

    Said("verdict.no_trip_change_to", town="Cleveland").in_words(Language.ES)

Values stay what they are until then: a date is written as the language writes dates, a number chooses the plural,
a sentence inside a sentence takes the same language. Texts from pages are put in as they are; nothing in them is
read as a template. `str()` gives the English, for the command line and the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from scraper.outcomes import InTownError
from server.asking.model import Language, Part, Place
from server.asking.words_of_dates import bare_half, bare_in_words, brief, clock, short, stay_in_words
from server.asking.words_of_places import at_town
from server.asking.workdays import holiday
from server.catalogue import recognised, template


@dataclass(frozen=True, slots=True)
class Half:
    """A half-day, to be written in words."""

    date: date
    part: Part


@dataclass(frozen=True, slots=True)
class Stay:
    """From a date to a date, to be written in words."""

    arrive: date
    depart: date


@dataclass(frozen=True, slots=True)
class Holiday:
    """The public holiday of a day at a place; its name in the language where that is known."""

    day: date
    place: Place


class Said:
    """One sentence, or a piece of one. `count` among the values chooses the plural form.

    In a pydantic model it is written in the language of the context: `model_dump(context={"language": …})`.
    """

    __slots__ = ("code", "values")

    def __init__(self, code: str, **values: Value) -> None:
        self.code = code
        self.values: Mapping[str, Value] = values

    def in_words(self, language: Language) -> str:
        """The sentence in a language. Raises KeyError for an unknown code or a missing value."""
        count = self.values.get("count")
        text = template(self.code, language, count if isinstance(count, int) else None)
        return "".join(
            piece if isinstance(piece, str) else _written(self.values[piece[0]], piece[1], language)
            for piece in text.pieces
        )

    def __str__(self) -> str:
        return self.in_words(Language.EN)

    def __repr__(self) -> str:
        return f"Said({self.code!r}, {dict(self.values)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and (self.code, self.values) == (other.code, other.values)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted(self.values))))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(
            cls,
            serialization=core_schema.plain_serializer_function_ser_schema(
                _serialised, info_arg=True, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string"}


Value = str | int | date | Half | Stay | Holiday | Said | tuple[Said, ...]
"""What a blank can be filled with; several sentences are written with commas between them."""


def _serialised(said: Said, info: core_schema.SerializationInfo) -> str:
    context = info.context
    return said.in_words(context["language"] if context else Language.EN)


def _written(value: Value, manner: str, language: Language) -> str:
    """A value in words. `manner`: short, long or brief for a date, clock for a time, small for a first letter,
    at for a town
    (At where it begins a sentence)."""
    match value:
        case Said():
            text = value.in_words(language)
            return text[:1].lower() + text[1:] if manner == "small" else text
        case tuple():
            return ", ".join(part.in_words(language) for part in value)
        case datetime():
            return clock(value, language)
        case date():
            return {"long": bare_in_words, "brief": brief}.get(manner, short)(value, language)
        case Half(date=day, part=part):
            return bare_half(day, part, language)
        case Stay(arrive=arrive, depart=depart):
            return stay_in_words(arrive, depart, language)
        case Holiday(day=day, place=place):
            return holiday(day, place, language)
    return at_town(str(value), language, start=manner == "At") if manner in ("at", "At") else str(value)


def told(text: Said | str, language: Language) -> str:
    """A sentence in a language. A text that is made elsewhere is known by its English, else it stays as it is."""
    if isinstance(text, Said):
        return text.in_words(language)
    if language is Language.EN:
        return text
    bare = text.strip()
    found = recognised(bare)
    if found is None:
        return text
    code, values = found
    words = Said(code, **{name: told(value, language) for name, value in values}).in_words(language)
    return text.replace(bare, words)


class SaidError(InTownError):
    """An error whose sentence is known in every language; `sentence` is the English one."""

    def __init__(self, said: Said) -> None:
        super().__init__(str(said))
        self.said = said
