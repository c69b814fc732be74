"""The parts that small pages of this folder are put together from."""

from __future__ import annotations


def page(title: str, heading: str, body: str) -> str:
    return (
        f"<html lang=en><head><title>{title}</title></head><body><main><h1>{heading}</h1>{body}</main>"
        "<footer>Careers | Privacy | Contact</footer></body></html>"
    )


def table(heads: list[str], *rows: list[str]) -> str:
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<table><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def cards(*each: tuple[str, str, str]) -> str:
    return "".join(
        f"<div class=card><h3>{t}</h3><p>{when}</p><span class=badge>{s}</span></div>" for t, when, s in each
    )
