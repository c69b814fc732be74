"""How each command that a document shows is run by a test, or why it cannot be run by one.

In the order of `RUN`, in one home, against the fakes of the demo's story, as somebody would who follows the README from
top to bottom. `tests/test_docs_commands.py` runs them and sees to it that both lists fit the documents exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "Harbour-Lantern-42"
"""Of the story's Dana, invented."""


@dataclass(frozen=True, slots=True)
class How:
    """What is typed at the terminal, how the command may end, and what it must say."""

    says: str = ""
    typed: tuple[str, ...] = ()
    codes: tuple[int, ...] = (0,)


RUN: dict[str, How] = {
    "intown portals": How("Workday"),
    "intown doctor": How("browser", codes=(0, 1, 3)),
    "intown account add https://lakeshore.taleo.net/careersection/ext/mysubmissions.ftl --username dreyes": How(
        "lakeshore", typed=(PASSWORD,)
    ),
    "intown sync": How("8 read"),
    "intown extension path": How("extension"),
    "intown extension build --firefox": How("-firefox.zip"),
    "intown serve": How(),  # answers as long as the next one needs
    "intown pair": How("Paired:"),
    'intown trip add "Cleveland, OH" --arrive 2027-08-26T11:00 --depart 2027-08-28T15:00': How("Cleveland"),
    "intown suggest --drafts": How("Lakeshore"),
    "intown doctor --bundle report.zip": How("report.zip", codes=(0, 1, 3)),
    "intown export": How("Charge Nurse"),
    "intown data": How("8 applications"),
    "intown data backups": How("intown-g"),
    "python -m tests.release.tables --write": How("| Workday |"),
    "python3 run.py": How("run.py demo", codes=(2,)),
    "python3 run.py release-notes": How("InTown"),
    "intown forget-everything": How(typed=("no",), codes=(0, 1)),
}
"""By the command as the document shows it, `python3 run.py` and its like left out before commands of InTown."""

NOT_RUN: dict[str, str] = {
    "python3 run.py demo": "tests/test_demo.py runs it",
    "python3 run.py demo --open": "tests/test_demo.py runs all but the window",
    "python3 run.py test": "that is this run",
    "python3 run.py test -k taleo": "a part of this run",
    "python3 run.py test tests/server": "a part of this run",
    "python3 run.py lint": "a part of `run.py test`",
    "python3 run.py bench reading": "measures; never part of the tests",
    "python3 run.py bench seekers": "measures; never part of the tests",
    "python3 run.py coverage": "this run again, slower",
    "python3 run.py coverage --report": "shows what that measured; tests/release/test_branches.py gives it a report",
    "python3 run.py proof": "half an hour at its full count; a small count of it is in this run",
    "python -m tests.proof.firefox": "needs a Firefox; `run.py proof` runs it where there is one",
    "python3 run.py audit": "asks the public index",
    "python3 run.py release-check": "builds, installs and runs everything, this test among it",
    "pipx install .": "changes the machine; release-check installs the same into an empty environment",
    "uv tool install .": "changes the machine; release-check installs the same into an empty environment",
    "pipx ensurepath": "changes the shell's settings",
    "uv tool update-shell": "changes the shell's settings",
    "intown nightly on": "changes the machine's scheduler; tests/sync/test_nightly.py has one of its own",
    "intown login lakeshore": "opens a window and waits for a person; tests/sync/ has a person",
    "intown sync --browser-ws ws://browsers.example:3000/": "tests/sync/test_remote.py does it with a server of its own",
    "sh docs/night.sh /srv/intown 4": "tests/test_docs_night.py runs it in a folder of its own",
    **dict.fromkeys(
        (
            "podman build --file docs/kubernetes/Containerfile --tag registry.example/intown:0.1.0 .",
            "kubectl apply --filename docs/kubernetes/network.yaml",
            "kubectl create secret generic intown-dana --from-file=passphrase=dana.passphrase",
            "sed -e 's/intown-person/intown-dana/' -e 's/\"17 2/\"43 2/' docs/kubernetes/person.yaml | kubectl apply --filename -",
            "sed -e 's/intown-person/intown-dana/' docs/kubernetes/desk.yaml | kubectl apply --filename -",
            "kubectl exec --stdin --tty intown-dana-desk -- intown account add "
            "https://lakeshore.taleo.net/careersection/ext/mysubmissions.ftl --username dreyes",
            "kubectl port-forward intown-dana-desk 47615:47615",
            "kubectl exec --stdin --tty intown-dana-desk -- intown pair",
            "kubectl delete pod intown-dana-desk",
        ),
        "needs a cluster; tests/test_docs_kubernetes.py holds the manifests and the replacements",
    ),
}
AS_MANY = 31
"""How many are not run: whoever adds one has to say so here too."""
