"""The codes of an authenticator app, for portals that ask for one. The ONLY module importing pyotp.

What is kept (in the vault) is the secret in the form that authenticator apps exchange, an otpauth:// address,
because it also says how many digits and how long a code counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyotp

from scraper.outcomes import InTownError


class BadSecret(InTownError):
    """A text that is no secret of an authenticator app. The sentence never repeats it."""


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """One code, and the number of the time window that it belongs to."""

    text: str
    window: int


def read_secret(text: str) -> str:
    """The otpauth:// address of what a portal shows when an app is set up: such an address (the content of its
    QR code), or the letters and digits for typing, in any case and with spaces. Raises BadSecret."""
    text = text.strip()
    try:
        if text.lower().startswith("otpauth:"):
            found = pyotp.parse_uri(text)
        else:
            found = pyotp.TOTP("".join(text.replace("-", "").split()).upper().rstrip("="))
        if not isinstance(found, pyotp.TOTP) or len(found.byte_secret()) < 10:  # 80 bits, as the RFC asks
            raise ValueError
    except (ValueError, TypeError):
        raise BadSecret(
            "This is no secret of an authenticator app: paste the letters and digits that the portal shows "
            "beside its QR code, or the otpauth:// address in it."
        ) from None
    return found.provisioning_uri(name="intown")


def code_at(kept: str, now: datetime) -> Code:
    """The code that holds at an aware moment. Raises BadSecret."""
    try:
        found = pyotp.parse_uri(kept)
    except ValueError:
        raise BadSecret("The kept secret of the authenticator cannot be read; set it anew.") from None
    assert isinstance(found, pyotp.TOTP)
    return Code(found.at(now), int(now.timestamp() // found.interval))
