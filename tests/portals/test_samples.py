"""Addresses: each sample belongs to its own portal and to no other; any address leads to the list."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import scraper.portals as portals
from scraper.model import PageKind, PageSnapshot
from scraper.portals import PORTALS, Portal, portal_by_kind, portal_for_url
from scraper.portals._template import Template
from scraper.reading.css import compile_css
from scraper.reading.page import parse_page
from tests.portals.declared import selectors
from tests.portals.golden import Golden, goldens

SAMPLES = [(portal, url) for portal in PORTALS for url in portal.samples]
EVERYBODY = (*PORTALS, Template())


def named(value: object) -> str:
    return value.kind if isinstance(value, Portal) else str(value)


@pytest.mark.parametrize(("portal", "url"), SAMPLES, ids=named)
def test_a_sample_belongs_to_its_own_portal_and_no_other(portal: Portal, url: str) -> None:
    assert [other.kind for other in PORTALS if other.knows(url)] == [portal.kind]


@pytest.mark.parametrize(("portal", "url"), SAMPLES, ids=named)
def test_any_address_leads_to_the_list_of_the_same_portal(portal: Portal, url: str) -> None:
    listing = portal.list_url(url)
    assert portal_for_url(listing) is portal
    assert portal.list_url(listing) == listing, "the list's own address must lead to itself"


def test_kinds_are_unique_and_named_by_their_module() -> None:
    kinds = [portal.kind for portal in PORTALS]
    assert len(set(kinds)) == len(kinds)
    assert [type(portal).__module__.rpartition(".")[2] for portal in PORTALS] == kinds


def test_every_module_is_registered() -> None:
    folder = Path(portals.__file__).parent
    modules = {
        path.stem
        for path in folder.glob("*.py")
        if any(
            isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "hosts"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    }
    assert modules - {"_template"} == {portal.kind for portal in PORTALS}


@pytest.mark.parametrize("portal", EVERYBODY, ids=named)
def test_declarations_hold(portal: Portal) -> None:
    """What a module declares can be used: regexes compile, CSS compiles, a sample is there and is its own."""
    for pattern in (portal.hosts, portal.white_label, portal.list_page, portal.ended_list, portal.live_list):
        re.compile(pattern)
    assert portal.samples
    assert all(portal.knows(url) for url in portal.samples)
    for css in selectors(portal):
        assert compile_css(css)
    assert PageKind.LOGIN in portal.marks


def test_capture_only_portals_are_never_signed_in_to() -> None:
    only = [portal for portal in PORTALS if portal.automation == "capture_only"]
    assert {portal.kind for portal in only} == {"indeed", "linkedin"}
    assert all(portal.login_form is None for portal in only)


def test_the_template_reads_a_page() -> None:
    golden = Golden(next(path.path for path in goldens() if path.name == "workday/applications"))
    html = """<main><article data-application-id="A-1"><h3><a href="/jobs/1">Nurse</a></h3><p>Status: Under review</p>
    <p>Requisition: 4711</p><p>Applied on: 2026-11-02</p></article><a rel="next" href="?page=2">More</a></main>"""
    snapshot = PageSnapshot(
        url="https://acme.portal.example/my/applications",
        captured_at=golden.snapshot().captured_at,
        html=html,
    )
    template = Template()
    original = portals.PORTALS
    portals.PORTALS = (template,)
    try:
        page = parse_page(snapshot)
    finally:
        portals.PORTALS = original
    (found,) = page.applications
    assert (found.key, found.title, found.status_raw) == (
        "template|acme.portal.example|A-1",
        "Nurse",
        "Under review",
    )
    assert (found.requisition, str(found.applied_on)) == ("4711", "2026-11-02")
    assert page.next_step is not None


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://acme.wd5.myworkdayjobs.com.evil.example/userHome", None),
        ("https://evil.example/?u=acme.wd5.myworkdayjobs.com", None),
        ("https://acme.tbe.taleo.net/careersection/2/mysubmissions.ftl", None),
        ("https://careers.qualcomm.com/careers/userHome", None),
        ("https://app.mokahr.com/x#/candidateHome/applications", None),
        ("ftp://lakeshore.taleo.net/careersection/2/mysubmissions.ftl", None),
        ("https://lakeshore.taleo.net/", "taleo"),
        ("https://LAKESHORE.TALEO.NET/careersection/2/jobdetail.ftl?job=1", "taleo"),
        ("not an address", None),
        ("https://[broken", None),
    ],
)
def test_look_alikes(url: str, kind: str | None) -> None:
    found = portal_for_url(url)
    assert (found.kind if found else None) == kind


def test_portal_by_kind() -> None:
    assert portal_by_kind("taleo").name == "Taleo"
    with pytest.raises(KeyError):
        portal_by_kind("nothing")


@pytest.mark.parametrize(
    ("kind", "pasted", "listing"),
    [
        (
            "workday",
            "https://bmo.wd3.myworkdayjobs.com/External/job/Toronto/Analyst_R-1?source=x",
            "https://bmo.wd3.myworkdayjobs.com/External/userHome",
        ),
        (
            "workday",
            "https://bmo.wd3.myworkdayjobs.com/en-US/External/login?redirect=%2Fx",
            "https://bmo.wd3.myworkdayjobs.com/en-US/External/userHome",
        ),
        (
            "workday",
            "https://wd1.myworkdaysite.com/recruiting/fmr/FidelityCareers/job/Boston/X_1",
            "https://wd1.myworkdaysite.com/recruiting/fmr/FidelityCareers/userHome",
        ),
        (
            "workday",
            "https://wd1.myworkdaysite.com/en-US/recruiting/fmr/FidelityCareers",
            "https://wd1.myworkdaysite.com/en-US/recruiting/fmr/FidelityCareers/userHome",
        ),
        (
            "taleo",
            "https://intel.taleo.net/careersection/10000/jobdetail.ftl?job=JR1",
            "https://intel.taleo.net/careersection/10000/mysubmissions.ftl",
        ),
        (
            "taleo",
            "https://intel.taleo.net/careersection/iam/accessmanagement/login.jsf",
            "https://intel.taleo.net/careersection/mysubmissions.ftl",
        ),
        (
            "oracle",
            "https://jpmc.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1001/job/2100/?utm=x",
            "https://jpmc.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1001/my-profile",
        ),
        (
            "icims",
            "https://careers-amd.icims.com/jobs/10422/engineer/job?mode=view",
            "https://careers-amd.icims.com/jobs/dashboard",
        ),
        (
            "brassring",
            "https://sjobs.brassring.com/TGnewUI/Search/home/HomeWithPreLoad?PageType=JobDetails&partnerid=25&siteid=54&jobid=1",
            "https://sjobs.brassring.com/TGnewUI/Search/Home/Home?partnerid=25&siteid=54#Applications",
        ),
    ],
)
def test_list_from_pasted_address(kind: str, pasted: str, listing: str) -> None:
    assert portal_by_kind(kind).list_url(pasted) == listing


def test_workday_json_list() -> None:
    workday = portal_by_kind("workday")
    home = "https://bmo.wd3.myworkdayjobs.com/wday/calypso/cxs/candidatehome/bmo/External/applications"
    assert workday.json_list("https://bmo.wd3.myworkdayjobs.com/en-US/External/userHome") == (
        f"{home}?type=active&limit=20&offset=0"
    )
    assert workday.json_list("https://bmo.wd3.myworkdayjobs.com/") is None
