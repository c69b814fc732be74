"""What came of the one submit, told in every order in which a busy browser may send its news."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from scraper.accounts import account_from_url
from scraper.login import SignIn, result
from scraper.outcomes import Outcome, PortalError
from scraper.portals import portal_by_kind

ACCOUNT = account_from_url("https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl", username="dreyes")


class OnErrorPage:
    """A tab that shows the browser's own error page; the word of where it was led comes `late`, or never."""

    on_error_page = True
    sending = False
    document = None
    api_status = 0

    def __init__(self, late: str) -> None:
        self.led_to = ""
        self.gate = SimpleNamespace(refused=[late or "cdn.example.org"], open=lambda: None)
        self._late = late
        self._looks = 0

    def __getattribute__(self, name: str) -> Any:
        if name == "led_to":
            self._looks += 1
            if self._looks > 4:
                return self._late
        return super().__getattribute__(name)

    async def password_held(self) -> bool:
        return False


@pytest.mark.parametrize(
    ("late", "outcome", "says"),
    [
        ("collect.login-check.example", Outcome.UNKNOWN_LOGIN, "led to collect.login-check.example"),
        ("", Outcome.UNAVAILABLE, "cannot be reached"),
    ],
)
def test_where_it_was_led_is_told_even_when_the_error_page_is_there_first(
    late: str, outcome: Outcome, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.login.WORD_SECONDS", 0.5)
    tab: Any = OnErrorPage(late)
    attempt = SignIn(tab, portal_by_kind("taleo"), ACCOUNT, lambda: "", lambda: None)
    with pytest.raises(PortalError, match=says) as raised:
        asyncio.run(result(attempt, object(), 0))
    assert raised.value.outcome is outcome
