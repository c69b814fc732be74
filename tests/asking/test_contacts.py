"""People out of signatures, cards and pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.asking import contacts
from server.asking.contacts import Contact

ENGLISH = """Looking forward to meeting you on Friday.

Best regards,

Ana Alvarez, RN
Senior Talent Acquisition Partner | Lakeshore Health
Phone: +1 (216) 555-0101 | ana.alvarez@lakeshore.example
Confidentiality notice: this message is for its reader only.
"""

GERMAN = """Mit freundlichen Grüßen

Dr. Jürgen Müller
Personalreferent
Hafen Biotech GmbH · Elbchaussee 1 · 22765 Hamburg
Tel. 040 5550100
juergen.mueller@hafen.example"""

CARD = """BEGIN:VCARD
VERSION:3.0
N:Osei;Ben;;;
FN:Ben Osei
ORG:Lakeshore Health;Nursing
TITLE:Recruiter
EMAIL;TYPE=work:b.osei@lakeshore.example
TEL;TYPE=cell:+1 216 555 0102
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen
item1.EMAIL;INTERNET:jm@hafen.example
END:VCARD
"""


def test_an_english_signature() -> None:
    assert contacts.read(ENGLISH) == (
        Contact(
            name="Ana Alvarez",
            email="ana.alvarez@lakeshore.example",
            phone="+1 (216) 555-0101",
            employer="Lakeshore Health",
            role="Senior Talent Acquisition Partner",
        ),
    )


def test_a_german_signature() -> None:
    (found,) = contacts.read(GERMAN, ["Hafen Biotech"])
    assert (found.name, found.salutation, found.role) == ("Jürgen Müller", "Dr.", "Personalreferent")
    assert (found.employer, found.phone) == ("Hafen Biotech", "040 5550100")


def test_cards_of_two_versions() -> None:
    ben, juergen = contacts.read(CARD)
    assert ben == Contact(
        name="Ben Osei",
        email="b.osei@lakeshore.example",
        phone="+1 216 555 0102",
        employer="Lakeshore Health",
        role="Recruiter",
    )
    assert (juergen.name, juergen.email) == ("Jürgen Müller", "jm@hafen.example")


@pytest.mark.parametrize(
    ("text", "name", "mail"),
    [
        (
            "Requisition 48213\nRecruiter: Jo Park, jo.park@x.example\nStatus: Referred",
            "Jo Park",
            "jo.park@x.example",
        ),
        ("Ansprechpartnerin: Frau Eva Lang (eva@y.example)", "Eva Lang", "eva@y.example"),
        ("Contact: jobs@z.example", "", "jobs@z.example"),
    ],
)
def test_a_page_that_names_its_contact(text: str, name: str, mail: str) -> None:
    (found,) = contacts.read(text)
    assert (found.name, found.email) == (name, mail)


@pytest.mark.parametrize("text", ["", "   \n", "Status: Under review\nNurse Educator 48220", "12345 67"])
def test_nobody_is_made_up_out_of_a_page_without_people(text: str) -> None:
    assert all(not contact.email for contact in contacts.read(text))


@given(text=st.text(max_size=300) | st.text(max_size=200).map(lambda t: f"BEGIN:VCARD\n{t}\nEND:VCARD"))
def test_any_text_gives_clean_contacts(text: str) -> None:
    for contact in contacts.read(text):
        for value in contact.model_dump().values():
            assert "\n" not in value
            assert "\r" not in value
        assert contact.name or contact.email
