"""Towns in a sentence."""

from __future__ import annotations

from server.asking.model import Language

_CONTRACTED = {"Le ": "au ", "Les ": "aux "}
"""French: "au Havre", "aux Sables-d'Olonne", but "à La Rochelle" and "à L'Isle-Adam"."""


def at_town(town: str, language: Language, *, start: bool = False) -> str:
    """ "à Cleveland", "au Mans" in French, with a capital at the `start`; in the other languages "in Cleveland" as
    they say it."""
    if language is not Language.FR:
        return f"{'en' if language is Language.ES else 'in'} {town}"
    article = next((article for article in _CONTRACTED if town.startswith(article)), "")
    said = f"{_CONTRACTED[article]}{town.removeprefix(article)}" if article else f"à {town}"
    return said[:1].upper() + said[1:] if start else said
