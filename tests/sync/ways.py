"""A scheduler of a pretended machine, in place of systemd, cron, launchd or the Task Scheduler."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.nightly_ways import Job, NightlyError


@dataclass
class Way:
    """`works`: it can be reached. `unreadable` and `fails`: why nothing can be asked of it, or removed from it."""

    name: str = "cron"
    there: bool = True
    works: bool = True
    unreadable: str = ""
    fails: str = ""

    def usable(self) -> bool:
        return self.works

    def install(self, job: Job) -> None:
        self.there = True

    def installed(self) -> bool:
        if self.unreadable:
            raise NightlyError(self.unreadable)
        return self.there

    def remove(self) -> None:
        if self.fails:
            raise NightlyError(self.fails)
        self.there = False
