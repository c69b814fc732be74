"""The user's accounts in the store: made from any pasted URL of a portal, with what the last visits left.

One document an account, in the table "accounts": the fields of `model.Account`, and beside them the state
of its visits (`State`). Passwords are never here (scraper/vault.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from scraper.employers import rename
from scraper.model import Account
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.portals import PORTALS, Portal, portal_by_kind, portal_for_url
from scraper.store import Store, Transaction, View

TABLE = "accounts"
SIGN_INS_KEPT = timedelta(hours=24)
MOST_SIGN_INS = 20
ACCOUNT_FIELDS = frozenset(field.name for field in fields(Account))


class AccountError(InTownError):
    """An account that cannot be added, found or changed as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What earlier visits to one account left. Times are aware, in UTC.

    `submitted_version` is the version of the password that was sent and not yet seen accepted; while it
    equals the account's own version nothing is typed again. `sign_ins` are the moments of the last day when a
    password was sent, `submitted_at` the last of them unless the user touched the account since.
    `last_count` is the number of applications at the last good visit, `doubts` how many visits in a row found
    the list suspiciously short, `code_window` the time window of the last authenticator's code that was sent.
    """

    outcome: Outcome | None = None
    sentence: str = ""
    fix: str = ""
    checked_at: datetime | None = None
    last_good: datetime | None = None
    last_count: int | None = None
    not_before: datetime | None = None
    submitted_version: int = 0
    submitted_at: datetime | None = None
    sign_ins: tuple[datetime, ...] = ()
    doubts: int = 0
    code_window: int = 0

    def to_doc(self) -> dict[str, Any]:
        doc = {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(self).items()
        }
        return {**doc, "sign_ins": [at.isoformat() for at in self.sign_ins]}

    @classmethod
    def from_doc(cls, doc: Mapping[str, Any]) -> State:
        known = {field.name: doc[field.name] for field in fields(cls) if field.name in doc}
        for name in ("checked_at", "last_good", "not_before", "submitted_at"):
            if known.get(name):
                known[name] = datetime.fromisoformat(known[name])
        known["sign_ins"] = tuple(datetime.fromisoformat(at) for at in known.get("sign_ins", ()))
        if known.get("outcome"):
            known["outcome"] = Outcome(known["outcome"])
        return cls(**known)


def account_from_doc(doc: Mapping[str, Any]) -> Account:
    known = {name: value for name, value in doc.items() if name in ACCOUNT_FIELDS}
    known["password_command"] = tuple(known.get("password_command", ()))
    return Account(**known)


def portal_of(account: Account) -> Portal:
    """The account's portal. Raises PortalError(unknown_portal) where this version of InTown has no such kind, as
    after a step back to an older one."""
    try:
        return portal_by_kind(account.portal)
    except KeyError as error:
        raise PortalError(Outcome.UNKNOWN_PORTAL) from error


def portal_name(account: Account) -> str:
    """What the account's portal is called; its bare kind where this version does not know it."""
    return next((portal.name for portal in PORTALS if portal.kind == account.portal), account.portal)


def all_accounts(view: View) -> list[tuple[Account, State]]:
    """Every account with its state, in the order in which they were added."""
    docs = sorted(view.all(TABLE).values(), key=lambda doc: str(doc.get("added_at", "")))
    return [(account_from_doc(doc), State.from_doc(doc)) for doc in docs]


def find(view: View, name: str) -> tuple[Account, State]:
    """The account with this id, or the only one whose id, employer or host holds the name.

    Raises AccountError when there is none, or several.
    """
    accounts = all_accounts(view)
    for account, state in accounts:
        if account.id == name:
            return account, state
    wanted = name.casefold()
    fitting = [
        (account, state)
        for account, state in accounts
        if wanted in f"{account.id} {account.employer} {account.host}".casefold()
    ]
    if len(fitting) == 1:
        return fitting[0]
    ids = ", ".join(account.id for account, _ in fitting or accounts)
    if fitting:
        raise AccountError(f"{name!r} could be any of: {ids}.")
    raise AccountError(f"There is no account {name!r}." + (f" There are: {ids}." if ids else ""))


def account_in(view: View, account: Account) -> Account:
    """The account as it is stored now; as it was given if it was removed meanwhile."""
    doc = view.get(TABLE, account.id)
    return account_from_doc(doc) if doc else account


def account_at(view: View, portal: str, host: str) -> Account | None:
    """The account whose employer's name holds for a page of this host: the only one there, or the first of
    several that agree on the name."""
    fitting = [
        account_from_doc(doc)
        for doc in view.all(TABLE).values()
        if (doc["portal"], doc["host"]) == (portal, host)
    ]
    return fitting[0] if len({account.employer for account in fitting}) == 1 else None


