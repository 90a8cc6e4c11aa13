"""Draws the pictures in `docs/` from the running client: `python tools/screenshots.py [FOLDER]`.

The client runs without a terminal on the made-up game of its tests. The pictures hold no addresses: no fonts from
elsewhere and no links.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.client import sample  # noqa: E402
from tests.client.scripted import ScriptedDoor  # noqa: E402
from wargame.client.tui.app import ClientApp  # noqa: E402

# name -> seat, phase, window, keys
PICTURES: dict[str, tuple[str, str, tuple[int, int], tuple[str, ...]]] = {
    "situation": ("washington", "desk", (120, 34), ("1",)),
    "map": ("washington", "desk", (120, 34), ("2", "down", "down", "left")),
    "card": ("washington", "desk", (120, 34), ("3",)),
    "orders": ("washington", "rooms", (120, 34), ("4", "down", "down")),
    "console": ("white_cell", "desk", (120, 34), ()),
    "watch": ("public", "desk", (120, 34), ()),
}


def without_addresses(svg: str) -> str:
    """The picture with local fonts only, and without a link or comment to anywhere."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family:\s*[^;]*;", "font-family: monospace;", svg)
    return re.sub(r"</?a\b[^>]*>", "", svg)


async def draw(name: str, folder: Path) -> None:
    """Runs the client to one page and writes its picture."""
    seat, phase, size, keys = PICTURES[name]
    offers = sample.offers(phase) if seat == "washington" else []
    door = ScriptedDoor(seat, sample.catalog(seat), sample.view(seat, phase), offers)
    door.answers = sample.answers
    with tempfile.TemporaryDirectory() as drafts:
        app = ClientApp(door, folder=Path(drafts))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            await pilot.pause()
            svg = without_addresses(app.export_screenshot(title="wargame"))
    addresses = [each for each in re.findall(r"https?://[^\s\"'<>]+", svg) if not each.startswith("http://www.w3.org/")]
    if addresses:
        raise SystemExit(f"{name}: the picture holds an address: {addresses[0]}")
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    """Draws all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    for name in PICTURES:
        asyncio.run(draw(name, folder))


if __name__ == "__main__":
    main()
