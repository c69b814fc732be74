"""A home with everything that InTown ever writes, and the schedulers of a pretended machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from scraper import nightly
from scraper.settings import Home
from scraper.store import Store
from scraper.sync import one_at_a_time
from scraper.vault import Mode, Vault
from tests.asking.worlds import NOW
from tests.portable.homes import furnished
from tests.sync.ways import Way


@dataclass
class Machine:
    """Its schedulers, which a test may exchange."""

    ways: tuple[Way, ...] = field(default_factory=lambda: (Way(),))


def lived_in(home: Home, mode: Mode = Mode.KEYCHAIN) -> Store:
    """A home with everything InTown ever writes."""
    store = furnished(home)
    vault = Vault.choose(home, mode, "long enough" if mode is Mode.PASSPHRASE else None)
    if mode is not Mode.SESSIONS_ONLY:
        vault.set_password("lakeshore", "secret")
        vault.set_totp("lakeshore", "GEZDGNBV")
    vault.save_session("lakeshore", {"cookies": []})
    nightly.switch_on(home, time(2, 30), NOW, [Way(there=False)])
    with one_at_a_time(home):
        pass
    for name in ("sync.log", "sync.log.1", "server.log", "login.log", "sync-now.log"):
        (home.logs / name).write_text("line\n")
    for folder in ("evidence/20270801-lakeshore", "recordings"):
        (home.logs / folder).mkdir(parents=True)
        (home.logs / folder / "page.html").write_text("<p>")
    for name in ("places.sqlite", "places.sqlite.77.tmp", "session.key"):
        (home.cache / name).write_bytes(b"x")
    (home.data / "intown.json").with_name(".intown.json.abcdef.tmp").write_text("cut off")
    return store


def everything_below(home: Home) -> list[Path]:
    return sorted(home.data.parent.rglob("*")) if home.data.parent.exists() else []
