"""The steps that are more than removing files: the nights, and the passwords in the system's keychain."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.nightly_ways import NightlyError, Scheduler, schedulers
from scraper.outcomes import InTownError
from scraper.settings import Home
from scraper.vault import SERVICE, Mode, Vault
from scraper.vault_files import Description, VaultError, vault_folder
from server.forgetting.files import Done, Refused
from server.running import running


def nothing_runs(home: Home) -> None:
    """Raises Refused while a server of this home runs: it would go on writing into what is removed."""
    if (server := running(home)) is not None:
        number = f" (process {server.pid})" if server.pid else ""
        raise Refused(
            f"InTown's server is running{number}. Stop it with Ctrl-C in its terminal"
            + (f" or with `kill {server.pid}`" if server.pid else "")
            + ", then run this again."
        )


def remove_nights(home: Home, ways: Sequence[Scheduler] | None = None) -> Done:
    """Take the entry out of the machine's scheduler. One that another home made is not touched: there is a single
    entry for a user, and this home has none where it never switched the nights on."""
    if not (home.data / "nightly.json").exists():
        return Done(True, "")
    removed, failed = [], []
    for way in schedulers(home) if ways is None else ways:
        try:
            usable = way.usable()
            if not usable and way.name not in ("systemd", "launchd"):
                continue  # the machine has no such scheduler; asking it would be an error
            if not way.installed():
                continue
            if not usable:
                failed.append(
                    f"the entry of {way.name} (it cannot be reached from here; run this on your desktop)"
                )
                continue
            way.remove()
            removed.append(way.name)
        except (NightlyError, OSError) as error:
            said = error.sentence if isinstance(error, NightlyError) else str(error.strerror)
            failed.append(f"the entry of {way.name} ({said})")
    if failed:
        return Done(False, "; ".join(failed) + ".")
    return Done(True, f"the nightly entry ({', '.join(removed)})" if removed else "")


def remove_vault(home: Home) -> Done:
    """Remove what is in the system's keychain. What lies in files goes with the files."""
    folder = vault_folder(home)
    try:
        description = Description.load(folder)
    except (VaultError, InTownError):
        if not (folder / "accounts.json").exists():
            return Done(True, "")  # that list is made with the first password in a keychain
        text = (
            "passwords in the system's keychain, if there are any: the description of the vault is damaged, so InTown "
            f"cannot find them. In your keychain's own program, remove the entries called {SERVICE}."
        )
        return Done(False, text)
    if description is None or description.mode is not Mode.KEYCHAIN:
        return Done(True, "")
    try:
        Vault.open(home).forget_all()
    except (InTownError, OSError, ValueError) as error:
        said = error.sentence if isinstance(error, InTownError) else "the list of the accounts cannot be read"
        text = f"the passwords in the system's keychain: {said} Then run this again."
        return Done(False, text, keep_vault=True)
    return Done(True, "the passwords and the key in the system's keychain")
