"""Where a secret may be typed: https, on exactly the account's own hosts, in the frame and in its form's targets."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.outcomes import Outcome, PortalError

if TYPE_CHECKING:  # the parser's users and warm visits load no Playwright
    from scraper.browser import Field
    from scraper.login import SignIn


async def check_pinned(field: Field, attempt: SignIn) -> None:
    """Raise unless the field's own frame and every target of its form are https on a pinned host."""
    for address in [field.frame_url, *await field.targets()]:
        if not is_pinned(address, attempt.hosts):
            raise PortalError(Outcome.UNKNOWN_LOGIN, f"{_where_to(address, attempt)}; nothing was sent.")


def _where_to(address: str, attempt: SignIn) -> str:
    parts = urlsplit(address)
    if parts.hostname in attempt.hosts:
        return "The sign-in form would be sent without encryption"
    host = parts.hostname or "an address without a name"
    return f"The sign-in form would be sent to {host}, not to {attempt.account.host}"


def is_pinned(address: str, hosts: frozenset[str]) -> bool:
    """Whether an address is https, on the default port, without user info, on exactly one of `hosts`."""
    try:
        parts = urlsplit(address)
        plain = parts.port in (None, 443) and parts.username is None and parts.password is None
    except ValueError:
        return False
    return parts.scheme == "https" and plain and parts.hostname in hosts
