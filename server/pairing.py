"""Pairing: a code on the person's screen, typed once into the extension, becomes that browser's token.

The code is shown by `intown pair` and checked by the server, two processes; they meet in the store. Only
hashes are kept: of the code (scrypt, because eight digits are few) and of the token (SHA-256, because 256
random bits need no slow hash). A code lives 60 seconds, allows five tries and works once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scraper.store import Store, Transaction

CODE_SECONDS = 60
CODE_TRIES = 5
LABEL_LENGTH = 60
_CODE_KEY = "pairing"


@dataclass(frozen=True, slots=True)
class Client:
    """A paired browser, as `intown pair --list` shows it. Holds no token and no hash.

    `origin` is who typed the code, as the browser said; "" where no browser did (a program, the demo).
    """

    id: str
    label: str
    paired_at: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A token on its only way out: the answer to the right code. Never stored, never logged."""

    token: str
    client: str


def open_code(store: Store, now: datetime) -> str:
    """Make the eight-digit code that pairs one browser within a minute; an older code dies with it."""
    code = f"{secrets.randbelow(10**8):08d}"
    salt = secrets.token_bytes(16)
    document = {
        "salt": salt.hex(),
        "hash": _code_hash(code, salt),
        "opened_at": now.isoformat(),
        "tries_left": CODE_TRIES,
    }
    with store.transaction() as tx:
        tx.put("settings", _CODE_KEY, document)
    return code


def code_is_open(store: Store, now: datetime) -> bool:
    """Whether a code is waiting to be typed; False once it was used, used up, replaced or too old."""
    document = store.read().get("settings", _CODE_KEY)
    return document is not None and _alive(document, now)


def close_code(store: Store) -> None:
    """Forget the code, used or not."""
    with store.transaction() as tx:
        if tx.get("settings", _CODE_KEY) is not None:
            tx.remove("settings", _CODE_KEY)


def redeem(store: Store, code: str, label: str, now: datetime, origin: str = "") -> Issued | None:
    """Exchange the code for a token, or None: wrong, too old, used up and never opened look alike.

    `origin` is who types it, as the browser says: the token is good for nobody else.

    The try is counted and on the disk before the answer is known to the caller, so that several requests at
    once, or a killed server, win nobody a sixth try.
    """
    with store.transaction() as tx:
        document = tx.get("settings", _CODE_KEY)
        if document is None:
            return None
        if not _alive(document, now):
            tx.remove("settings", _CODE_KEY)
            return None
        wanted = bytes.fromhex(document["hash"])
        given = bytes.fromhex(_code_hash(code, bytes.fromhex(document["salt"])))
        if hmac.compare_digest(wanted, given):
            tx.remove("settings", _CODE_KEY)
            return _issue(tx, label, now, origin)
        left = document["tries_left"] - 1
        if left > 0:
            tx.put("settings", _CODE_KEY, {**document, "tries_left": left})
        else:
            tx.remove("settings", _CODE_KEY)
        return None


def issue(store: Store, label: str, now: datetime, origin: str = "") -> Issued:
    """A token without a code, for programs of ours that hold the store anyway (the demo, the tests)."""
    with store.transaction() as tx:
        return _issue(tx, label, now, origin)


def client_of(store: Store, token: str) -> Client | None:
    """Whose token this is, or None. Every known hash is compared, in constant time, whatever matched before."""
    given = _token_hash(token)
    found = None
    for key, document in store.read().all("tokens").items():
        if hmac.compare_digest(given, bytes.fromhex(document["hash"])):
            found = _client(key, document)
    return found


def proof(store: Store, client: str, nonce: str) -> str | None:
    """HMAC-SHA256 of the nonce under the hash of the client's token, in hex; None for an unknown client.

    Only who has the store can make it, so the extension knows the program on the port before sending a page.
    """
    document = store.read().get("tokens", client)
    if document is None:
        return None
    return hmac.new(bytes.fromhex(document["hash"]), nonce.encode("ascii"), hashlib.sha256).hexdigest()


def clients(store: Store) -> list[Client]:
    """The paired browsers, oldest first."""
    rows = [_client(key, document) for key, document in store.read().all("tokens").items()]
    return sorted(rows, key=lambda row: (row.paired_at, row.id))


def revoke(store: Store, client: str) -> bool:
    """End a pairing; whether there was one."""
    with store.transaction() as tx:
        if tx.get("tokens", client) is None:
            return False
        tx.remove("tokens", client)
        return True


def _client(key: str, document: dict[str, Any]) -> Client:
    """As stored; pairings of earlier versions know no origin."""
    return Client(key, document["label"], document["paired_at"], document.get("origin", ""))


def _issue(tx: Transaction, label: str, now: datetime, origin: str) -> Issued:
    token = secrets.token_urlsafe(32)
    client = secrets.token_hex(4)
    document = {
        "label": label[:LABEL_LENGTH],
        "hash": _token_hash(token).hex(),
        "paired_at": now.isoformat(),
        "origin": origin,
    }
    tx.put("tokens", client, document)
    return Issued(token, client)


def _alive(document: dict[str, Any], now: datetime) -> bool:
    """Within its minute and with tries left; a clock set back does not lengthen the minute."""
    age = now - datetime.fromisoformat(document["opened_at"])
    return timedelta(0) <= age < timedelta(seconds=CODE_SECONDS) and document["tries_left"] > 0


def _code_hash(code: str, salt: bytes) -> str:
    """Slow enough (4 MB, some ms) that a copy of the store is no quick way to the code within its minute."""
    return hashlib.scrypt(code.encode("utf-8", "replace"), salt=salt, n=2**12, r=8, p=1).hex()


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
