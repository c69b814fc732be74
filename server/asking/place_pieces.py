"""Cuts a location text into pieces that may each name a place: "US-OH-Cleveland" into US, OH, Cleveland."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from server.asking.folding import fold
from server.asking.place_words import PlaceWords

_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}-)?\d{5}(?:-\d{4})?\b"  # 44106, 44106-1234, D-80331
    r"|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"  # M5V 2T6
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"  # EC1A 1BB
    r"|\b(?:CH-|A-|B-|L-)?\d{4}\b|\b\d{6}\b|\b\d{3}\s\d{3}\b"
)
_DUTCH = re.compile(r"\b[1-9]\d{3}\s[A-Z]{2}\b(?=\s\w|$)")  # 1012 AB Amsterdam
_HARD = re.compile(r"\s*(?:[,;>:()\[\]|•·\n]|\s[-–—]\s|\s[-–—]|[-–—]\s|–|—|\s~\s|_|\s/\s|\\)\s*")
_QUARTERS = frozenset({"N", "S", "E", "W", "NW", "NE", "SW", "SE"})  # of a street, not a region
_CODE = re.compile(r"#?\b(?=\w*\d)\w+\b")  # a word with a digit in it: a building, a unit, a site number


def _after_street(piece: str, words: PlaceWords) -> str:
    """What follows the street in a piece that starts with a house number: "9500 Euclid Ave Cleveland"."""
    tokens = piece.split()
    while tokens and tokens[-1].strip(".") in _QUARTERS:
        tokens.pop()
    last = max((i for i, token in enumerate(tokens) if fold(token) in words.street), default=None)
    rest = [] if last is None else tokens[last + 1 :]
    return " ".join(rest[1:] if rest and rest[0].strip(".,") in _QUARTERS else rest)


def _clean(piece: str, words: PlaceWords) -> str:
    """A piece without postcode, house number and site codes; "" when nothing but a street is left."""
    piece = _DUTCH.sub("", piece).strip(" -–—./*'\"")
    if re.match(r"\d+[a-zA-Z]?\s+\D", piece):
        after = _after_street(_POSTCODE.sub("", piece), words)
        first_number_is_code = not any(fold(token) in words.street for token in piece.split())
        piece = re.sub(r"^\d+[a-zA-Z]?\s+", "", piece) if first_number_is_code else after
    piece = _CODE.sub(" ", _POSTCODE.sub(" ", piece))
    return " ".join(piece.split()).strip(" -–—./*'\"")


def _split_hyphens(piece: str, known: Callable[[str], bool]) -> Iterable[str]:
    """ "USA-North Carolina-Winston-Salem": joined again wherever neighbours make a known name."""
    parts = [part.strip() for part in re.split(r"[-/.]", piece) if part.strip()]
    start = 0
    while start < len(parts):
        for end in range(len(parts), start + 1, -1):
            joined = " ".join(parts[start:end])
            if known(fold(joined)):
                yield "-".join(parts[start:end])
                start = end
                break
        else:
            yield parts[start]
            start += 1


def pieces(text: str, words: PlaceWords, known: Callable[[str], bool]) -> list[str]:
    """The pieces of one place's text, in order. `known` tells whether a folded name is in the gazetteer."""
    found: list[str] = []
    dotted = re.sub(r"\b([A-Za-z])\.\s?([A-Za-z])\.(?:\s?([A-Za-z])\.)?", r"\1\2\3", text)  # D.C., U.S.A.
    for raw in _HARD.split(dotted):
        piece = _clean(raw, words)
        if not piece:
            continue
        glued = re.search(r"\w[-/]\w|\b[A-Z]{2,3}\.\w", piece)
        if glued and not known(fold(piece)):
            found += [p for p in (_clean(part, words) for part in _split_hyphens(piece, known)) if p]
        else:
            found.append(piece)
    return found
