"""The store against a plain dictionary: random work by two processes' worth of stores, with faults injected."""

from __future__ import annotations

import copy
import errno
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from scraper.outcomes import InTownError
from scraper.store import Store, Transaction
from tests.proof.breaking import Breaker
from tests.proof.scale import count, quick_folder

pytestmark = pytest.mark.proof

Model = dict[str, dict[str, dict[str, Any]]]

tables = st.sampled_from(["notes", "trips"])
keys = st.sampled_from(["a", "b", "c", "ключ", "|#1"])
documents = st.dictionaries(st.sampled_from("xyz"), st.integers(-5, 5) | st.text(max_size=3), max_size=3)
edits = st.lists(st.tuples(tables, keys, st.none() | documents), max_size=4)
Edits = list[tuple[str, str, dict[str, Any] | None]]

done: Counter[str] = Counter()
"""What the machine has done, for the line at the end."""


def clean(value: Any) -> Any:
    """What the store makes of text that cannot be stored as it is (only NUL can occur here)."""
    return value.replace("\0", "") if isinstance(value, str) else value


class StoreAgainstDictionary(RuleBasedStateMachine):
    """Two open stores on one file, used by turns; after every step all of them agree with the dictionary."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=quick_folder()))
        self.path = self.folder / "intown.json"
        self.stores = [Store(self.path, wait=0.05), Store(self.path, wait=0.05)]
        self.model: Model = {"notes": {}, "trips": {}}
        done["lives"] += 1

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def _edited(self, work: Edits) -> Model:
        model = copy.deepcopy(self.model)
        for table, key, document in work:
            if document is None:
                model[table].pop(key, None)
            else:
                model[table][key] = {name: clean(value) for name, value in document.items()}
        return model

    def _edit(self, tx: Transaction, work: Edits) -> None:
        for table, key, document in work:
            if document is None:
                tx.remove(table, key)
            else:
                tx.put(table, key, document)

    @rule(which=st.integers(0, 1), work=edits)
    def change(self, which: int, work: Edits) -> None:
        with self.stores[which].transaction() as tx:
            self._edit(tx, work)
            wanted = self._edited(work)
            assert {table: tx.all(table) for table in wanted} == wanted
        self.model = wanted

    @rule(which=st.integers(0, 1), work=edits)
    def change_your_mind(self, which: int, work: Edits) -> None:
        try:
            with self.stores[which].transaction() as tx:
                self._edit(tx, work)
                for document in tx.all("notes").values():
                    document["dirty"] = True  # forbidden, but it must not reach anybody
                raise LookupError
        except LookupError:
            pass

    @rule(
        which=st.integers(0, 1),
        work=edits,
        at=st.integers(0, 24),
        number=st.sampled_from([errno.ENOSPC, errno.EIO, errno.EACCES]),
    )
    def change_on_a_failing_disk(self, which: int, work: Edits, at: int, number: int) -> None:
        wanted = self._edited(work)
        failed = False
        try:
            with Breaker(at, number).active(), self.stores[which].transaction() as tx:
                self._edit(tx, work)
        except InTownError:
            failed = True
            done["faults"] += 1
        view = Store(self.path).read()
        found = {table: view.all(table) for table in wanted}
        assert found == wanted or (failed and found == self.model)
        self.model = found

    @rule(which=st.integers(0, 1))
    def open_again(self, which: int) -> None:
        self.stores[which] = Store(self.path, wait=0.05)

    @rule()
    def lose_the_file(self) -> None:
        """Deleted behind our back: the newest kept generation is the last commit, so nothing is lost."""
        if self.path.exists() and list(self.folder.glob("backups/*-g*.json")):
            self.path.unlink()

    @rule()
    def leave_rubbish(self) -> None:
        (self.folder / ".intown.json.abcdefabcdef.tmp").write_bytes(b"half")

    @invariant()
    def everybody_sees_the_dictionary(self) -> None:
        if not hasattr(self, "folder"):
            return
        done["looks"] += 1
        for store in (*self.stores, Store(self.path)):
            view = store.read()
            assert {table: view.all(table) for table in self.model} == self.model
            for table, rows in self.model.items():
                for key, document in rows.items():
                    assert view.get(table, key) == document


MACHINE = settings(
    max_examples=count(ci=200, full=5000),
    stateful_step_count=count(ci=25, full=50),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_the_store_is_a_dictionary() -> None:
    done.clear()
    run_state_machine_as_test(StoreAgainstDictionary, settings=MACHINE)
    print(f"{done['lives']} lives, {done['looks']} looks at the whole store, {done['faults']} faults told")
    assert done["lives"] >= MACHINE.max_examples
    assert done["faults"]
