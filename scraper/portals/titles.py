"""How a row is called, and where the job is, where the portal marks neither: shared by modules that read by meaning."""

from __future__ import annotations

import re

from bs4 import Tag

from scraper.model import Stage
from scraper.portals.fields import Row, Way, beside_title, cell_under, css, label, name_in_link
from scraper.portals.labels import ACTION, ID_LABELS, PLACE_LABELS, is_label
from scraper.reading.generic_values import surely_place
from scraper.stages import stage_of

_HEADS = (
    r"(?:job|posting|position|requisition|opportunity)\s+title",
    r"^title$",
    r"^position$",
    r"^job$",
    r"posting",
    r"^(?:stelle(?:ntitel|nbezeichnung)?|stellenanzeige|bezeichnung|jobtitel|titel)$",
    r"^(?:intitulé|titre|poste|offre|emploi)\b(?!.*(?:num|date|n°|réf))",
    r"^(?:puesto|cargo|vacante|empleo|oferta|título|vaga|posizione|titolo|vacature|functie)\b(?!.*(?:núm|fecha|id|cód))",
)
_FIELD = re.compile(
    rf"(?:{'|'.join(ID_LABELS)})\s*[:：#]?\s*\S*\d|(?:{'|'.join(PLACE_LABELS)})\s*[:：]", re.IGNORECASE
)
_NOTE = re.compile(rf"{_FIELD.pattern}|.{{2,30}}[:：]\s*\S|\S*\d{{3}}\S*$", re.IGNORECASE)


def _in_cell(row: Row) -> str:
    """The title in its column. Some portals write notes into the same cell ("Requisition ID 48213"): they are none of it."""
    cell = cell_under(row, *_HEADS)
    if cell is None:
        return ""
    lines = row.page.lines(cell)
    if lines and _FIELD.match(lines[0]):
        return ""  # only the notes are left
    if len(lines) < 2 or not any(_NOTE.match(line) for line in lines[1:]):
        return row.page.spoken(cell)
    return _linked(row, cell) or lines[0]


def _linked(row: Row, cell: Tag) -> str:
    """The text of the first link in the cell that does nothing but lead on."""
    for link in row.page.all("a", cell):
        text = name_in_link(row.page, link)
        if text and not ACTION.match(text):
            return text
    return ""


def _named(row: Row) -> str:
    """The title: its column, the heading, a label; else the link or button that the row begins with."""
    return _MARKED(row) or FIRST_LINK(row)


def _first_link(row: Row) -> str:
    first = row.lines[0] if row.lines else ""
    links = (row.page.text_of(link) for link in row.page.all("a, button, b, strong", row.tag))
    return first if first and not ACTION.match(first) and not is_label(first) and first in links else ""


def _place(row: Row) -> str:
    found = {line for line in row.lines if line != row.title and surely_place(line)}
    return found.pop() if len(found) == 1 else ""


def _employer(row: Row) -> str:
    """The line after the title, where it is neither a place nor a status."""
    text = beside_title(1)(row)
    return "" if surely_place(text) or stage_of(text).stage is not Stage.UNKNOWN else text


def _after_employer(row: Row) -> str:
    """The line after the employer's; nothing where that is a status, or no employer stands there."""
    text = beside_title(2)(row) if _employer(row) else ""
    return "" if stage_of(text).stage is not Stage.UNKNOWN else text


_MARKED = (
    Way(_in_cell)
    | css("h2 a, h3 a, h4 a, h5 a, [role=heading] a")
    | css("h2, h3, h4, h5, h6, [role=heading]")
    | label(r"(?:job |position )?title", r"position")
)
FIRST_LINK = Way(_first_link)
"""The link or button that a row begins with."""
TITLE = Way(_named)
"""The title of a row by its column, its heading, a label or the link it begins with."""
THE_PLACE = Way(_place)
"""The one line of a row that is a place beyond doubt ("Akron, OH", "Remote")."""
EMPLOYER_AFTER = Way(_employer)
"""Of cards without labels (title, employer, place): the employer."""
PLACE_AFTER = Way(_after_employer)
"""Of cards without labels (title, employer, place): the place."""
