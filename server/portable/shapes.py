"""What a row of an export must look like before it may enter the store.

A file can be damaged, edited by hand, or made by somebody else; a row that other code stumbles over would break every
answer afterwards. So nothing enters unchecked, and one bad row refuses the whole file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from scraper.accounts import AccountError, account_from_url
from scraper.logs import printable
from scraper.model import Confidence, Stage
from server.asking.model import Ask, Language, Me, Place, Recruiter, Rules, Trip
from server.planning.choices import TEMPLATE_KINDS
from server.portable.document import NoExport, Row, Tables

LONGEST = 100_000
"""Characters of one text; a portal's status has some dozens."""


def _moment(text: str) -> str:
    """An ISO time with its offset, as the store writes it."""
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a time without its offset")
    return text


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _one_of(kind: type[Stage] | type[Confidence]) -> Callable[[str], str]:
    def check(text: str) -> str:
        return kind(text).value

    return check


Text = Annotated[str, Field(max_length=LONGEST)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Moment = Annotated[str, AfterValidator(_moment)]
Day = Annotated[str, AfterValidator(_day)]
StageName = Annotated[str, AfterValidator(_one_of(Stage))]
ConfidenceName = Annotated[str, AfterValidator(_one_of(Confidence))]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class _Strict(BaseModel):
    """Exactly these types, none converted: the row enters the store as it stands in the file."""

    model_config = ConfigDict(strict=True, extra="forbid")


class ApplicationRow(_Strict):
    """Other fields are allowed if they are plain values: a later InTown may keep more about an application."""

    model_config = ConfigDict(strict=True, extra="allow")

    key: Name
    portal: Name
    host: Name
    external_id: Name
    title: Name
    company: Text
    status_raw: Text
    stage: StageName
    confidence: ConfidenceName
    location: Text
    applied_on: Day | None
    requisition: Text
    url: Text
    account: Text | None
    first_seen: Moment
    last_seen: Moment
    changed_at: Moment
    change_count: Count = 0
    listed: bool
    misses: Count
    missed_at: Moment | None = None


class ChangeRow(_Strict):
    key: Name
    title: Text
    company: Text
    requisition: Text
    old_status: Text
    old_stage: StageName
    new_status: Text
    new_stage: StageName
    seen_at: Moment
    old_last_seen: Moment | None = None


class _Was(_Strict):
    stage: StageName
    confidence: ConfidenceName
    status_raw: Text


class StageCorrection(_Strict):
    what: Literal["stage"]
    scope: Literal["one", "employer"]
    key: Name
    portal: Text
    employer: Text
    text: Text
    stage: StageName
    was: dict[str, _Was]
    at: Moment


class EmployerCorrection(_Strict):
    what: Literal["employer"]
    scope: Literal["one", "employer"]
    key: Name
    portal: Text
    host: Text
    was: Text
    employer: Name
    at: Moment


class AccountRow(_Strict):
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    portal: Name
    host: Name
    start_url: Annotated[str, Field(max_length=4000)]
    employer: Text = ""
    username: Annotated[str, Field(max_length=1000)] = ""
    employer_named: bool = False
    added_at: Moment


class Template(_Strict):
    subject: Annotated[str, Field(max_length=300)]
    body: Annotated[str, Field(max_length=4000)]


def checked(tables: Tables) -> Tables:
    """The tables, each row checked. Raises NoExport naming the first that is wrong."""
    return {
        name: {key: _checked(name, key, row) for key, row in rows.items()} for name, rows in tables.items()
    }


def _checked(table: str, key: str, row: Row) -> Row:
    try:
        return _CHECKS[table](key, row)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _wrong(table, key, f"{where}: {first['msg']}" if where else first["msg"]) from None
    except (ValueError, AccountError) as error:
        raise _wrong(table, key, str(error)) from None


def _wrong(table: str, key: str, why: str) -> NoExport:
    return NoExport(printable(f"Nothing was imported: {table}, {key[:80]!r}: {why[:200]}."))


def _application(key: str, row: Row) -> Row:
    shape = ApplicationRow.model_validate(row)
    if not key == shape.key == f"{shape.portal}|{shape.host}|{shape.external_id}":
        raise ValueError("its key is not made of portal, host and id")
    for name, value in (shape.model_extra or {}).items():
        if not isinstance(value, str | int | float | bool | None) or len(str(value)) > LONGEST:
            raise ValueError(f"{name[:40]} is no plain value")
    return row


def _change(key: str, row: Row) -> Row:
    shape = ChangeRow.model_validate(row)
    application, sign, number = key.rpartition("#")
    if not sign or application != shape.key or not (number.isascii() and number.isdigit()) or len(number) > 6:
        raise ValueError("its key is not an application's and a number")
    return row


def _correction(_: str, row: Row) -> Row:
    (StageCorrection if row.get("what") == "stage" else EmployerCorrection).model_validate(row)
    return row


def _account(key: str, row: Row) -> Row:
    """The address must lead to the very host and portal that the row names: a password will be typed there."""
    shape = AccountRow.model_validate(row)
    leads_to = account_from_url(shape.start_url)
    if key != shape.id or (leads_to.portal, leads_to.host) != (shape.portal, shape.host):
        raise ValueError("its address does not belong to its portal and host")
    return row


def _named(shape: type[Trip] | type[Ask] | type[Recruiter]) -> Callable[[str, Row], Row]:
    def check(key: str, row: Row) -> Row:
        made = shape.model_validate(row)
        if made.id != key:
            raise ValueError("its id is not its key")
        return made.model_dump(mode="json")

    return check


def _place(_: str, row: Row) -> Row:
    return Place.model_validate(row).model_dump(mode="json")


def _setting(key: str, row: Row) -> Row:
    if key == "me":
        return Me.model_validate(row).model_dump(mode="json", exclude_unset=True)
    if key == "rules":
        return Rules.model_validate(row).model_dump(mode="json", exclude_unset=True)
    if key != "templates":
        raise ValueError("there is no such setting")
    for name, template in row.items():
        kind, _, language = name.partition(".")
        if kind not in TEMPLATE_KINDS or language not in {known.value for known in Language}:
            raise ValueError("there is no such template")
        Template.model_validate(template)
    return row


_CHECKS: dict[str, Callable[[str, Row], Row]] = {
    "applications": _application,
    "changes": _change,
    "accounts": _account,
    "trips": _named(Trip),
    "asks": _named(Ask),
    "recruiters": _named(Recruiter),
    "corrections": _correction,
    "places": _place,
    "settings": _setting,
}
