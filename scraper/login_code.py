"""Answers a portal's question for an authenticator's code, where the user gave InTown the secret.

One code a visit, and none twice. A code that was sent by e-mail or to a phone is the person's to read: it is
never guessed that an authenticator's would do as well.
"""

from __future__ import annotations

import asyncio
import re
from html import unescape
from typing import TYPE_CHECKING

from scraper.browser_page import settle
from scraper.login_pins import check_pinned
from scraper.model import PageKind, ParsedPage
from scraper.outcomes import Outcome, PortalError

if TYPE_CHECKING:  # the parser's users and warm visits load no Playwright
    from scraper.login import SignIn

FIELD = (
    "input[autocomplete=one-time-code], [data-automation-id=verificationCode], "
    "[data-automation-id=securityCode], input[name=code], input[name=otp], input[name=totp]"
)
ANSWER_SECONDS = 15.0

_SENT = re.compile(
    r"(?:\b(?:sent|emailed|e-mailed|texted)\b[^.]{0,80}\b(?:e-?mail|phone|mobile|number|inbox|sms|text message)"
    r"|\bcheck your (?:e-?mail|phone|inbox))",
    re.IGNORECASE,
)
_APP = re.compile(r"authenticat(?:or|ion) app|authenticator", re.IGNORECASE)

SENT_ELSEWHERE = "The portal sent a code by e-mail or phone, which InTown cannot see; sign in yourself once."
NOT_TAKEN = "The portal did not take the authenticator's code; check the secret and this computer's clock."


async def give_code(attempt: SignIn) -> ParsedPage:
    """Type the code into the page that asks for it, send it once, and return the page that followed.

    Raises PortalError(code_needed) where the page asks for another kind of code or does not take it.
    """
    tab, gate, code = attempt.tab, attempt.tab.gate, attempt.code
    assert gate is not None
    assert code is not None
    raise_if_sent_elsewhere((await tab.snapshot()).html)
    field = await tab.field(FIELD)
    if field is None or await field.is_trap():
        raise PortalError(Outcome.CODE_NEEDED)
    gate.limit(attempt.hosts)
    await check_pinned(field, attempt)
    button = await field.own_button()
    if button is None:
        raise PortalError(Outcome.CODE_NEEDED)
    await field.fill(await asyncio.to_thread(code))
    await check_pinned(field, attempt)
    tab.sending_now()
    await button.press()
    page = await settle(
        tab, attempt.portal, seconds=ANSWER_SECONDS, is_answer=lambda kind: kind is not PageKind.CODE
    )
    gate.open()
    if page.kind is PageKind.CODE:
        raise PortalError(Outcome.CODE_NEEDED, NOT_TAKEN)
    return page


def raise_if_sent_elsewhere(html: str) -> None:
    """Raise where the page speaks of a code that was sent, and of no app."""
    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
    if _SENT.search(text) and not _APP.search(text):
        raise PortalError(Outcome.CODE_NEEDED, SENT_ELSEWHERE)
