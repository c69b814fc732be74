"""Looks at what InTown keeps: the store, the vault, the index of places."""

from __future__ import annotations

import os
import shlex
import sqlite3
import sys
from contextlib import closing

from scraper.store import StoreError, StoreNewer
from scraper.vault import Mode, Vault, VaultError, VaultLocked, VaultUndecided, check_keychain
from scraper.vault_files import PASSPHRASE_VARIABLE, Description, cache_key_file, first_choice, vault_folder
from server.asking.gazetteer import index_path
from server.asking.gazetteer_build import VERSION
from server.health.findings import Fact, Finding, Patient, State
from server.portable.adopt import joinable

OK, ATTENTION, BROKEN = State.OK, State.ATTENTION, State.BROKEN

MANY_APPLICATIONS = 5_000
"""From here on each write takes noticeably longer (facts/security.md 1.2)."""

SET_PASSPHRASE = (
    '$env:INTOWN_PASSPHRASE = Read-Host "Passphrase"'
    if sys.platform == "win32"
    else "read -rs INTOWN_PASSPHRASE && export INTOWN_PASSPHRASE"
)


def store(patient: Patient) -> list[Finding]:
    """Does it open, was it damaged and restored, how far back can one go?"""
    path = patient.home.store
    if not path.exists() and not patient.store.kept():
        return [Finding("store", OK, "Empty: nothing was read or entered yet.", facts={"exists": False})]
    try:
        view = patient.view
    except StoreNewer as newer:
        return [Finding("store", BROKEN, newer.sentence, "pipx upgrade intown", {"newer": True})]
    except StoreError as error:
        return [Finding("store", BROKEN, error.sentence, "intown data", {"opens": False})]
    kept = patient.store.kept()
    count = len(view.all("applications"))
    facts: dict[str, Fact] = {
        "exists": True,
        "opens": True,
        "changes": patient.store.generation,
        "kept_states": len(kept),
        "bytes": path.stat().st_size,
        **{
            name: len(view.all(name))
            for name in ("applications", "trips", "asks", "recruiters", "corrections")
        },
    }
    notices = patient.store.notices()
    if notices:
        return [
            Finding(
                "store",
                ATTENTION,
                notices[-1]["text"],
                "intown data seen",
                {**facts, "notices": len(notices)},
            )
        ]
    text = f"{count:,} applications, {facts['changes']:,} changes, {path.stat().st_size // 1000:,} kB; "
    text += f"{len(kept)} earlier states are kept."
    if count > MANY_APPLICATIONS:
        return [
            Finding(
                "store", ATTENTION, f"{text} With so many, each change takes longer.", "intown data", facts
            )
        ]
    return [Finding("store", OK, text, facts=facts)]


def keychain(patient: Patient) -> list[Finding]:
    """Where the passwords are, and whether they can be reached now."""
    try:
        description = Description.load(vault_folder(patient.home))
        if description is None:
            return [_no_vault_yet()]
        if description.mode is Mode.PASSPHRASE and not os.environ.get(PASSPHRASE_VARIABLE):
            text = "A passphrase protects your passwords. It was not tried: nobody was asked for it."
            return [Finding("keychain", OK, text, facts={"mode": "passphrase", "opens": None})]
        if description.mode is Mode.SESSIONS_ONLY and not cache_key_file(patient.home).exists():
            text = "The key of your web sessions is gone from the cache folder; the portals ask you to sign in again."
            return [
                Finding("keychain", ATTENTION, text, "intown sync", {"mode": "sessions_only", "opens": False})
            ]
        vault = Vault.open(patient.home)
    except VaultUndecided as undecided:
        return [Finding("keychain", BROKEN, undecided.sentence, SET_PASSPHRASE, {"opens": False})]
    except VaultLocked as locked:
        fix = SET_PASSPHRASE if os.environ.get(PASSPHRASE_VARIABLE) else _unlock()
        return [Finding("keychain", BROKEN, locked.sentence, fix, {"opens": False, "locked": True})]
    except VaultError as error:
        return [Finding("keychain", BROKEN, error.sentence, "intown forget-everything", {"opens": False})]
    text = {
        Mode.KEYCHAIN: "The system's keychain keeps your passwords and answers.",
        Mode.PASSPHRASE: "Your passphrase opens the vault.",
        Mode.SESSIONS_ONLY: "Web sessions only, no passwords, as you chose.",
    }[vault.mode]
    return [Finding("keychain", OK, text, facts={"mode": vault.mode.value, "opens": True})]


def _no_vault_yet() -> Finding:
    """Nothing is kept yet. What would be used, without choosing it for anybody."""
    mode = first_choice(os.environ.get(PASSPHRASE_VARIABLE))
    if mode is not Mode.KEYCHAIN:
        text = f"Nothing is kept yet; it will be in the mode {mode.value.replace('_', ' ')}, as you chose."
        return Finding("keychain", OK, text, facts={"mode": None, "chosen": mode.value})
    try:
        name = check_keychain()
    except VaultUndecided as undecided:
        return Finding(
            "keychain", ATTENTION, undecided.sentence, SET_PASSPHRASE, {"mode": None, "opens": False}
        )
    except VaultLocked as locked:
        return Finding("keychain", ATTENTION, locked.sentence, _unlock(), {"mode": None, "locked": True})
    text = f"No password is kept yet; the system's keychain ({name}) works."
    return Finding("keychain", OK, text, facts={"mode": None, "opens": True})


def _unlock() -> str:
    """Elsewhere than on a Mac the desktop asks for it as soon as somebody knocks, as this command does."""
    return "security unlock-keychain" if sys.platform == "darwin" else "intown doctor"


def lists(patient: Patient) -> list[Finding]:
    """What an import brought and a portal shows by now would stand there twice. The next sync joins it by itself."""
    number = len(joinable(patient.view))
    if not number:
        return []
    what = "One application of your list is" if number == 1 else f"{number} applications of your list are"
    text = f"{what} now read from a portal too."
    return [Finding("lists", ATTENTION, text, "intown import --join", {"twice": number})]


def places(patient: Patient) -> list[Finding]:
    """The index of the world's places; it is built by itself, so nothing about it is ever broken for long."""
    path = index_path(patient.home.cache)
    build = f"echo Cleveland | {shlex.join(['intown', 'place', '-'])}"
    if not path.exists():
        text = "The index of places is built when it is first needed (some seconds)."
        return [Finding("places", OK, text, facts={"built": False})]
    facts: dict[str, Fact] = {"built": True, "bytes": path.stat().st_size}
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as index:
            version = int(index.execute("PRAGMA user_version").fetchone()[0])
            cities = int(index.execute("SELECT count(*) FROM city").fetchone()[0])
    except sqlite3.Error:
        text = "The index of places is damaged; it is built anew when it is next needed."
        return [Finding("places", ATTENTION, text, build, {**facts, "opens": False})]
    facts |= {"opens": True, "version": version, "cities": cities}
    if version != VERSION:
        text = "The index of places is of another version of InTown; it is built anew when it is next needed."
        return [Finding("places", ATTENTION, text, build, facts)]
    return [Finding("places", OK, f"{cities:,} cities.", facts=facts)]
