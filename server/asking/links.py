"""Links that open a finished message in a mail program. Nothing in the text can add a field to them.

A link is made for one checked address; every value is percent-encoded whole, so that "&bcc=" in a job title
is just text.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlencode

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}"
)
LONGEST_MAILTO = 1_900
"""Windows hands a mail program at most about 2,000 characters; a longer link would be cut in the middle."""


def one_line(text: str) -> str:
    """A text without line breaks, control characters or invisible direction marks, spaces collapsed."""
    visible = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in text
        if unicodedata.category(c) not in ("Cf", "Cs", "Co")
    )
    return " ".join(visible.split())


def address(text: str) -> str:
    """The e-mail address in `text` if it is one and nothing else, else ""."""
    found = text.strip()
    return found if _ADDRESS.fullmatch(found) else ""


def mailto(to: str, subject: str, body: str) -> str:
    """A `mailto:` link (RFC 6068); without a valid address, one that lets the person choose. "" if too long."""
    lines = "\r\n".join(body.splitlines())
    fields = f"subject={quote(one_line(subject), safe='')}&body={quote(lines, safe='')}"
    link = f"mailto:{quote(address(to), safe='@')}?{fields}"
    return link if len(link) <= LONGEST_MAILTO else ""


def gmail(to: str, subject: str, body: str) -> str:
    """A link to Gmail's compose window."""
    query = {"view": "cm", "fs": "1", "to": address(to), "su": one_line(subject), "body": body}
    return f"https://mail.google.com/mail/?{urlencode(query, quote_via=quote)}"


def outlook(to: str, subject: str, body: str) -> str:
    """A link to the compose window of Outlook on the web."""
    query = {"to": address(to), "subject": one_line(subject), "body": body}
    return f"https://outlook.office.com/mail/deeplink/compose?{urlencode(query, quote_via=quote)}"