def account_from_url(url: str, *, employer: str = "", username: str = "") -> Account:
    """The account that any pasted URL of a portal leads to, with an id that is not yet checked to be free.

    Raises AccountError for what is no https address, for a portal that is only read by a click, and for a
    host that no portal module knows.
    """
    url = url.strip() if "://" in url else f"https://{url.strip()}"
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise AccountError("A portal's address starts with https:// and holds no user name.")
    portal = portal_for_url(url)
    if portal is None:
        names = ", ".join(p.name for p in PORTALS if p.automation == "sync")
        raise AccountError(
            f"InTown does not know the portal at {parts.hostname}. It signs in to: {names}. "
            "Any other portal's page can be read by a click on the icon."
        )
    if portal.automation != "sync":
        raise AccountError(f"{portal.name} is read by a click on the icon only; InTown never signs in there.")
    start = portal.list_url(url)
    host = ascii_host(start)
    employer = employer or portal.employer(url)
    return Account(
        id=slug(employer if employer and " " not in employer.strip() else host.split(".")[0]),
        portal=portal.kind,
        host=host,
        start_url=start,
        employer=employer,
        username=username,
    )


def ascii_host(url: str) -> str:
    """The exact host of an address as browsers write it: lower case, IDNA (so no look-alike letters)."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise AccountError(f"{host!r} is no host name.") from error


def slug(text: str) -> str:
    """A short name that is easy to type."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:24].strip("-") or "account"


def add(store: Store, account: Account, *, named: bool = False) -> Account:
    """Store a new account, under a free id. Raises AccountError when this login is there already.

    `named` is true when the user gave the employer's name; a guess from the address is replaced by what
    the portal's own page says at the first visit.
    """
    with store.transaction() as tx:
        taken = {}
        for other, _ in all_accounts(tx):
            taken[other.id] = other
            if (other.start_url, other.username) == (account.start_url, account.username):
                raise AccountError(f"That login is there already, as {other.id!r}.")
        number, wanted = 2, account.id
        while account.id in taken:
            account, number = replace(account, id=f"{wanted}-{number}"), number + 1
        doc = {
            **asdict(account),
            **State().to_doc(),
            "added_at": datetime.now(UTC).isoformat(),
            "employer_named": named,
        }
        doc["password_command"] = list(account.password_command)
        tx.put(TABLE, account.id, doc)
        if named:  # lists that were read by a click before the login was added
            rename(tx, account, before="")
    return account


def change(store: Store, account_id: str, *, new_password: bool = False, **changed: Any) -> Account:
    """Change an account as the user asked. A new (or confirmed) password may be typed once again.

    `changed` are fields of `model.Account`. Raises AccountError when there is no such account.
    """
    with store.transaction() as tx:
        account, state = find(tx, account_id)
        if new_password or "username" in changed:
            changed["password_version"] = account.password_version + 1
            state = replace(state, outcome=None, sentence="", fix="", not_before=None, submitted_at=None)
        before, account = account.employer, replace(account, **changed)
        _put(tx, account, state, {"employer_named": True} if "employer" in changed else {})
        if "employer" in changed and account.employer:
            rename(tx, account, before=before)
    return account


def remove(store: Store, account_id: str) -> Account:
    """Forget an account. Its applications stay, with their history."""
    with store.transaction() as tx:
        account, _ = find(tx, account_id)
        tx.remove(TABLE, account.id)
    return account


def mark_submitted(store: Store, account: Account, at: datetime) -> None:
    """Write down, on the disk before the click, that this version of the password is being sent.

    Raises AccountError if it was sent before, or was changed meanwhile by another process.
    """
    with store.transaction() as tx:
        now, state = find(tx, account.id)
        if now.password_version != account.password_version:
            raise AccountError("The password was changed while InTown was signing in; nothing was sent.")
        if state.submitted_version == account.password_version:
            raise AccountError("This password was sent before and not accepted; it is not sent again.")
        recent = (*(before for before in state.sign_ins if at - before < SIGN_INS_KEPT), at)
        sent = replace(
            state,
            submitted_version=account.password_version,
            submitted_at=at,
            sign_ins=recent[-MOST_SIGN_INS:],
        )
        _put(tx, now, sent)


def mark_code(store: Store, account: Account, window: int) -> bool:
    """Write down, before it is typed, that the code of this time window is used; False if it was used before."""
    with store.transaction() as tx:
        now, state = find(tx, account.id)
        if window <= state.code_window:
            return False
        _put(tx, now, replace(state, code_window=window))
    return True


def save_state(store: Store, account_id: str, **changed: Any) -> None:
    """Change the state that a visit leaves; nothing happens if the account was removed meanwhile."""
    with store.transaction() as tx:
        change_in(tx, account_id, changed)


def change_in(tx: Transaction, account_id: str, changed: Mapping[str, Any], *, employer: str = "") -> str:
    """The same within a transaction of the caller's; `employer` is what the page says, and counts where the
    user named none. Returns the employer's name as it now is."""
    doc = tx.get(TABLE, account_id)
    if doc is None:
        return employer
    account = account_from_doc(doc)
    if employer and not doc.get("employer_named"):
        account = replace(account, employer=employer)
    _put(tx, account, replace(State.from_doc(doc), **changed))
    return account.employer


def _put(
    tx: Transaction, account: Account, state: State, more: Mapping[str, Any] = MappingProxyType({})
) -> None:
    before = tx.get(TABLE, account.id) or {}
    doc = {**before, **asdict(account), **state.to_doc(), **more}
    doc["password_command"] = list(account.password_command)
    tx.put(TABLE, account.id, doc)
