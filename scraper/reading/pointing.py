"""A CSS selector for one element of a page, so that the sync can press the same one in the live page."""

from __future__ import annotations

from bs4 import Tag

from scraper.reading.html import Page, attr


def selector_for(page: Page, tag: Tag) -> str:
    """A CSS selector that finds exactly this visible tag, by its meaning; "" if there is none.

    For `Click`: the sync presses it in the live page, where class names and positions may differ.
    """
    candidates = [
        f'{tag.name}[{name}="{value}"]'
        for name in (
            "id",
            "data-automation-id",
            "data-testid",
            "aria-controls",
            "aria-label",
            "title",
            "name",
        )
        if (value := attr(tag, name))
        and '"' not in value
        and "\\" not in value
        and value == str(tag.attrs[name])
    ]
    words = page.text_of(tag)
    role = attr(tag, "role")
    # In a live page ":has-text" also holds for everything around, so only for what can be pressed.
    if words and '"' not in words and len(words) <= 60 and (role or tag.name in ("a", "button", "summary")):
        base = f'{tag.name}[role="{role}"]' if role else tag.name
        candidates.append(f'{base}:has-text("{words}")')
    for candidate in candidates:
        if _only(page, candidate, tag):
            return candidate
    outer = tag.parent
    while outer is not None and outer.name not in ("body", "html", "[document]"):
        for name in ("id", "data-automation-id", "data-testid", "aria-label"):
            if (value := attr(outer, name)) and '"' not in value and "\\" not in value:
                scoped = [f'[{name}="{value}"] {candidate}' for candidate in candidates]
                found = next((one for one in scoped if _only(page, one, tag)), "")
                if found:
                    return found
        outer = outer.parent
    return ""


def _only(page: Page, css: str, tag: Tag) -> bool:
    found = page.all(css)
    return len(found) == 1 and found[0] is tag
