"""Oracle Recruiting Cloud, "My Applications". Sign-in is an e-mail (or phone) and a six-digit code, no password.

Known: addresses, three lists (active, inactive, draft) of five rows each with "Show More", links to /job/{id},
"Applied on MM/DD/YYYY", the status as plain text. Not known: class names. A honeypot field looks visible; the
"Are You Still With Us?" dialog stands hidden on every page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scraper.model import PageKind
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import href
from scraper.portals.marks import MY_APPLICATIONS, NO_APPLICATIONS, says, with_common
from scraper.reading.html import Page

_SITE = re.compile(r"^(?P<base>(?:/hcmUI/CandidateExperience)?/[a-z]{2}(?:-[A-Z]{2})?/sites/[\w-]+)")


class OracleRecruiting(ByMeaning):
    kind = "oracle"
    name = "Oracle Recruiting Cloud"
    hosts = r"[a-z0-9-]+\.fa\.(?:[a-z0-9-]+\.)?oraclecloud\.com"
    white_label = r"/hcmUI/CandidateExperience/|^/[a-z]{2}(?:-[A-Z]{2})?/sites/[\w-]+/(?:my-profile|job/)"
    samples = {
        "https://eeho.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/jobsearch/my-profile": PageKind.APPLICATIONS,
        "https://jpmc.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1001/my-profile": PageKind.APPLICATIONS,
        "https://iaziqy.fa.ocs.oraclecloud.com/hcmUI/CandidateExperience/en/sites/UberCareers/my-profile/sign-in": PageKind.LOGIN,
        "https://careers.oracle.com/en/sites/jobsearch/my-profile": PageKind.APPLICATIONS,
    }
    signed_in = 'a[href*=\'/my-profile\']:has-text("sign out"), button:has-text("sign out")'
    marks = with_common(
        {
            PageKind.CODE: "#pin-code-1, pin-code-verification, [id^='pin-code-']",
            PageKind.LOCKED: says(("[role=alert]",), "too many", "maximum attempts", "trop de tentatives"),
            PageKind.SESSION_EXPIRED: says(("[role=dialog]", "[role=alertdialog]"), "are you still with us"),
            PageKind.EMPTY: NO_APPLICATIONS,
            PageKind.LOGIN: "input[name=primary-email], input[id^='primary-email']",
        },
        list_heading=says(
            ("h1", "h2", "h3", "h4", "[role=heading]"),
            "job applications",
            *MY_APPLICATIONS,
            "stellenbewerbungen",
            "solicitudes de empleo",
            "candidatures à des offres",
        ),
    )
    signature = "script[src*='/oj-hcm-ce/'], link[href*='/hcmUI/CandExpStatic/']"
    list_page = r"/my-profile(?!/sign-in)"

    job_links = r"/job/[\w-]+"
    job_id = href(r"/job/([\w-]+)")
    requisition = job_id
    status_of_list = r"\bdrafts?\b|\bentw[uü]rfe?\b|\bborrador(?:es)?\b|\bbrouillons?\b|\brascunhos?\b"
    next_page = says(
        ("button", "a[role=button]"),
        "show more",
        "mehr anzeigen",
        "afficher plus",
        "mostrar más",
        "mostrar mais",
        "mostra altro",
        "meer weergeven",
    )

    def list_url(self, url: str) -> str:
        parts = urlsplit(url)
        site = _SITE.match(parts.path)
        return f"https://{parts.netloc}{site['base']}/my-profile" if site else url

    def employer(self, url: str, page: Page | None = None) -> str:
        """Pods carry no name; a customer's own host and the name of the site are the best there is."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if not re.fullmatch(self.hosts, host):
            labels = host.split(".")
            return labels[-2].title() if len(labels) > 1 else ""
        site = re.search(r"/sites/([\w-]+)", parts.path)
        name = re.sub(r"(?i)[-_]?careers?$", "", site[1]) if site else ""
        return "" if re.fullmatch(r"(?i)(?:CX[_\d]*|jobsearch|external|)", name) else name.replace("-", " ")
