"""Draws the icons of the extension from `extension/icons/icon.svg`: `python -m tests.browser.draw_icons`.

Run by hand after a change of the drawing; the PNG files are committed.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from scraper.browsers import find_browser

ICONS = Path(__file__).resolve().parents[2] / "extension" / "icons"
SIZES = (16, 24, 32, 48, 128)


def draw() -> None:
    """Write `icon-SIZE.png` for every size that the manifest names."""
    drawing = (ICONS / "icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(
                f"<style>* {{ margin: 0 }} svg {{ display: block; width: {size}px }}</style>{drawing}"
            )
            page.screenshot(path=ICONS / f"icon-{size}.png", omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    draw()
