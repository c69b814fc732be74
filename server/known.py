"""What asking knows at a request: the world of the store's last commit, parts of it kept between requests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import current_app

from server.asking.waiting import Waiting
from server.asking.world import World
from server.state import state

if TYPE_CHECKING:
    from scraper.store import View

_KEPT = "intown.waiting"


def snapshot() -> tuple[int, View]:
    """The store's last commit, and its number."""
    store = state().store
    while True:
        number, view = store.generation, store.read()
        if store.generation == number:  # nobody committed in between
            return number, view


def known(found: tuple[int, View] | None = None) -> World:
    """The world now, or at a commit read before.

    The applications one may ask about are arranged once for each commit and kept; they hold texts only, so that
    the documents of an old commit can be forgotten.
    """
    number, view = found or snapshot()
    world = World.from_tables(view.all, state().places, state().clock())
    kept: tuple[int, Waiting] | None = current_app.extensions.get(_KEPT)
    if kept is None or kept[0] != number:
        kept = current_app.extensions[_KEPT] = (number, world.waiting)
    return replace(world, arranged=kept[1])
