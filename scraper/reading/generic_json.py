"""Applications in data: JSON inside the page, or answers that the page asked for, read by the names of keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from scraper.model import Stage
from scraper.reading.addresses import clean_url
from scraper.reading.generic_keys import KEYS, OTHER_KEY, OWN_KEY, TEXT_KEYS
from scraper.reading.generic_looks import Found
from scraper.reading.generic_values import is_date
from scraper.reading.generic_words import JOB_STATUS, NOT_OWN, OWN_LIST
from scraper.reading.html import Page, attr, tidy
from scraper.stage_text import plain
from scraper.stages import stage_of

MOST_VALUES = 200_000
"""Values looked at in one page's data; a page that holds more is no list of applications."""

_STATE = re.compile(
    r"(?:window\.|self\.|globalThis\.|var |let |const )?(?:\w|\[\"|\"\])+[\w.\]\"]*\s*=\s*(?=[{\[])"
)
_PARSED = re.compile(r"JSON\.parse\(\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\s*\)")
_DECODER = json.JSONDecoder()


def json_rows(page: Page, own: bool) -> list[Found]:
    """Rows found in the page's data; `own` says whether the page calls itself a list of applications."""
    best: list[Found] = []
    for where, value in _documents(page):
        for path, items in _lists(value):
            rows = _rows(page, items, f"{where}.{path}", own)
            if sum(bool(row.status) for row in rows) > sum(bool(row.status) for row in best) or (
                rows and not best
            ):
                best = rows
    return best


def _documents(page: Page) -> Iterator[tuple[str, Any]]:
    """(where it was found, parsed) of each piece of data on the page."""
    for url, body in page.answers(r""):
        yield url.split("?")[0], body
    for script in page.all("script", hidden=True):
        text = script.string or ""
        kind = attr(script, "type").lower()
        if "json" in kind and "ld+json" not in kind:
            yield from _loaded(attr(script, "id"), text)
        elif not kind or "javascript" in kind or kind == "module":
            yield from _assigned(text)
    for name, places in page.index.by_attribute.items():
        if name.startswith("data-"):
            for place in places:
                value = str(page.index.tags[place].attrs.get(name, ""))
                if len(value) > 60 and value.lstrip()[:1] in ("{", "["):
                    yield from _loaded(name, value)
    for part in page.frames:
        yield from _documents(part)


def _loaded(where: str, text: str) -> Iterator[tuple[str, Any]]:
    try:
        yield where, json.loads(text.strip().removeprefix("<!--").removesuffix("-->").strip())
    except (ValueError, RecursionError):
        return


def _assigned(text: str) -> Iterator[tuple[str, Any]]:
    """Values assigned in a script: `window.__STATE__ = {…}`, also through JSON.parse of a string."""
    for found in _STATE.finditer(text):
        try:
            value, _ = _DECODER.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        yield found[0], value
    for found in _PARSED.finditer(text):
        quoted = found[1]
        if quoted.startswith("'"):
            quoted = '"' + quoted[1:-1].replace('\\"', '"').replace("\\'", "'").replace('"', '\\"') + '"'
        try:
            yield "parsed", json.loads(json.loads(quoted))
        except (ValueError, TypeError, RecursionError):
            continue


