"""What the employer of an application is called: the user's name for an account before a name read off a host.

A portal's address says "lakeshore" where the person says "Lakeshore Health". Both readers, the sync and the
click, pass their pages through `as_known`, so that one list never shows two names for one employer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scraper import corrections
from scraper.model import Account, ParsedPage
from scraper.portals import portal_by_kind
from scraper.store import Transaction, View


def as_known(view: View, page: ParsedPage, account: Account | None) -> ParsedPage:
    """`page` under the employer's name of its account, and with the user's corrections.

    The corrections are applied before and after: one may have been made for the name that the portal shows,
    or for the one that the account gives.
    """
    page = corrections.apply(view, page)
    if account is None or not account.employer:
        return page
    rough = rough_names(account)
    if (view.get("accounts", account.id) or {}).get("employer_named"):
        rough |= {page.company}  # "as you want to read it": then before the page's own heading, too
    rows = tuple(
        replace(row, company=account.employer) if row.company in rough else row for row in page.applications
    )
    company = account.employer if page.company in rough else page.company
    return corrections.apply(view, replace(page, applications=rows, company=company))


def rough_names(account: Account) -> frozenset[str]:
    """The names that are no better than the host: none at all, and what the address alone says."""
    portal = portal_by_kind(account.portal)
    return frozenset({"", portal.employer(account.start_url), portal.employer(f"https://{account.host}/")})


def rename(tx: Transaction, account: Account, *, before: str) -> None:
    """Give the applications of an account the name that the user chose; what they corrected by hand stays.

    `before` is what the account called its employer until now.
    """
    old = rough_names(account) | {before}
    for key, document in tx.all("applications").items():
        if (
            _belongs(document, account)
            and document["company"] in old
            and not document.get("company_corrected")
        ):
            tx.put("applications", key, {**document, "company": account.employer})


def _belongs(document: Mapping[str, Any], account: Account) -> bool:
    here = (document["portal"], document["host"]) == (account.portal, account.host)
    return here and document["account"] in (account.id, None)
