"""Dates and half-days in words, in four languages, without the system's locale."""

from __future__ import annotations

from datetime import date, datetime

from server.asking.folding import fold
from server.asking.model import Language, Part

_DAYS = {
    Language.EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    Language.ES: ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    Language.FR: ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    Language.DE: ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
_MONTHS = {
    Language.EN: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    Language.ES: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    Language.FR: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    Language.DE: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
}
_PARTS = {
    Language.EN: {
        Part.MORNING: "in the morning",
        Part.AFTERNOON: "in the afternoon",
        Part.EVENING: "in the evening",
    },
    Language.ES: {
        Part.MORNING: "por la mañana",
        Part.AFTERNOON: "por la tarde",
        Part.EVENING: "al final de la tarde",
    },
    Language.FR: {
        Part.MORNING: "dans la matinée",
        Part.AFTERNOON: "dans l'après-midi",
        Part.EVENING: "en soirée",
    },
    Language.DE: {
        Part.MORNING: "am {day}vormittag",
        Part.AFTERNOON: "am {day}nachmittag",
        Part.EVENING: "am frühen {day}abend",
    },
}
_OR = {Language.EN: "or", Language.ES: "o", Language.FR: "ou", Language.DE: "oder"}
_AND = {Language.EN: "and", Language.ES: "y", Language.FR: "et", Language.DE: "und"}


def weekday(day: date, language: Language = Language.EN) -> str:
    return _DAYS[language][day.weekday()]


def _first(day: int) -> str:
    return "1er" if day == 1 else str(day)


def in_words(day: date, language: Language = Language.EN) -> str:
    """A date with its weekday: "Friday, August 27"; in the other languages with the article it needs.

    "el viernes 27 de agosto", "le vendredi 27 août", "am Freitag, den 27. August".
    """
    name, month = weekday(day, language), _MONTHS[language][day.month - 1]
    if language is Language.EN:
        return f"{name}, {month} {day.day}"
    if language is Language.ES:
        return f"el {name} {day.day} de {month}"
    if language is Language.FR:
        return f"le {name} {_first(day.day)} {month}"
    return f"am {name}, den {day.day}. {month}"


def short(day: date, language: Language = Language.EN) -> str:
    """A date without weekday, for subjects: "Aug 27", "27 de agosto", "27 août", "27. August"."""
    month = _MONTHS[language][day.month - 1]
    if language is Language.EN:
        return f"{month[:3]} {day.day}"
    if language is Language.ES:
        return f"{day.day} de {month}"
    return f"{_first(day.day)} {month}" if language is Language.FR else f"{day.day}. {month}"


def bare_in_words(day: date, language: Language = Language.EN) -> str:
    """A date with its weekday and without an article, to stand after one: "Friday, August 27", "viernes 27 de agosto",
    "vendredi 27 août", "Freitag, den 27. August" (after "am" or "ab")."""
    return in_words(day, language).removeprefix("el ").removeprefix("le ").removeprefix("am ")


def brief(day: date, language: Language = Language.EN) -> str:
    """A weekday with the day of the month: "Fri 27", "viernes 27", "vendredi 27", "Freitag, 27.8."."""
    if language is Language.EN:
        return f"{weekday(day)[:3]} {day.day}"
    if language is Language.DE:
        return f"{weekday(day, language)}, {day.day}.{day.month}."
    return f"{weekday(day, language)} {_first(day.day) if language is Language.FR else day.day}"


def bare_half(day: date, part: Part, language: Language = Language.EN) -> str:
    """A half-day that stands alone: "Friday, August 27, in the afternoon", "Freitagnachmittag, 27. August"."""
    if language is Language.DE:
        return half_in_words(day, part, language).removeprefix("am ").replace(", den ", ", ")
    comma = " " if language in (Language.ES, Language.FR) else ", "
    return f"{bare_in_words(day, language)}{comma}{_PARTS[language][part]}"


def half_in_words(day: date, part: Part, language: Language = Language.EN) -> str:
    """A half-day: "Friday, August 27, in the afternoon", "am Freitagnachmittag, den 27. August"."""
    if language is Language.DE:
        month = _MONTHS[language][day.month - 1]
        return f"{_PARTS[language][part].format(day=weekday(day, language))}, den {day.day}. {month}"
    comma = " " if language in (Language.ES, Language.FR) else ", "
    return f"{in_words(day, language)}{comma}{_PARTS[language][part]}"


def stay_in_words(arrive: date, depart: date, language: Language = Language.EN) -> str:
    """A stay: "from August 26 to 28"; one day: "on August 26"."""
    one_month = (arrive.year, arrive.month) == (depart.year, depart.month)
    first, last = _MONTHS[language][arrive.month - 1], _MONTHS[language][depart.month - 1]
    if arrive == depart:
        return f"on {first} {arrive.day}" if language is Language.EN else in_words(arrive, language)
    if language is Language.EN:
        return f"from {first} {arrive.day} to {depart.day if one_month else f'{last} {depart.day}'}"
    if language is Language.ES:
        return f"del {arrive.day}{'' if one_month else f' de {first}'} al {depart.day} de {last}"
    if language is Language.FR:
        return f"du {_first(arrive.day)}{'' if one_month else f' {first}'} au {_first(depart.day)} {last}"
    return f"vom {arrive.day}.{'' if one_month else f' {first}'} bis {depart.day}. {last}"


def clock(moment: datetime, language: Language = Language.EN) -> str:
    """A time of day: "9:30 am", "9:30", "9 h 30", "9.30 Uhr"."""
    hour, minute = moment.hour, moment.minute
    if language is Language.EN:
        return f"{hour % 12 or 12}{f':{minute:02d}' if minute else ''} {'am' if hour < 12 else 'pm'}"
    if language is Language.ES:
        return f"{hour}:{minute:02d}"
    if language is Language.FR:
        return f"{hour} h{f' {minute:02d}' if minute else ''}"
    return f"{hour}{f'.{minute:02d}' if minute else ''} Uhr"


def _spanish(word: str, following: str) -> str:
    """ "y" turns into "e" before an i sound, "o" into "u" before an o sound."""
    sound = fold(following)
    if word == "y" and sound.startswith(("i", "hi")) and not sound.startswith(("hie", "ia", "ie", "io")):
        return "e"
    return "u" if word == "o" and sound.startswith(("o", "ho")) else word


def listed(items: list[str], language: Language = Language.EN, *, last: str = "and") -> str:
    """Items as a sentence lists them; `last` is "and" or "or"."""
    word = (_AND if last == "and" else _OR)[language]
    if language is Language.ES and len(items) > 1:
        word = _spanish(word, items[-1])
    if len(items) < 2:
        return "".join(items)
    comma = "," if language is Language.EN and len(items) > 2 else ""
    return f"{', '.join(items[:-1])}{comma} {word} {items[-1]}"
