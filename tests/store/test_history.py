"""What reading a page may change in the store, and what it may not."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model import Application, Confidence, PageKind, Stage
from scraper.store import Recorded, Store, correct, record_page
from tests.store.pages import START, hours, job, page
from tests.store.readings import changes, read, stored


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "intown.json")


def test_a_new_application_is_kept_whole(store: Store) -> None:
    done = read(store, job(applied_on=date(2026, 2, 1)), at=0)
    assert done == Recorded(new=(job().key,), seen=(job().key,))
    assert stored(store) == {
        "portal": "taleo",
        "host": "lakeshore.taleo.net",
        "external_id": "1",
        "title": "Nurse 1",
        "company": "Lakeshore Health",
        "status_raw": "Under Review",
        "stage": "under_review",
        "confidence": "sure",
        "location": "US-OH-Cleveland",
        "applied_on": "2026-02-01",
        "requisition": "481",
        "url": "https://lakeshore.taleo.net/job/1",
        "key": "taleo|lakeshore.taleo.net|1",
        "account": "lake",
        "first_seen": START.isoformat(),
        "last_seen": START.isoformat(),
        "changed_at": START.isoformat(),
        "change_count": 0,
        "listed": True,
        "misses": 0,
        "missed_at": None,
    }


def test_a_change_is_appended_with_the_moment_it_was_first_seen(store: Store) -> None:
    read(store, job(), at=0)
    done = read(store, job(status="Referred", stage=Stage.REFERRED), at=24)
    again = read(store, job(status="Referred", stage=Stage.REFERRED), at=48)
    assert [change.new_status for change in done.changed] == ["Referred"]
    assert again.changed == ()
    assert store.read().all("changes") == {
        f"{job().key}#1": {
            "key": job().key,
            "title": "Nurse 1",
            "company": "Lakeshore Health",
            "requisition": "481",
            "old_status": "Under Review",
            "old_stage": "under_review",
            "new_status": "Referred",
            "new_stage": "referred",
            "seen_at": hours(24).isoformat(),
            "old_last_seen": hours(0).isoformat(),
        }
    }
    now = stored(store)
    assert (now["changed_at"], now["last_seen"]) == (hours(24).isoformat(), hours(48).isoformat())


def test_a_flapping_status_keeps_its_whole_history_and_is_marked(store: Store) -> None:
    read(store, job(), at=0)
    first = read(store, job(status="Referred", stage=Stage.REFERRED), at=24)
    back = read(store, job(), at=48)
    again = read(store, job(status="Referred", stage=Stage.REFERRED), at=72)
    much_later = read(store, job(), at=24 * 30)
    assert first.flapping == ()
    assert back.flapping == again.flapping == (job().key,)
    assert much_later.flapping == ()
    assert changes(store) == [
        ("Under Review", "Referred"),
        ("Referred", "Under Review"),
        ("Under Review", "Referred"),
        ("Referred", "Under Review"),
    ]


@pytest.mark.parametrize("text", ["under  review", "UNDER REVIEW", " Under Review "])
def test_other_spacing_or_case_is_no_change(store: Store, text: str) -> None:
    read(store, job(), at=0)
    assert read(store, job(status=text), at=24).changed == ()


@pytest.mark.parametrize("text", ["", "   "])
def test_a_blank_status_says_nothing(store: Store, text: str) -> None:
    read(store, job(status="Referred", stage=Stage.REFERRED), at=0)
    blank = job(status=text, stage=Stage.UNKNOWN, confidence=Confidence.GUESS)
    assert read(store, blank, at=24).changed == ()
    now = stored(store)
    assert (now["status_raw"], now["stage"], now["confidence"]) == ("Referred", "referred", "sure")


def test_a_status_read_for_the_first_time_is_no_change(store: Store) -> None:
    read(store, job(status="", stage=Stage.UNKNOWN), at=0)
    assert read(store, job(), at=24).changed == ()
    assert (stored(store)["status_raw"], stored(store)["stage"]) == ("Under Review", "under_review")
    assert stored(store)["changed_at"] == hours(0).isoformat()


def test_an_unknown_status_is_kept_as_it_reads(store: Store) -> None:
    read(store, job(), at=0)
    done = read(store, job(status="Phase Q", stage=Stage.UNKNOWN, confidence=Confidence.GUESS), at=24)
    assert [change.new_stage for change in done.changed] == [Stage.UNKNOWN]
    assert (stored(store)["status_raw"], stored(store)["stage"]) == ("Phase Q", "unknown")


def test_a_better_vocabulary_is_no_news_but_the_ended_list_is(store: Store) -> None:
    received = {"status": "Application Received"}
    read(store, job(**received, stage=Stage.ACTIVE), at=0)
    assert read(store, job(**received, stage=Stage.RECEIVED), at=24).changed == ()
    assert stored(store)["stage"] == "received"
    ended = read(store, job(**received, stage=Stage.INACTIVE), at=48)
    assert [(c.old_stage, c.new_stage) for c in ended.changed] == [(Stage.RECEIVED, Stage.INACTIVE)]
    unreadable = read(store, job(**received, stage=Stage.UNKNOWN), at=72)
    assert unreadable.changed == ()
    assert stored(store)["stage"] == "inactive"


def test_the_click_and_the_sync_know_the_same_application(store: Store) -> None:
    clicked = read(store, job(), at=0, account=None, complete=False)
    synced = read(store, job(), at=1)
    clicked_again = read(store, job(status="Referred", stage=Stage.REFERRED), at=2, account=None)
    assert (len(clicked.new), synced.new, clicked_again.new) == (1, (), ())
    assert stored(store)["account"] == "lake"
    assert len(clicked_again.changed) == 1


def test_rows_without_id_or_title_are_not_recorded(store: Store) -> None:
    done = read(
        store, job(external_id=" "), job(2, title=""), job(3, portal=""), job(4, host=""), job(5), at=0
    )
    assert done.seen == (job(5).key,)


def test_an_id_that_cannot_be_stored_as_it_is_is_still_the_same_application(store: Store) -> None:
    strange = job("a\0b\ud800")
    assert len(read(store, strange, at=0).new) == 1
    for at in (24, 48, 72, 96):
        done = read(store, strange, at=at)
        assert (done.new, done.not_listed) == ((), ())
    changed = read(store, job("a\0b\ud800", "Referred", Stage.REFERRED), at=120)
    assert store.read().get("applications", changed.seen[0]) is not None
    assert len(store.read().all("changes")) == 1


@pytest.mark.parametrize(
    "kind", [kind for kind in PageKind if kind not in (PageKind.APPLICATIONS, PageKind.DETAIL)]
)
def test_pages_that_are_no_list_record_nothing(store: Store, kind: PageKind) -> None:
    read(store, job(), at=0)
    before = store.path.read_bytes()
    for at in (24, 48, 72, 96):
        parsed = page(job(status="Hired", stage=Stage.HIRED), kind=kind)
        assert record_page(store, "lake", parsed, seen_at=hours(at), complete=True).changed == ()
    assert store.path.read_bytes() == before


def test_blank_fields_do_not_erase_known_ones(store: Store) -> None:
    read(store, job(applied_on=date(2026, 2, 1)), at=0)
    read(store, job(location="", requisition="", company="", url="", applied_on=None), at=24)
    now = stored(store)
    assert (now["location"], now["requisition"], now["company"]) == (
        "US-OH-Cleveland",
        "481",
        "Lakeshore Health",
    )
    assert now["applied_on"] == "2026-02-01"
    assert now["url"].endswith("/job/1")


def test_a_row_shown_twice_counts_once_in_its_clearest_reading(store: Store) -> None:
    read(store, job(), at=0)
    sure = job(status="Referred", stage=Stage.REFERRED)
    guess = job(status="Referred to", stage=Stage.REFERRED, confidence=Confidence.GUESS)
    blank = job(status="", stage=Stage.UNKNOWN)
    done = read(store, blank, sure, guess, blank, at=24)
    assert [change.new_status for change in done.changed] == ["Referred"]
    assert done.seen == (job().key,)


def test_a_page_sent_late_turns_nothing_back(store: Store) -> None:
    read(store, job(status="Referred", stage=Stage.REFERRED), at=24)
    late = read(store, job(), at=0, account=None)
    assert late.changed == ()
    now = stored(store)
    assert (now["status_raw"], now["last_seen"], now["first_seen"]) == (
        "Referred",
        hours(24).isoformat(),
        hours(0).isoformat(),
    )


def test_a_clock_that_was_wrong_once_does_not_freeze_an_application(store: Store) -> None:
    read(store, job(), at=24 * 365 * 10)
    assert len(read(store, job(status="Referred", stage=Stage.REFERRED), at=24).changed) == 1


def test_drafts_are_kept_like_the_rest(store: Store) -> None:
    read(store, job(status="Draft", stage=Stage.DRAFT), at=0)
    assert stored(store)["stage"] == "draft"


# --- the user's corrections


def test_corrections_survive_reading(store: Store) -> None:
    read(store, job(), at=0)
    with store.transaction() as tx:
        correct(tx, job().key, stage=Stage.REFERRED, company="Lakeshore Medical Center")
    assert read(store, job(), at=24).changed == ()
    now = stored(store)
    assert (now["company"], now["company_read"]) == ("Lakeshore Medical Center", "Lakeshore Health")
    assert (now["stage"], now["confidence"]) == ("referred", "sure")


def test_a_corrected_stage_holds_for_its_text_only(store: Store) -> None:
    read(store, job(), at=0)
    with store.transaction() as tx:
        correct(tx, job().key, stage=Stage.REFERRED)
    done = read(store, job(status="Not Selected", stage=Stage.NOT_SELECTED), at=24)
    assert [(c.old_stage, c.new_stage) for c in done.changed] == [(Stage.REFERRED, Stage.NOT_SELECTED)]
    read(store, job(status="Not Selected", stage=Stage.CLOSED), at=48)
    assert stored(store)["stage"] == "closed"  # the correction is over: our reading counts again


def test_correcting_an_unknown_application_is_an_error(store: Store) -> None:
    with store.transaction() as tx, pytest.raises(KeyError):
        correct(tx, "taleo|x|1", stage=Stage.REFERRED)


def test_a_time_without_zone_is_a_mistake(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        record_page(store, None, page(job()), seen_at=datetime(2026, 3, 2), complete=True)


# --- whatever is read, in any order


@st.composite
def readings(draw: st.DrawFn) -> list[tuple[str | None, tuple[Application, ...], bool, float]]:
    texts = {
        "Under Review": Stage.UNDER_REVIEW,
        "Referred": Stage.REFERRED,
        "": Stage.UNKNOWN,
        "?": Stage.UNKNOWN,
    }
    one = st.builds(
        lambda number, text: job(number, text, texts[text]), st.integers(1, 4), st.sampled_from(list(texts))
    )
    rows = st.lists(one, max_size=5).map(tuple)
    reading = st.tuples(st.sampled_from(["lake", None]), rows, st.booleans(), st.floats(0, 200))
    return draw(st.lists(reading, max_size=12))


@settings(max_examples=60, deadline=None)
@given(readings())
def test_nothing_is_ever_deleted_and_every_change_is_in_the_history(
    tmp_path_factory: pytest.TempPathFactory,
    plan: list[tuple[str | None, tuple[Application, ...], bool, float]],
) -> None:
    store = Store(tmp_path_factory.mktemp("history") / "intown.json")
    known: dict[str, str] = {}
    reported: list[tuple[str, str, str]] = []
    for account, rows, complete, at in plan:
        done = record_page(store, account, page(*rows), seen_at=hours(at), complete=complete)
        reported += [(change.key, change.old_status, change.new_status) for change in done.changed]
        now = {key: doc["status_raw"] for key, doc in store.read().all("applications").items()}
        assert known.keys() <= now.keys()
        silent = {key for key in known if now[key] != known[key]} - {change.key for change in done.changed}
        assert all(not known[key] for key in silent)
        known = now
    kept = store.read().all("changes")
    assert sorted((row["key"], row["old_status"], row["new_status"]) for row in kept.values()) == sorted(
        reported
    )
    for key, document in store.read().all("applications").items():
        assert document["change_count"] == sum(row["key"] == key for row in kept.values())
        assert document["first_seen"] <= document["changed_at"]
