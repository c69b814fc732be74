"""Ways in which invented portals lay out a list of applications. Each gives HTML for rows in a language."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from html import escape

from tests.generic.words import APPLIED_ON, BUTTONS, LABELS, Row, date_text

Style = Callable[[list[Row], str, random.Random], str]


def _buttons(lang: str) -> str:
    return "".join(f"<button>{text}</button>" for text in BUTTONS[lang])


def table(rows: list[Row], lang: str, rng: random.Random) -> str:
    fields = ["title", "status", "applied", *rng.sample(["company", "location", "requisition"], 2)]
    rng.shuffle(fields)
    head = "".join(f"<th>{LABELS[lang][name]}</th>" for name in fields) + "<th></th>"
    body = "".join(
        "<tr>"
        + "".join(f"<td>{_cell(row, name, lang)}</td>" for name in fields)
        + f"<td>{_buttons(lang)}</td></tr>"
        for row in rows
    )
    return f"<table class=t1><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(row: Row, name: str, lang: str) -> str:
    if name == "applied":
        return date_text(row.applied, lang)
    if name == "title":
        return f'<a href="/job/{row.requisition}">{escape(row.title)}</a>'
    return escape(str(getattr(row, name)))


def table_without_head(rows: list[Row], lang: str, rng: random.Random) -> str:
    return (
        "<table>"
        + "".join(
            f"<tr><td>{row.requisition}</td><td>{_cell(row, 'title', lang)}</td><td>{escape(row.location)}</td><td>{date_text(row.applied, lang)}</td><td>{row.status}</td></tr>"
            for row in rows
        )
        + "</table>"
    )


def td_heads(rows: list[Row], lang: str, rng: random.Random) -> str:
    label = LABELS[lang]
    return (
        f"<table border=1><tr><td><b>{label['title']}</b><td><b>{label['location']}</b><td><b>{label['status']}</b></tr>"
        + "".join(f"<tr><td>{escape(row.title)}<td>{row.location}<td>{row.status}" for row in rows)
        + "</table>"
    )


def grid(rows: list[Row], lang: str, rng: random.Random) -> str:
    label = LABELS[lang]
    head = "".join(
        f'<div role="columnheader"><span>{label[name]}</span></div>'
        for name in ("title", "company", "applied", "status")
    )
    body = "".join(
        '<div role="row">'
        + "".join(
            f'<div role="gridcell"><div>{_cell(row, name, lang)}</div></div>'
            for name in ("title", "company", "applied", "status")
        )
        + "</div>"
        for row in rows
    )
    return f'<div role="grid"><div role="rowgroup"><div role="row">{head}</div></div><div role="rowgroup">{body}</div></div>'


def grouped_by_employer(rows: list[Row], lang: str, rng: random.Random) -> str:
    label = LABELS[lang]
    parts = [f"<tr><th>{label['title']}</th><th>{label['applied']}</th><th>{label['status']}</th></tr>"]
    for company in dict.fromkeys(row.company for row in rows):
        parts.append(f"<tr class=grp><td colspan=3>{escape(company)}</td></tr>")
        parts += [
            f"<tr><td>{escape(row.title)}</td><td>{date_text(row.applied, lang)}</td><td>{row.status}</td></tr>"
            for row in rows
            if row.company == company
        ]
    return f"<table>{''.join(parts)}</table>"


def grouped_by_status(rows: list[Row], lang: str, rng: random.Random) -> str:
    parts = []
    for status in dict.fromkeys(row.status for row in rows):
        its = [row for row in rows if row.status == status]
        cards = "".join(
            f'<li class="c"><h4>{escape(row.title)}</h4><p>{escape(row.company)}</p><small>{APPLIED_ON[lang].format(date_text(row.applied, lang))}</small></li>'
            for row in its
        )
        parts.append(f"<section><h3>{status} ({len(its)})</h3><ul>{cards}</ul></section>")
    return "".join(parts)


def merged_cells(rows: list[Row], lang: str, rng: random.Random) -> str:
    label = LABELS[lang]
    parts = [f"<tr><th>{label['company']}</th><th>{label['title']}</th><th>{label['status']}</th></tr>"]
    for company in dict.fromkeys(row.company for row in rows):
        its = [row for row in rows if row.company == company]
        for number, row in enumerate(its):
            first = f"<td rowspan={len(its)}>{escape(company)}</td>" if number == 0 else ""
            parts.append(f"<tr>{first}<td>{escape(row.title)}</td><td>{row.status}</td></tr>")
    return f"<table>{''.join(parts)}</table>"


def cards(rows: list[Row], lang: str, rng: random.Random) -> str:
    badge = rng.choice(["badge", "chip status", "application-status", "css-1x2y"])
    head = rng.choice(["h2", "h3", "h4"])
    return (
        "<div class=cards>"
        + "".join(
            f'<div class="card"><div class=card-body><{head}><a href="/jobs/{row.requisition}/x">{escape(row.title)}</a></{head}><div>{escape(row.company)}</div><div>{row.location}</div>'
            f'<span class="{badge}">{row.status}</span><div>{APPLIED_ON[lang].format(date_text(row.applied, lang))}</div>{_buttons(lang)}</div></div>'
            for row in rows
        )
        + "</div>"
    )


def bare_divs(rows: list[Row], lang: str, rng: random.Random) -> str:
    return (
        "<div>"
        + "".join(
            f"<div class=r><div>{escape(row.title)}</div><div>{escape(row.company)} · {row.location}</div><div>{row.status}</div></div>"
            for row in rows
        )
        + "</div>"
    )


def items(rows: list[Row], lang: str, rng: random.Random) -> str:
    return (
        "<ul>"
        + "".join(
            f"<li><strong>{escape(row.title)}</strong><br>{escape(row.company)}<br>{LABELS[lang]['status']}: {row.status}<br>{LABELS[lang]['applied']}: {date_text(row.applied, lang)}</li>"
            for row in rows
        )
        + "</ul>"
    )


def definitions(rows: list[Row], lang: str, rng: random.Random) -> str:
    label = LABELS[lang]
    one = "".join(
        "<dl>"
        + "".join(
            f"<dt>{label[name]}</dt><dd>{_plain(row, name, lang)}</dd>"
            for name in ("title", "requisition", "location", "applied", "status")
        )
        + "</dl>"
        for row in rows
    )
    return f"<div>{one}</div>"


def one_definition_list(rows: list[Row], lang: str, rng: random.Random) -> str:
    label = LABELS[lang]
    return (
        "<dl>"
        + "".join(
            f"<dt>{label[name]}:</dt><dd>{_plain(row, name, lang)}</dd>"
            for row in rows
            for name in ("title", "company", "status")
        )
        + "</dl>"
    )


def _plain(row: Row, name: str, lang: str) -> str:
    return date_text(row.applied, lang) if name == "applied" else escape(str(getattr(row, name)))


def labelled_text(rows: list[Row], lang: str, rng: random.Random) -> str:
    label = LABELS[lang]
    return "".join(
        f"<div class=entry><p>{label['title']}: {escape(row.title)}</p><p>{label['requisition']}: {row.requisition}</p><p>{label['status']}: <b>{row.status}</b></p></div>"
        for row in rows
    )


def flat(rows: list[Row], lang: str, rng: random.Random) -> str:
    return (
        "<div>"
        + "".join(
            f"<h3>{escape(row.title)}</h3><p>{escape(row.company)}</p><p><em>{row.status}</em></p>"
            for row in rows
        )
        + "</div>"
    )


def icons(rows: list[Row], lang: str, rng: random.Random) -> str:
    return (
        "<ul class=apps>"
        + "".join(
            f'<li><i class="ico" role="img" aria-label="{row.status}"></i><a href="/a/{row.requisition}">{escape(row.title)}</a><span>{escape(row.company)}</span></li>'
            for row in rows
        )
        + "</ul>"
    )


def attributes(rows: list[Row], lang: str, rng: random.Random) -> str:
    return (
        "<div>"
        + "".join(
            f'<article data-status="{row.status}" data-id="{row.requisition}"><h3>{escape(row.title)}</h3><p>{row.location}</p><p>{APPLIED_ON[lang].format(date_text(row.applied, lang))}</p></article>'
            for row in rows
        )
        + "</div>"
    )


def phone_and_desktop(rows: list[Row], lang: str, rng: random.Random) -> str:
    return f'<div class="d-none d-md-block">{table(rows, lang, random.Random(1))}</div><div class="d-md-none">{cards(rows, lang, rng)}</div>'


def script_json(rows: list[Row], lang: str, rng: random.Random) -> str:
    data = [
        {
            "id": f"a-{n}",
            "jobTitle": row.title,
            "companyName": row.company,
            "status": {"code": n, "label": row.status},
            "location": {"name": row.location},
            "appliedOn": row.applied.isoformat(),
            "requisitionId": row.requisition,
        }
        for n, row in enumerate(rows)
    ]
    return f'<div id=root></div><script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"pageProps": {"applications": data, "recommendedJobs": [{"title": "Cook", "status": "Open"}]}}})}</script>'


def window_state(rows: list[Row], lang: str, rng: random.Random) -> str:
    data = {
        "candidate": {
            "applications": {
                "items": [
                    {
                        "job": {"title": row.title, "id": row.requisition},
                        "currentStage": row.status,
                        "employer": row.company,
                        "submittedAt": f"{row.applied.isoformat()}T10:00:00Z",
                    }
                    for row in rows
                ]
            }
        }
    }
    return f"<div id=app></div><script>window.__INITIAL_STATE__ = {json.dumps(data)};\nwindow.ready=true;</script>"


def layout_tables(rows: list[Row], lang: str, rng: random.Random) -> str:
    label = LABELS[lang]
    inner = "".join(
        f"<table><tr><td><font size=3><a href='x.cfm?jobid={row.requisition}'>{escape(row.title)}</a></font></td></tr><tr><td>{label['status']}: {row.status}</td></tr></table><hr>"
        for row in rows
    )
    return f"<table width=100%><tr><td width=20%>&nbsp;</td><td>{inner}</td></tr></table>"


def vertical_tables(rows: list[Row], lang: str, rng: random.Random) -> str:
    label = LABELS[lang]
    return "".join(
        "<table class=v>"
        + "".join(
            f"<tr><th>{label[name]}</th><td>{_plain(row, name, lang)}</td></tr>"
            for name in ("title", "company", "status", "applied")
        )
        + "</table>"
        for row in rows
    )


def accordion(rows: list[Row], lang: str, rng: random.Random) -> str:
    return "".join(
        f'<details class=a><summary>{escape(row.title)} <span class="pill">{row.status}</span></summary><p>{LABELS[lang]["applied"]}: {date_text(row.applied, lang)}</p><p>{row.location}</p></details>'
        for row in rows
    )


def links(rows: list[Row], lang: str, rng: random.Random) -> str:
    return (
        '<div class="list">'
        + "".join(
            f'<a class="row" href="/application/{row.requisition}"><span class="name">{escape(row.title)}</span><span class="org">{escape(row.company)}</span><span class="st">{row.status}</span></a>'
            for row in rows
        )
        + "</div>"
    )


def piped(rows: list[Row], lang: str, rng: random.Random) -> str:
    return (
        "<ol>"
        + "".join(f"<li>{escape(row.title)} | {row.requisition} | {row.status}</li>" for row in rows)
        + "</ol>"
    )


STYLES: dict[str, Style] = {
    made.__name__: made
    for made in (
        table, table_without_head, td_heads, grid, grouped_by_employer, grouped_by_status, merged_cells, cards, bare_divs, items, definitions,
        one_definition_list, labelled_text, flat, icons, attributes, phone_and_desktop, script_json, window_state, layout_tables, vertical_tables,
        accordion, links, piped,
    )
}  # fmt: skip
