"""One sentence for the person about the page they clicked on: what it is, and whose turn it is."""

from __future__ import annotations

from scraper.model import PageKind, ParsedPage
from server.said import Said


def message(page: ParsedPage, new: int = 0, changed: int = 0) -> Said:
    """What to tell about `page`, of which `new` applications were added and `changed` had another status."""
    known = bool(page.portal)
    if page.kind in (PageKind.APPLICATIONS, PageKind.DETAIL):
        return _read(page, new, changed) if page.applications else Said("page.changed")
    if not known and page.kind in (PageKind.OTHER, PageKind.JOB_LIST):
        return Said("page.not_a_portal")
    return Said(f"page.{page.kind.value}", portal=page.portal_name or page.host)


def whole_list(page: ParsedPage) -> bool:
    """Whether the page shows all the applications that it speaks of."""
    shown = page.count_shown
    return page.complete and page.next_step is None and (shown is None or shown <= len(page.applications))


def _read(page: ParsedPage, new: int, changed: int) -> Said:
    count = len(page.applications)
    news = "both" if new and changed else "new" if new else "changed" if changed else "same"
    read = Said(f"page.read_{news}", count=count, new=new, changed=changed)
    if not page.complete:
        return Said("page.rows_unread", read=read)
    if page.count_shown is not None and page.count_shown > count:
        return Said("page.more_counted", read=read, shown=page.count_shown)
    return Said("page.more_pages", read=read) if page.next_step is not None else read
