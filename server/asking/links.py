"""Links that open a finished message in a mail program. Nothing in the text can add a field to them.

A link is made for one checked address; every value is percent-encoded whole, so that "&bcc=" in a job title
is just text.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}"
)
LONGEST_MAILTO = 1_900
"""Windows hands a mail program at most about 2,000 characters; a longer link would be cut in the middle."""


def one_line(text: str) -> str:
    """A text without line breaks, control characters or invisible direction marks, spaces collapsed."""
    if text.isprintable() and "  " not in text:  # nearly always
        return text.strip()
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


def compose(to: str, subject: str, body: str) -> dict[str, str]:
    """The links that open this message: `mailto` (RFC 6068; "" if it would be too long), `gmail`, `outlook`.

    Without a valid address, the person chooses one in the mail program.
    """
    who, what = quote(address(to), safe="@"), quote(one_line(subject), safe="")
    text = quote("\n".join(body.splitlines()), safe="")
    mailto = f"mailto:{who}?subject={what}&body={text.replace('%0A', '%0D%0A')}"
    return {
        "mailto": mailto if len(mailto) <= LONGEST_MAILTO else "",
        "gmail": f"https://mail.google.com/mail/?view=cm&fs=1&to={who}&su={what}&body={text}",
        "outlook": f"https://outlook.office.com/mail/deeplink/compose?to={who}&subject={what}&body={text}",
    }
