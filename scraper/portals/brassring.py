"""BrassRing (Infinite, formerly IBM Kenexa): Candidate Zone, "Submitted Applications"; partnerid and siteid.

Known: addresses, sign-in fields (an AngularJS page), that only a category of the real status is shown ("0-Filed"
as "Applied"). Not known: ids of the list; it is read by its labels.
"""

from __future__ import annotations

import itertools
import re
from urllib.parse import parse_qs, urlencode, urlsplit

from scraper.model import Confidence, PageKind
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import Row, Way, href, matching
from scraper.portals.labels import is_label
from scraper.portals.marks import ALERTS, NO_APPLICATIONS, says, with_common
from scraper.portals.shapes import LoginForm
from scraper.stages import stage_of

_ERRORS = (*ALERTS, "[class*=error]")


_TABS = re.compile(r"status|documents?|forms?|messages?|details?", re.IGNORECASE)
_STATUS = re.compile(r"(?:hr|application|candidate) status\s*[:：]?", re.IGNORECASE)
_PLACE = re.compile(r"[^\W\d][^\d,]+, [^\W\d][^\d,]+")


def _status(row: Row) -> str:
    """Each card has tabs of its own (Status, Documents, Forms); the name of the next tab is no status."""
    for before, line in itertools.pairwise(row.lines):
        # "Applied" is a status here, though elsewhere it is the label of a date.
        if _STATUS.fullmatch(before) and (line in ("Applied", "Submitted") or not is_label(line)):
            return line
    text = ByMeaning.status(row)
    return text if text and not _TABS.fullmatch(text) else _below_tabs(row)


def _below_tabs(row: Row) -> str:
    """What begins below the names of the tabs, where that is a status and no other tab's text."""
    tabs = [at for at, line in enumerate(row.lines) if _TABS.fullmatch(line)]
    if len(tabs) < 2 or tabs[-1] - tabs[0] != len(tabs) - 1 or tabs[-1] + 1 == len(row.lines):
        return ""
    below = row.lines[tabs[-1] + 1]
    known = stage_of(below, "brassring").confidence is not Confidence.GUESS
    return below if known and not below.endswith(":") else ""


def _after_number(row: Row) -> str:
    """Cards write number and place under the title, without labels."""
    number = BrassRing.requisition(row)
    after = [line for before, line in itertools.pairwise(row.lines) if before == number]
    return next((line for line in after if _PLACE.fullmatch(line)), "")


class BrassRing(ByMeaning):
    kind = "brassring"
    name = "BrassRing"
    hosts = r"(?:[a-z]+-)?sjobs\.brassring\.com"
    samples = {
        "https://sjobs.brassring.com/TGnewUI/Search/Home/Home?partnerid=25678&siteid=5439#home": PageKind.JOB_LIST,
        "https://krb-sjobs.brassring.com/TGnewUI/Search/Home/Home?partnerid=30117&siteid=6310#Applications": PageKind.APPLICATIONS,
    }
    login_form = LoginForm(
        user="input[ng-model='loginField'], input[name=username]",
        password="input[name=password]",
        submit="form:has(input[name=password]) button[type=submit]",
        open=('a:has-text("Sign In")', 'button:has-text("Sign In")'),
        error=", ".join(_ERRORS),
    )
    signed_in = 'a:has-text("sign out"), button:has-text("sign out")'
    marks = with_common(
        {
            PageKind.LOCKED: says(_ERRORS, "account is locked", "account has been locked"),
            PageKind.WRONG_PASSWORD: says(_ERRORS, "username or password", "incorrect", "invalid login"),
            PageKind.LOGIN: "input[name=password]",
            PageKind.EMPTY: NO_APPLICATIONS,
        },
        list_heading=says(("h1", "h2", "h3", "[role=heading]"), "submitted applications", "my applications"),
    )
    rows = "[class~=applicationCard], [ng-repeat]:has([class~=jobtitle])"
    job_links = r"(?i)[?&](?:jobid|jobId)=\d+"
    job_id = href(r"(?i)[?&]jobid=(\d+)")
    # The number may stand without a label; "BR" at its end is BrassRing's own.
    requisition = ByMeaning.requisition | matching(r"^(\d{2,}BR)$")
    external_id = requisition | job_id
    status = Way(_status)
    location = ByMeaning.location | Way(_after_number)
    ended_list = r"$^"
    next_page = '#shownext, button:has-text("show more")'

    def list_url(self, url: str) -> str:
        parts = urlsplit(url)
        query = {name.lower(): values[0] for name, values in parse_qs(parts.query).items()}
        kept = urlencode([(name, query[name]) for name in ("partnerid", "siteid") if name in query])
        return f"https://{parts.netloc}/TGnewUI/Search/Home/Home?{kept}#Applications"
