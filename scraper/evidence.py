"""What was on the screen when a visit went wrong: the page, scrubbed, a picture, and the step, in a local folder.

It never leaves the machine by itself. Typed text is painted over in the picture; the page is the cleaned
capture (no form values, no tokens), with the account's user name and every e-mail address taken out.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.logs import printable, redact
from scraper.model import Account
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.settings import Home
from scraper.store_files import make_private_folder

if TYPE_CHECKING:
    from scraper.browser import Tab

log = logging.getLogger("intown.sync")

KEPT = 30
BUDGET = 50 * 1024 * 1024
"""Bytes that all kept together may take: a page with its picture can be several millions."""

SECONDS = 15.0
NOTHING_TO_SEE = frozenset({Outcome.RATE_LIMITED, Outcome.UNAVAILABLE})
"""Outcomes that their sentence explains whole; a picture of an error page would add nothing."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def worth_keeping(error: Exception) -> bool:
    """Whether a picture helps to understand this ending."""
    return not (isinstance(error, PortalError) and error.outcome in NOTHING_TO_SEE)


async def keep_evidence(tab: Tab, home: Home, account: Account, step: str, said: str) -> Path | None:
    """Save what the tab shows; the folder, or None when nothing could be saved (that is logged, never raised:
    the visit's own ending is what counts)."""
    folder = home.logs / "evidence" / f"{datetime.now():%Y%m%d-%H%M%S}-{account.id}"
    try:
        async with asyncio.timeout(SECONDS):
            make_private_folder(folder)
            snapshot = await tab.snapshot()
            pages = [snapshot.html, *(frame.html for frame in snapshot.frames)]
            for number, html in enumerate(pages):
                _write(folder / ("page.html" if not number else f"frame{number}.html"), scrub(html, account))
            refused = ", ".join(dict.fromkeys(tab.gate.refused)) if tab.gate else ""
            status = tab.document.status if tab.document else 0
            _write(
                folder / "step.txt",
                f"step: {step}\nsaid: {printable(said)}\npage: {snapshot.url}\nstatus: {status}\n"
                f"turned away: {printable(refused)}\n",
            )
            await tab.picture(folder / "page.png")
            os.chmod(folder / "page.png", 0o600)
            let_go(folder.parent)
    except (InTownError, OSError, TimeoutError) as error:
        log.warning("No evidence of %s could be saved: %s", account.id, type(error).__name__)
        if not folder.exists() or not any(folder.iterdir()):
            return None
    return folder


def scrub(html: str, account: Account) -> str:
    """The page without the user's name for this login and without e-mail addresses."""
    html = redact(html)
    if len(account.username) > 2:
        html = re.sub(re.escape(account.username), "user", html, flags=re.IGNORECASE)
    return _EMAIL.sub("user@example.org", html)


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)


def let_go(folder: Path) -> None:
    """Remove what was kept longest, until the rest is within KEPT and BUDGET; the newest always stays."""
    newest_first = sorted((path for path in folder.iterdir() if path.is_dir()), reverse=True)
    taken = 0
    for number, kept in enumerate(newest_first):
        taken += sum(path.stat().st_size for path in kept.iterdir())
        if number and (number >= KEPT or taken > BUDGET):
            shutil.rmtree(kept, ignore_errors=True)
