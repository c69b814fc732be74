"""One input or button of a page: what is checked before it is used, and how it is typed into and pressed."""

from __future__ import annotations

from playwright.async_api import ElementHandle, Page
from playwright.async_api import Frame as LiveFrame

import scraper.browser_scripts as scripts
from scraper.browser_errors import mapped_errors
from scraper.outcomes import Outcome, PortalError

ACTION_MS = 8_000
"""How long one step on a page may take."""


class Field:
    """One input or button in the page that may be typed into or pressed, with what a careful hand checks first."""

    def __init__(self, page: Page, frame: LiveFrame, element: ElementHandle) -> None:
        self._page = page
        self._frame = frame
        self._element = element

    @property
    def frame_url(self) -> str:
        """The address of the frame that owns the field, which need not be the page's."""
        return self._frame.url

    async def targets(self) -> list[str]:
        """The addresses to which the field's form would be sent, resolved, with the document's own first."""
        with mapped_errors():
            found = await self._element.evaluate(scripts.FORM_TARGETS)
        return [found["url"], *found["targets"]]

    async def is_trap(self) -> bool:
        """Whether only a program would find this field (honeypot)."""
        with mapped_errors():
            return bool(await self._element.evaluate(scripts.IS_TRAP))

    async def fill(self, text: str) -> None:
        with mapped_errors():
            await self._element.fill(text, timeout=ACTION_MS)

    async def own_button(self) -> Field | None:
        """The one button that sends this field; None when that is not clear."""
        with mapped_errors():
            found = (await self._element.evaluate_handle(scripts.OWN_BUTTON)).as_element()
        return Field(self._page, self._frame, found) if found else None

    async def under_click(self) -> str:
        """What a click in the middle would meet: "button", "cover", "bare" or "other"."""
        with mapped_errors():
            return str(await self._element.evaluate(scripts.UNDER_CLICK))

    async def press(self) -> None:
        """One click in the middle, as a mouse does: whatever lies there receives it, exactly once."""
        with mapped_errors():
            box = await self._element.bounding_box()
            if box is None:
                raise PortalError(Outcome.PAGE_CHANGED, "A button went away before it could be pressed.")
            await self._page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
