"""ENOSPC, EIO and EACCES at every call: the old or the new state, never another, and an error that is shown."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.outcomes import InTownError
from scraper.settings import Home
from scraper.store import Store
from scraper.store_format import Schema, Tables
from scraper.vault import Mode, Vault
from tests.proof.breaking import ERRORS, Breaker
from tests.proof.scale import quick_folder

pytestmark = pytest.mark.proof


@pytest.fixture
def tmp_path() -> Iterator[Path]:  # in place of pytest's: thousands of syncs, and none of them matters
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        yield Path(folder)


def change(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("notes", "a", {"n": 2})
        tx.put("trips", "t", {"city": "Cleveland"})


OLD = {"notes": {"a": {"n": 1}}, "trips": {}}
NEW = {"notes": {"a": {"n": 2}}, "trips": {"t": {"city": "Cleveland"}}}


def state(store: Store) -> Tables:
    view = store.read()
    return {name: view.all(name) for name in ("notes", "trips")}


def prepared(folder: Path, shape: str) -> Path:
    """A store with something in it, or in one of the shapes that must be brought in order first."""
    store = Store(folder / "data" / "intown.json")
    store.path.parent.mkdir(parents=True)
    if shape == "new":
        return store.path
    for number in (*[0] * 11, 1):  # enough that the oldest kept generation must go
        with store.transaction() as tx:
            tx.put("notes", "a", {"n": number})
    if shape == "damaged":
        content = store.path.read_bytes()
        store.path.unlink()
        store.path.write_bytes(content[:-9])
    if shape == "missing":
        store.path.unlink()
    return store.path


def steps(shape: str) -> Schema:
    return Schema(2, {1: lambda tables: tables}) if shape == "older" else Schema()


def calls_of(action: Callable[[], object]) -> list[str]:
    with Breaker().active() as counting:
        action()
    return counting.seen


@pytest.mark.parametrize("shape", ["ordinary", "new", "damaged", "missing", "older"])
@pytest.mark.parametrize("number", ERRORS, ids=[errno.errorcode[number] for number in ERRORS])
def test_every_call_of_a_transaction_may_fail(tmp_path: Path, shape: str, number: int) -> None:
    path = prepared(tmp_path / "template", shape)
    old: Tables = {"notes": {}, "trips": {}} if shape == "new" else OLD
    shutil.copytree(tmp_path / "template", tmp_path / "count")
    calls = calls_of(lambda: change(Store(tmp_path / "count" / "data" / path.name, schema=steps(shape))))
    assert {"open", "write", "fsync", "replace", "link", "flock", "close"} <= set(calls)
    shown = 0
    for at in range(len(calls)):
        folder = tmp_path / f"at-{at}"
        shutil.copytree(tmp_path / "template", folder)
        store = Store(folder / "data" / path.name, wait=0.05, schema=steps(shape))
        breaker = Breaker(at, number)
        error: InTownError | None = None
        try:
            with breaker.active():
                change(store)
        except InTownError as caught:
            error = caught
        assert breaker.broke
        where = f"{calls[at]} ({at} of {len(calls)}), {shape}, {error}"
        memory = state(store)
        assert memory == state(Store(store.path, schema=steps(shape))), f"dirty memory: {where}"
        assert memory in ((old, NEW) if error else (NEW,)), where
        change(store)  # nothing is left locked, and the next one succeeds
        assert state(Store(store.path, schema=steps(shape))) == NEW, where
        assert not list((folder / "data").glob(".*.tmp")), where
        if error:
            assert error.sentence.endswith("."), where
            shown += 1
    print(f"{shape}: {len(calls)} calls, {shown} shown")
    assert shown >= len(calls) - 6  # a few are only for tidiness and are passed over without harm


@pytest.mark.parametrize("number", ERRORS, ids=[errno.errorcode[number] for number in ERRORS])
def test_every_call_of_the_vault_may_fail(tmp_path: Path, number: int) -> None:
    template = Home(tmp_path / "t" / "data", tmp_path / "t" / "cache", tmp_path / "t" / "logs").make()
    vault = Vault.choose(template, Mode.PASSPHRASE, "correct horse battery")
    vault.set_password("lake", "old-word")
    vault.save_session("lake", {"old": True})
    folder = template.data / "vault"
    keep = {path: path.read_bytes() for path in folder.iterdir()}

    def save() -> None:
        vault.set_password("lake", "new-word")
        vault.save_session("lake", {"new": True})

    calls = calls_of(save)
    for at in range(len(calls)):
        for path, content in keep.items():
            path.write_bytes(content)
        error = None
        try:
            with Breaker(at, number).active():
                save()
        except InTownError as caught:
            error = caught
        where = f"{calls[at]} ({at}), {error}"
        assert vault.password("lake") in ("old-word", "new-word"), where
        assert vault.session("lake") in ({"old": True}, {"new": True}), where
        assert error or vault.session("lake") == {"new": True}, where
        assert "-word" not in str(error), where


def test_a_really_full_disk(tmp_path: Path) -> None:
    """Not simulated: the system's own limit on the size of a file, which ends a write in the middle."""
    import resource
    import signal

    store = Store(prepared(tmp_path, "ordinary"))
    before = store.path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(InTownError, match="too large"), store.transaction() as tx:
            tx.put("notes", "large", {"text": os.urandom(40_000).hex()})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert store.path.read_bytes() == before
    assert state(store) == OLD
    assert not list(store.path.parent.glob(".*.tmp"))
