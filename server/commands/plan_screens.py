"""How trips and suggestions look in the terminal. Text from pages is escaped and loses its control characters."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from server.asking.links import one_line
from server.asking.words_of_dates import weekday

SIGNS = {"free": "free", "booked": "■", "offered": "▒ offered", "held": "▓ held", "off": "·", "away": "–"}


def safe(text: str) -> str:
    """Text of a page for the terminal: one line, no control characters, no markup."""
    return escape(one_line(str(text)))


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{weekday(day)[:3]} {day.day} {day:%b}"


def show_trip(trip: dict[str, Any]) -> None:
    """A trip: heading, the days as a grid, bookings, warnings."""
    console = Console(highlight=False)
    place = trip["destination"]
    console.print(
        f"[bold]{safe(place['label'])}[/bold]   {trip['arrive']} – {trip['depart']}   {safe(trip['id'])}"
    )
    console.print(days(trip))
    for booking in trip["bookings"]:
        who = f", {safe(booking['employer'])}" if booking["employer"] else ""
        console.print(
            f"  ■ {booking['start'].replace('T', ' ')} – {booking['end'][11:]}  {safe(booking['title'])}{who}"
        )
    if trip["cost_per_interview"] is not None:
        console.print(f"  {trip['cost_per_interview']:.0f} {trip['currency']} for each interview")
    for warning in trip["warnings"]:
        console.print(f"  [yellow]{safe(warning)}[/yellow]")


def days(trip: dict[str, Any]) -> Table:
    """The half-days of a trip as a grid: a column for each day."""
    dates = list(dict.fromkeys(half["date"] for half in trip["half_days"]))[:14]
    table = Table("", *[_day(d) for d in dates], box=None, pad_edge=True)
    for part in ("morning", "afternoon", "evening"):
        cells = {h["date"]: h for h in trip["half_days"] if h["part"] == part}
        table.add_row(part, *[_cell(cells[d]) for d in dates])
    return table


def _cell(half: dict[str, Any]) -> str:
    sign = SIGNS[half["state"]]
    label = safe(half["label"])[:22]
    if half["state"] in ("booked", "away"):
        return f"{sign} {label}".strip()
    return f"{sign} {label}".strip() if half["state"] == "off" and label not in ("evening", "") else sign


def list_trips(trips: Sequence[dict[str, Any]]) -> None:
    table = Table("Trip", "To", "Arrive", "Depart", "Booked", box=None)
    for trip in trips:
        place = safe(trip["destination"]["label"])
        table.add_row(safe(trip["id"]), place, trip["arrive"], trip["depart"], str(len(trip["bookings"])))
    Console(highlight=False).print(table if trips else "No trip is logged yet.")


def show_suggestions(found: dict[str, Any], *, drafts: bool) -> None:
    """The days, then one paragraph per card; with `drafts`, every message."""
    console = Console(highlight=False)
    show_trip(found["trip"])
    console.print(f"\n{safe(found['summary'])}\n")
    for card in found["cards"]:
        console.print(card_lines(card))
        if drafts and card["draft"]:
            console.print(draft_lines(card["draft"]))
    for item in found["due"]:
        console.print(f"  Due today: {safe(item['text'])}")


def card_lines(card: dict[str, Any]) -> str:
    """One card: whom, for what, why, when."""
    who = card["recruiter"]["name"] if card["recruiter"] else "Find out whom to ask"
    state = card["ask"]["state"].replace("_", " ") if card["ask"] else card["when"]["state"].replace("_", " ")
    lines = [f"[bold]{card['rank']}  {safe(who)}[/bold] · {safe(card['employer'])}   [dim]{state}[/dim]"]
    jobs = [_job(named) for named in card["applications"]]
    lines.append(f"   {' · '.join(jobs)}")
    lines += [f"   {safe(reason)}" for reason in card["reasons"]]
    if card["offers"]:
        lines.append("   offer " + "; ".join(safe(offer["text"]) for offer in card["offers"]))
    return "\n".join(lines) + "\n"


def _job(named: dict[str, Any]) -> str:
    number = f" ({safe(named['requisition'])})" if named["requisition"] else ""
    return safe(named["title"]) + number


def draft_lines(draft: dict[str, Any]) -> str:
    """A whole message, indented, paragraphs kept."""
    body = "\n".join(
        textwrap.fill(safe(line), 92, initial_indent="      ", subsequent_indent="      ")
        if line.strip()
        else ""
        for line in draft["body"].split("\n")
    )
    return f"      [bold]Subject:[/bold] {safe(draft['subject'])}\n\n{body}\n"


def list_asks(asks: Sequence[dict[str, Any]], due: Sequence[dict[str, Any]]) -> None:
    console = Console(highlight=False)
    table = Table("Ask", "Employer", "State", "Sent", box=None)
    for ask in asks:
        table.add_row(
            safe(ask["id"]),
            safe(ask["employer"]),
            ask["state"].replace("_", " "),
            (ask["sent_at"] or "")[:10],
        )
    console.print(table if asks else "Nothing was asked yet.")
    for item in due:
        console.print(f"Due today: {safe(item['text'])}")


def list_recruiters(people: Sequence[dict[str, Any]]) -> None:
    table = Table("Id", "Name", "Employer", "E-mail", "Phone", "Applications", box=None)
    for person in people:
        count = "all there" if person["whole_employer"] else str(len(person["application_keys"]))
        cells = (person[name] for name in ("id", "name", "employer", "email", "phone"))
        table.add_row(*[safe(cell) for cell in cells], count)
    Console(highlight=False).print(table if people else "No recruiter is known yet.")
