"""The rules without a browser: counts, doubts, pauses, slugs, pins, and what may be typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scraper.accounts import State
from scraper.browser_page import pause_until
from scraper.browser_session import WebSession
from scraper.browser_walk import Walk, gap_in
from scraper.login_pins import is_pinned
from scraper.model import Account, Application, PageKind, ParsedPage
from scraper.outcomes import RULES, Outcome, Retry
from scraper.sync_result import DOUBTS_BELIEVED, fix_for, held_back, judge
from scraper.transport import cookie_jar

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
HOST = "lakeshore.taleo.net"


def page(*ids: str, count: int | None = None, complete: bool = True) -> ParsedPage:
    rows = tuple(Application(portal="taleo", host=HOST, external_id=i, title=f"Job {i}") for i in ids)
    kind = PageKind.APPLICATIONS if rows else PageKind.EMPTY
    return ParsedPage(
        url=f"https://{HOST}/",
        host=HOST,
        kind=kind,
        applications=rows,
        count_shown=count,
        complete=complete,
        warnings=() if complete else ("A row could not be read.",),
    )


def account(**more: object) -> Account:
    return Account(id="lakeshore", portal="taleo", host=HOST, start_url=f"https://{HOST}/", **more)  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("pages", "gap"),
    [
        ([page("1", "2", count=2)], ""),
        ([page("1", "2")], ""),
        ([page("1", "2", count=3)], "counts 3 applications, and 2"),
        ([page("1", "2", count=4), page("3", "4", count=4)], ""),
        ([page("1", "2", count=4), page("2", "3", count=4)], "counts 4 applications, and 3"),
        ([page("1", "2", count=2), page("3", count=1)], ""),  # two tabs
        ([page("1", "2", count=2), page("3", "4", count=2)], ""),  # two tabs of the same length
        ([page("1", count=3), page("3", count=1)], "counts 3 applications, and 1"),
        ([page("1", "2", count=2), page("3", count=5)], "counts 5 applications, and 1"),
        ([page("1", count=1), page(count=0)], ""),
        ([page("1", "2", count=5), page("1", "2", "3", "4", "5", count=5)], ""),  # "show more"
        ([page("1", complete=False)], "A row could not be read."),
        ([page("1", "2", "3", count=2)], ""),  # counted without drafts
    ],
)
def test_a_gap_is_found_by_the_portals_own_count(pages: list[ParsedPage], gap: str) -> None:
    found = gap_in(pages)
    assert (gap in found) if gap else found == ""


def test_what_may_be_written() -> None:
    good = judge(Walk((page("1", "2"),)), State(last_count=2))
    assert (good.outcome, good.record, good.complete) == (Outcome.OK, True, True)
    empty = judge(Walk((page(),)), State(last_count=9))
    assert (empty.outcome, empty.record, empty.complete) == (Outcome.EMPTY, True, True)
    partial = judge(Walk((page("1"),), "Page 2 of the list did not come."), State())
    assert (partial.outcome, partial.record, partial.complete) == (Outcome.PARTIAL, True, False)
    assert partial.sentence.startswith("Page 2")
    few = judge(Walk((page("1"),)), State(last_count=8))
    assert (few.outcome, few.record, few.complete) == (Outcome.SUSPECT, False, False)
    half = judge(Walk((page("1", "2", "3", "4"),)), State(last_count=8))
    assert half.outcome is Outcome.OK


def test_a_short_list_is_believed_when_it_stays_short() -> None:
    verdicts = [
        judge(Walk((page("1"),)), State(last_count=8, doubts=n)).outcome for n in range(DOUBTS_BELIEVED)
    ]
    assert verdicts == [Outcome.SUSPECT] * (DOUBTS_BELIEVED - 1) + [Outcome.OK]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_who_is_visited_again_when(outcome: Outcome) -> None:
    """Every outcome: by itself, when asked by name, and before and after a pause."""
    retry = RULES[outcome].retry
    state = State(outcome=outcome, sentence="Said.", not_before=None)
    assert (held_back(account(), state, NOW, by_name=False) is not None) is (
        retry in (Retry.AFTER_EDIT, Retry.AFTER_LOGIN)
    )
    assert (held_back(account(), state, NOW, by_name=True) is not None) is (retry is Retry.AFTER_EDIT)
    paused = State(outcome=outcome, not_before=NOW + timedelta(minutes=1))
    later = held_back(account(), paused, NOW, by_name=True)
    assert (later is not None) is (retry in (Retry.AFTER_EDIT, Retry.LATER))
    if retry is Retry.LATER:
        assert held_back(account(), paused, NOW + timedelta(minutes=1), by_name=False) is None


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_users_turn_has_a_command(outcome: Outcome) -> None:
    needs = RULES[outcome].retry in (Retry.AFTER_EDIT, Retry.AFTER_LOGIN)
    assert bool(fix_for(outcome, "x")) is needs


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("999999999999", 24 * 3600),
        ("-5", 3600),
        ("", 3600),
        ("soon", 3600),
        ("Sun, 01 Mar 2026 02:45:00 GMT", 15 * 60),
        ("Sun, 01 Mar 2026 01:00:00 GMT", 0),
        ("Sun, 01 Mar 2099 01:00:00 GMT", 24 * 3600),
    ],
)
def test_retry_after_is_honoured_within_a_day(header: str, seconds: int) -> None:
    assert pause_until(header, NOW) == NOW + timedelta(seconds=seconds)


def test_a_pin_is_scheme_host_and_port() -> None:
    hosts = frozenset({HOST})
    assert is_pinned(f"https://{HOST}/login", hosts)
    assert is_pinned(f"https://{HOST}:443/login", hosts)
    for address in (
        f"http://{HOST}/login",
        f"https://{HOST}:8443/login",
        f"https://{HOST}.evil.example/login",
        f"https://{HOST}@evil.example/login",
        f"https://user@{HOST}/login",
        f"https://evil.example/{HOST}",
        "https://l\u0430keshore.taleo.net/login",
        "https://taleo.net/login",
        "about:blank",
        "javascript:void(0)",
        f"https://{HOST}:99999/",
        "",
    ):
        assert not is_pinned(address, hosts), address


def test_a_borrowed_browsers_session_is_cut_to_the_portal() -> None:
    cookies = [
        {"name": "a", "value": "1", "domain": HOST, "path": "/"},
        {"name": "b", "value": "2", "domain": ".taleo.net", "path": "/"},
        {"name": "c", "value": "3", "domain": "bank.example", "path": "/"},
        {"name": "d", "value": "4", "domain": "other.taleo.net", "path": "/"},
    ]
    origins = [{"origin": f"https://{HOST}"}, {"origin": "https://mail.example"}]
    session = WebSession({"cookies": cookies, "origins": origins}, {"https://mail.example": []}, "agent")
    cut = session.only_for({HOST})
    assert [kept["name"] for kept in cut.storage["cookies"]] == ["a", "b"]
    assert cut.storage["origins"] == origins[:1]
    assert cut.tab_storage == {}
    assert WebSession.from_dict(cut.to_dict()) == cut


def test_cookies_keep_their_hosts() -> None:
    kept = [
        {"name": "host", "value": "1", "domain": HOST, "path": "/", "secure": True, "expires": -1},
        {"name": "wide", "value": "2", "domain": ".taleo.net", "path": "/", "secure": True, "expires": 4e9},
        {"name": "gone", "value": "3", "domain": HOST, "path": "/", "secure": True, "expires": 1},
    ]
    import urllib.request

    def sent(url: str) -> set[str]:
        request = urllib.request.Request(url)  # noqa: S310 - never opened
        cookie_jar({"cookies": kept}).add_cookie_header(request)
        header = request.get_header("Cookie") or ""
        return {part.split("=")[0].strip() for part in header.split(";") if part}

    assert sent(f"https://{HOST}/x") == {"host", "wide"}
    assert sent("https://other.taleo.net/") == {"wide"}
    assert sent("https://evil.example/") == set()
    assert sent(f"http://{HOST}/x") == set()


def test_a_list_without_rows_is_empty_only_if_every_page_says_so() -> None:
    silent = replace(page(), kind=PageKind.APPLICATIONS)
    assert judge(Walk((page(),)), State()).outcome is Outcome.EMPTY
    for pages in ((silent,), (page(), silent)):
        verdict = judge(Walk(pages), State())
        assert (verdict.outcome, verdict.record, verdict.complete) == (Outcome.SUSPECT, False, False)
