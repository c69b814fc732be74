"""One sentence for the person about the page they clicked on: what it is, and whose turn it is."""

from __future__ import annotations

from scraper.model import PageKind, ParsedPage

TOLD: dict[PageKind, str] = {
    PageKind.EMPTY: "{portal} says that there are no applications here.",
    PageKind.LOGIN: "You are not signed in to {portal} here; sign in and click again.",
    PageKind.WRONG_PASSWORD: "{portal} refused the user name or password; sign in and click again.",
    PageKind.LOCKED: "{portal} has locked this account; follow what the page says, then click again.",
    PageKind.PASSWORD_EXPIRED: "{portal} asks for a new password; choose one on the page, then click again.",
    PageKind.CODE: "{portal} asks for a one-time code; type it on the page, then click again.",
    PageKind.CAPTCHA: "{portal} wants to see that you are a person; do that on the page, then click again.",
    PageKind.TERMS: "{portal} asks you to accept its terms; once you have, click again.",
    PageKind.SESSION_EXPIRED: "{portal} has signed you out; sign in and click again.",
    PageKind.MAINTENANCE: "{portal} is closed for maintenance; nothing was changed. Try again later.",
    PageKind.BLOCKED: "{portal} refused to show this page; nothing was changed. Try again later.",
    PageKind.JOB_LIST: "This page lists open jobs, not your applications; open your applications and click again.",
    PageKind.OTHER: "This page of {portal} lists no applications; open your applications there and click again.",
}
"""For every kind that holds no application; a test keeps it complete."""

NOT_A_PORTAL = "This is not a portal page that InTown knows, and no applications were found on it."
CHANGED = "This looks like your applications, but InTown could not read them; nothing was changed."


def message(page: ParsedPage, new: int = 0, changed: int = 0) -> str:
    """What to tell about `page`, of which `new` applications were added and `changed` had another status."""
    known = bool(page.portal)
    if page.kind in (PageKind.APPLICATIONS, PageKind.DETAIL):
        return _read(page, new, changed) if page.applications else CHANGED
    if not known and page.kind in (PageKind.OTHER, PageKind.JOB_LIST):
        return NOT_A_PORTAL
    return TOLD[page.kind].format(portal=page.portal_name or page.host)


def whole_list(page: ParsedPage) -> bool:
    """Whether the page shows all the applications that it speaks of."""
    shown = page.count_shown
    return page.complete and page.next_step is None and (shown is None or shown <= len(page.applications))


def _read(page: ParsedPage, new: int, changed: int) -> str:
    count = len(page.applications)
    news = [f"{new} new"] * (new > 0) + [f"{changed} changed"] * (changed > 0)
    text = f"{_applications(count)} read" + (f": {' and '.join(news)}." if news else "; nothing has changed.")
    if not page.complete:
        return f"{text} Some rows could not be read."
    if page.count_shown is not None and page.count_shown > count:
        return f"{text} The page speaks of {page.count_shown}; show the rest and click again."
    if page.next_step is not None:
        return f"{text} There are more pages; open the next one and click again."
    return text


def _applications(count: int) -> str:
    return "1 application" if count == 1 else f"{count} applications"
