"""Turns what Playwright raises into our own words; no other file needs to know a Playwright error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.async_api import Error, TimeoutError

from scraper.browser_session import BrowserGone
from scraper.outcomes import Outcome, PortalError


def is_gone(error: Error) -> bool:
    text = error.message
    return "has been closed" in text or "Target crashed" in text or "Connection closed" in text


# What the browser says -> what we say. First match wins. Sources: Chromium's net_error_list.h.
NET_ERRORS = (
    ("ERR_CERT", "The portal's certificate is not valid; InTown did not go on."),
    ("ERR_SSL", "No safe connection to the portal could be made; InTown did not go on."),
    ("ERR_NAME_NOT_RESOLVED", "The portal's name is not known to the network."),
    ("ERR_INTERNET_DISCONNECTED", "This computer is not connected to the internet."),
    ("ERR_TOO_MANY_REDIRECTS", "The portal sends the visit round in circles."),
    ("ERR_", "The portal cannot be reached right now; nothing changed."),
)


@contextmanager
def mapped_errors() -> Iterator[None]:
    """Turns what Playwright raises into our own words, most special first."""
    try:
        yield
    except TimeoutError as error:
        raise PortalError(
            Outcome.UNAVAILABLE, "The portal did not answer in time; nothing changed."
        ) from error
    except Error as error:
        if is_gone(error):
            raise BrowserGone("The browser was closed before the visit was over.") from error
        for sign, sentence in NET_ERRORS:
            if sign in error.message:
                raise PortalError(Outcome.UNAVAILABLE, sentence) from error
        # A failed step on a page that is there: the page is not as it was known. No page text goes along.
        raise PortalError(
            Outcome.PAGE_CHANGED, "A step on the portal's page did not work; nothing was changed."
        ) from error
