"""What modules declare and hand over: the sign-in form, and a list read from a JSON answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scraper.model import Application, Step
from scraper.reading.html import tidy


@dataclass(frozen=True, slots=True)
class LoginForm:
    """Where the user name and password go: CSS selectors, of which only visible elements count.

    `open` are pressed first, in order, each if visible ("Sign In", "with e-mail", a privacy statement).
    `error` is where the portal says why it refused.
    """

    user: str
    password: str
    submit: str
    open: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a JSON list says. No applications is a positive answer: the portal says there are none."""

    applications: tuple[Application, ...]
    count_shown: int | None = None
    next_step: Step | None = None

    @classmethod
    def of(
        cls, found: Iterable[Application | None], total: object = None, next_step: Step | None = None
    ) -> Listed:
        """What could be read of the records; `total` is what the answer gives as their number, if it is one."""
        readable = tuple(application for application in found if application)
        return cls(readable, total if isinstance(total, int) else None, next_step)


def said(record: Mapping[str, Any], *names: str) -> str:
    """The first of these fields of a JSON record that holds text or a number, tidied; "" where none does."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return tidy(str(value))
    return ""
