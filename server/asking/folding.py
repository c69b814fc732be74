"""One spelling for names: "St. Louis", "Saint Louis" and "ST LOUIS" are one key."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ʻ": "", "ʼ": ""}
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "township": "twp"}
_TRANSLATE = str.maketrans(_LETTERS)


def fold(text: str) -> str:
    """The key of a name: no accents, case, full stops, apostrophes or hyphens; "saint" as "st".

    Letters of other scripts stay as they are.
    """
    lowered = text.casefold().translate(_TRANSLATE)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    plain = re.sub(r"[.'’‘`´]", "", plain)
    words = re.sub(r"[^\w]+|_+", " ", plain).split()
    return " ".join(_SHORT.get(word, word) for word in words)
