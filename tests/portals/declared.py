"""What a portal module declares, gathered: a new kind of selector is added here and looked at by every test."""

from __future__ import annotations

from scraper.portals import Portal


def selectors(portal: Portal) -> list[str]:
    """Every CSS selector of a module."""
    form = portal.login_form
    wanted = [
        *portal.marks.values(),
        portal.signed_in,
        portal.signature,
        portal.frame,
        portal.tabs,
        portal.next_page,
        portal.rows,
        portal.count,
        portal.detail,
        *portal.dismiss,
        portal.page_size[0],
    ]
    wanted += [form.user, form.password, form.submit, form.error, *form.open] if form else []
    return [css for css in wanted if css]