def _lists(value: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(path, items) of every list of objects in a value, and of every object that maps ids to objects."""
    stack: list[tuple[str, Any]] = [("", value)]
    seen = 0
    while stack and seen < MOST_VALUES:
        path, node = stack.pop()
        seen += 1
        if isinstance(node, dict):
            values = list(node.values())
            if (
                len(values) >= 2
                and all(isinstance(item, dict) for item in values)
                and all(re.search(r"\d", str(key)) for key in node)
            ):
                yield path, values
            stack.extend(
                (f"{path}.{key}", item) for key, item in node.items() if isinstance(item, dict | list)
            )
        elif isinstance(node, list):
            items = [item for item in node if isinstance(item, dict)]
            if items and len(items) == len(node):
                # An edge of GraphQL holds the thing itself.
                nodes = [item["node"] for item in items if isinstance(item.get("node"), dict)]
                yield path, nodes if len(nodes) == len(items) else items
            stack.extend((f"{path}[]", item) for item in node if isinstance(item, dict | list))


def _rows(page: Page, items: list[dict[str, Any]], path: str, own: bool) -> list[Found]:
    words = plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", path.replace("_", " ")))
    if OTHER_KEY.search(path.rsplit("[]", 1)[-1]) or OTHER_KEY.search(path.rsplit(".", 1)[-1]):
        return []
    mine = bool(OWN_KEY.search(path)) or bool(OWN_LIST.search(words)) or (own and not NOT_OWN.search(words))
    rows = [row for item in items if not _is_posting(item) and (row := _row(page, item)) and row.title]
    told = [row for row in rows if row.status and stage_of(row.status).stage is not Stage.UNKNOWN]
    specific = [row for row in told if not JOB_STATUS.match(plain(row.status))]
    if mine and (told or any(row.applied for row in rows)):
        return [row for row in rows if row.status or row.applied]
    if len(specific) >= 1 and len(told) >= 0.5 * len(rows) and any(row.applied for row in rows):
        return rows
    return []


def _is_posting(item: dict[str, Any]) -> bool:
    return str(item.get("@type", "")) == "JobPosting"


def _row(page: Page, item: dict[str, Any]) -> Found:
    row = Found(labelled=True)
    flat = _flat(item)
    for name, pattern in KEYS.items():
        for key, value in flat:
            if getattr(row, name) or not pattern.match(key):
                continue
            text = _text_of(value)
            if (
                not text
                or (name == "status" and not re.search(r"[^\W\d_]", text))
                or (name == "title" and len(text) > 200)
            ):
                continue
            setattr(row, name, text)
    row.applied = _date_text(page, row.applied)
    row.url = clean_url(row.url) if row.url.startswith("http") else ""
    return row


def _flat(item: dict[str, Any]) -> list[tuple[str, Any]]:
    """The item's own keys, better named first, then those of the objects inside it (job, company …)."""
    own = [(_key(key), value) for key, value in item.items()]
    own.sort(
        key=lambda pair: (
            pair[0] in ("name", "date", "state", "id", "title", "created", "created_at", "job", "position")
        )
    )
    inner = [
        (f"{_key(key)}_{_key(k)}" if _key(k) in ("name", "id") else _key(k), v)
        for key, value in item.items()
        if isinstance(value, dict)
        and _key(key)
        in (
            "job",
            "position",
            "posting",
            "requisition",
            "vacancy",
            "job_posting",
            "opportunity",
            "jobposting",
            "role",
            "application",
            "attributes",
            "fields",
            "data",
            "company",
            "employer",
            "job_requisition",
            "oferta",
            "offre",
            "stelle",
            "vaga",
            "puesto",
            "poste",
        )
        for k, v in value.items()
    ]
    return (
        [
            pair
            for pair in own
            if not isinstance(pair[1], dict)
            or pair[0]
            not in (
                "job",
                "position",
                "posting",
                "requisition",
                "vacancy",
                "role",
                "opportunity",
                "stelle",
                "oferta",
                "offre",
                "vaga",
                "puesto",
                "poste",
            )
        ]
        + inner
        + own
    )


def _key(key: str) -> str:
    return plain(
        re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(key)).replace("-", "_").replace(" ", "_")
    ).replace(" ", "_")


def _text_of(value: Any) -> str:
    """A value as text: itself, or the label of an object, or the first of a list."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str | int | float):
        return tidy(str(value))
    if isinstance(value, dict):
        return next(
            (tidy(value[key]) for key in TEXT_KEYS if isinstance(value.get(key), str) and value[key].strip()),
            "",
        )
    if isinstance(value, list) and value:
        return _text_of(value[0])
    return ""


def _date_text(page: Page, text: str) -> str:
    """Epoch seconds and milliseconds as a date; other texts as they are if they are dates."""
    if re.fullmatch(r"\d{10}(?:\d{3})?", text):
        seconds = int(text[:10])
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return text if is_date(page, text) or re.match(r"\d{4}-\d\d-\d\dT", text) else ""
