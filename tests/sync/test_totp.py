"""An authenticator's codes: right by the RFC's own numbers, typed where one is asked for, each once, nowhere else."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from fixtures.portals import FakePortals
from fixtures.portals.signing_in import authenticator
from scraper import accounts
from scraper.login_code import raise_if_sent_elsewhere
from scraper.model import Account
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.settings import Home
from scraper.store import Store
from scraper.totp import BadSecret, code_at, read_secret
from scraper.vault import Vault
from server.cli import intown
from tests.sync.conftest import PASSPHRASE, Person

# RFC 6238, appendix B: the secret "12345678901234567890", SHA-1, here with six digits.
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
LAKESHORE = "lakeshore.taleo.net"
MERIDIAN = "meridian.wd5.myworkdayjobs.com"


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_codes_of_the_rfc(second: int, code: str) -> None:
    made = code_at(read_secret(RFC), datetime.fromtimestamp(second, UTC))
    assert (made.text, made.window) == (code, second // 30)
    assert authenticator(RFC, second // 30) == code  # the fakes reckon by themselves
    assert code not in repr(made)


@pytest.mark.parametrize(
    "written",
    [
        RFC.lower(),
        " ".join(RFC[at : at + 4] for at in range(0, len(RFC), 4)),
        f"otpauth://totp/Lakeshore:dreyes?secret={RFC}&issuer=Lakeshore",
        f"  {RFC}==== \n",
    ],
)
def test_secrets_as_portals_write_them(written: str) -> None:
    assert code_at(read_secret(written), datetime.fromtimestamp(59, UTC)).text == "287082"


def test_digits_and_period_of_an_address_are_kept() -> None:
    kept = read_secret(f"otpauth://totp/x?secret={RFC}&digits=8&period=60")
    made = code_at(kept, datetime.fromtimestamp(119, UTC))
    assert (len(made.text), made.window) == (8, 1)


@pytest.mark.parametrize(
    "written",
    ["", "123456", "not base32 at all!", "otpauth://hotp/x?secret=" + RFC, "otpauth://totp/x", "AAAA"],
)
def test_what_is_no_secret_is_said_without_repeating_it(written: str) -> None:
    with pytest.raises(BadSecret) as raised:
        read_secret(written)
    assert not written or written not in raised.value.sentence


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("A one-time code was sent to your email address.", True),
        ("We texted a code to your mobile number ending in 42.", True),
        ("Check your inbox for the code.", True),
        ("Open your authenticator app and enter the code.", False),
        ("Enter the code of your authenticator app, or have one sent to your email.", False),
        ("Enter your verification code", False),
    ],
)
def test_a_code_that_was_sent_is_the_persons(text: str, elsewhere: bool) -> None:
    html = f"<main><h1>One more step</h1><p>{text}</p></main>"
    if not elsewhere:
        raise_if_sent_elsewhere(html)
        return
    with pytest.raises(PortalError) as raised:
        raise_if_sent_elsewhere(html)
    assert raised.value.outcome is Outcome.CODE_NEEDED


def test_a_window_is_used_once(home: Home) -> None:
    store = Store(home.store)
    account = accounts.add(store, accounts.account_from_url(f"https://{LAKESHORE}/", username="dreyes"))
    assert accounts.mark_code(store, account, 100)
    assert not accounts.mark_code(store, account, 100)
    assert not accounts.mark_code(Store(home.store), account, 99)
    assert accounts.mark_code(store, account, 101)


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(intown, arguments, input=given)


def test_the_secret_goes_to_the_vault_only(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_PASSPHRASE", PASSPHRASE)
    url = f"https://{LAKESHORE}/careersection/2/mysubmissions.ftl"
    run("account", "add", url, "--username", "dreyes", "--password-stdin", given="a password\n")
    accounts.save_state(Store(home.store), "lakeshore", outcome=Outcome.CODE_NEEDED, submitted_version=1)
    done = run("account", "edit", "lakeshore", "--totp-stdin", given=f"{RFC}\n")
    assert done.exit_code == 0, done.output
    account, state = accounts.find(Store(home.store).read(), "lakeshore")
    assert (account.totp, state.outcome, account.password_version) == (True, None, 2)
    vault = Vault.open(home)
    assert code_at(vault.totp("lakeshore") or "", datetime.fromtimestamp(59, UTC)).text == "287082"
    assert vault.password("lakeshore") == "a password"
    for path in home.data.rglob("*"):
        assert path.is_dir() or RFC.encode() not in path.read_bytes()
    (row,) = json.loads(run("account", "list", "--json").output)
    assert row["authenticator"] is True
    bad = run("account", "edit", "lakeshore", "--totp-stdin", given="nonsense!\n")
    assert isinstance(bad.exception, InTownError)
    assert "nonsense" not in bad.exception.sentence
    assert run("account", "edit", "lakeshore", "--no-totp").exit_code == 0
    assert Vault.open(home).totp("lakeshore") is None
    assert Vault.open(home).password("lakeshore") == "a password"
    run("account", "edit", "lakeshore", "--totp-stdin", given=f"{RFC}\n")
    run("account", "remove", "lakeshore", "--yes")
    assert Vault.open(home).totp("lakeshore") is None


def with_authenticator(person: Person, portals: FakePortals, name: str, secret: str = RFC) -> Account:
    host = portals.host(name)
    host.behave("code_needed", totp=RFC)
    account = person.add(host)
    person.vault.set_totp(account.id, read_secret(secret))
    return accounts.change(person.store, account.id, totp=True)


@pytest.mark.browser
def test_a_portal_that_asks_for_a_code_is_answered(portals: FakePortals, person: Person) -> None:
    made = [with_authenticator(person, portals, name) for name in (LAKESHORE, MERIDIAN)]
    results = person.sync()
    for account in made:
        host = portals.host(account.host)
        assert (results[account.id].outcome, results[account.id].sentence) == (
            Outcome.OK,
            results[account.id].sentence,
        )
        assert results[account.id].read == len(host.listed())
        assert (host.hits.login_submits, host.hits.codes) == (1, 1)
        assert person.state(account).code_window > 0
    for path in person.home.logs.rglob("*.*"):
        assert RFC.encode() not in path.read_bytes()


@pytest.mark.browser
def test_a_wrong_secret_sends_one_code_and_no_more(portals: FakePortals, person: Person) -> None:
    other = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    account = with_authenticator(person, portals, LAKESHORE, other)
    sent = with_authenticator(person, portals, MERIDIAN)
    portals.host(MERIDIAN).behave("code_needed")  # by e-mail
    results = person.sync()
    assert results[account.id].outcome is Outcome.CODE_NEEDED
    assert "did not take" in results[account.id].sentence
    assert results[sent.id].outcome is Outcome.CODE_NEEDED
    assert "e-mail or phone" in results[sent.id].sentence
    assert portals.host(LAKESHORE).hits.codes == 1
    assert portals.host(MERIDIAN).hits.codes == 0
    person.sync()
    assert portals.host(LAKESHORE).hits.codes == 1
    assert portals.host(LAKESHORE).hits.login_submits == 1


@pytest.mark.browser
def test_a_code_of_a_used_window_is_not_typed(portals: FakePortals, person: Person) -> None:
    account = with_authenticator(person, portals, LAKESHORE)
    ahead = datetime.now(UTC) + timedelta(hours=1)
    accounts.mark_code(person.store, account, int(ahead.timestamp() // 30))
    result = person.sync()[account.id]
    assert (result.outcome, result.fix) == (Outcome.CODE_NEEDED, f"intown login {account.id}")
    assert "used before" in result.sentence
    assert portals.host(LAKESHORE).hits.codes == 0
