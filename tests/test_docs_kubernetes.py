"""The manifests in docs/kubernetes/: held against Kubernetes' own schemas, and against what InTown is."""

from __future__ import annotations

import re
from typing import Any

import kubernetes_validate
import pytest
import yaml

from scraper import __version__
from scraper.sync_tools import RUN_SECONDS
from tests.docs_reading import ROOT

FOLDER = ROOT / "docs" / "kubernetes"
FILES = sorted(FOLDER.glob("*.yaml"))
RELEASES = ("1.31", "1.37")
"""The oldest and the newest Kubernetes that the manifests are held against."""

PAGE = (ROOT / "docs" / "many-seekers.md").read_text(encoding="utf-8")


def manifests() -> dict[str, dict[str, Any]]:
    """Every manifest, by its file and kind."""
    return {
        f"{path.name} {one['kind']}": one
        for path in FILES
        for one in yaml.safe_load_all(path.read_text(encoding="utf-8"))
    }


ALL = manifests()


def pods() -> dict[str, dict[str, Any]]:
    """The specification of every pod that InTown runs in, by where it stands."""
    found = {}
    for name, one in ALL.items():
        if one["kind"] == "CronJob":
            found[name] = one["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        elif one["kind"] == "Pod":
            found[name] = one["spec"]
    return found


PODS = pods()


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("name", ALL)
def test_a_manifest_is_what_kubernetes_takes(name: str, release: str) -> None:
    kubernetes_validate.validate(ALL[name], release, strict=True)


@pytest.mark.parametrize("release", RELEASES)
def test_a_misspelt_manifest_is_refused(release: str) -> None:
    broken = {**ALL["person.yaml CronJob"], "spec": {**ALL["person.yaml CronJob"]["spec"], "shedule": "x"}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, release, strict=True)


@pytest.mark.parametrize("name", PODS)
def test_a_pod_has_no_rights_it_does_not_need(name: str) -> None:
    pod = PODS[name]
    [container] = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", PODS)
def test_a_pod_starts_what_there_is(name: str) -> None:
    from server.cli import COMMANDS

    [container] = PODS[name]["containers"]
    assert container["args"][0] in COMMANDS
    assert container["image"].endswith(f":{__version__}")
    settings = {one["name"]: one for one in container["env"]}
    assert "value" not in settings["INTOWN_PASSPHRASE"], "a secret belongs into a Secret"
    mounted = {one["mountPath"] for one in container["volumeMounts"]}
    assert {settings["INTOWN_HOME"]["value"], settings["HOME"]["value"]} <= mounted, "the rest is read-only"
    assert {one["name"] for one in container["volumeMounts"]} == {
        one["name"] for one in PODS[name]["volumes"]
    }


def test_a_night_is_tried_once_and_may_take_its_time() -> None:
    job = ALL["person.yaml CronJob"]["spec"]
    assert job["concurrencyPolicy"] == "Forbid"
    assert job["jobTemplate"]["spec"]["backoffLimit"] == 0
    assert job["jobTemplate"]["spec"]["activeDeadlineSeconds"] > RUN_SECONDS


def test_renaming_gives_each_person_their_own() -> None:
    """As the page shows it: every name of the person's own things holds the word that is replaced, once."""
    for file in ("person.yaml", "desk.yaml"):
        text = (FOLDER / file).read_text(encoding="utf-8").replace("intown-person", "intown-dana")
        for one in yaml.safe_load_all(text):
            assert one["metadata"]["name"].startswith("intown-dana")
            assert set(re.findall(r"(?:claimName|name): (intown-[a-z-]+)", yaml.dump(one))) <= {
                "intown-dana",
                "intown-dana-desk",
            }


def test_the_page_names_every_manifest() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(re.findall(r"kubernetes/([\w.]+)", PAGE))
    assert all(release in PAGE for release in RELEASES)
