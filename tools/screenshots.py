"""Draws the pictures in `docs/` from the running client: `python tools/screenshots.py [FOLDER]`.

The client runs without a terminal: for `client.svg` on the flagship scenario, played by bots up to a turn, for the others
on the made-up game of its tests. The pictures hold no addresses: no fonts from elsewhere and no links.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import frozen

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.client import sample  # noqa: E402
from tests.client.scripted import ScriptedDoor  # noqa: E402
from wargame.analysis.playout import Playout  # noqa: E402
from wargame.bots.bot import Bot  # noqa: E402
from wargame.bots.levels import seat_bot  # noqa: E402
from wargame.cli.opening import game_seed, open_scenario  # noqa: E402
from wargame.client.tui.app import ClientApp  # noqa: E402
from wargame.engine.catalog import catalog  # noqa: E402
from wargame.engine.commands import Refused  # noqa: E402
from wargame.engine.events import Event  # noqa: E402
from wargame.engine.mirror import Mirror  # noqa: E402
from wargame.engine.offers import offers  # noqa: E402
from wargame.engine.project import project  # noqa: E402
from wargame.engine.questions import answer  # noqa: E402
from wargame.engine.state import State  # noqa: E402
from wargame.engine.view import view  # noqa: E402

# name -> seat, phase, window, keys
PICTURES: dict[str, tuple[str, str, tuple[int, int], tuple[str, ...]]] = {
    "situation": ("washington", "desk", (120, 34), ("1",)),
    "map": ("washington", "desk", (120, 34), ("2", "down", "down", "left")),
    "card": ("washington", "desk", (120, 34), ("3",)),
    "orders": ("washington", "rooms", (120, 34), ("4", "down", "down")),
    "console": ("white_cell", "desk", (120, 34), ()),
    "watch": ("public", "desk", (120, 34), ()),
}


# the README's picture: a real game of the flagship, with a card on the table
FLAGSHIP = ("five_questions", "washington", 4, 5)  # scenario, seat, turn, seed
CLIENT = ("client", (120, 32), ("3",))


class Reached(Exception):  # noqa: N818
    """The game has come to the moment that is wanted."""


@frozen
class Watched:
    """A bot that lets the game go on only up to a turn with a card to answer."""

    bot: Bot
    turn: int

    def decide(self, view: Mapping[str, Any], offers: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
        """What the bot does; raises Reached when it has to answer in the wanted turn."""
        if view["turn"] >= self.turn and any(offer["do"] == "respond" for offer in offers):
            raise Reached
        return self.bot.decide(view, offers)


def flagship() -> ScriptedDoor:
    """A door to the flagship, as its seat sees it when a card waits for it."""
    scenario, seat, turn, seed = FLAGSHIP
    _, program = open_scenario(scenario)
    me = program.seats.index(seat)
    mirror = Mirror(view(program, State.fresh(program), me))

    def watch(state: State, event: Event) -> None:
        mirror.fold(project(program, state, event, me))

    played = [each for each in program.seats if not program.scenario.seats[each].optional]
    bots: dict[str, Bot] = {each: seat_bot("one-ply", program, each, str(seed)) for each in played}
    bots[seat] = Watched(bots[seat], turn)
    game = Playout(program, bots, watch)
    game.start(game_seed(seed))
    with suppress(Reached):
        game.play()
    door = ScriptedDoor(seat, catalog(program, me), mirror.data, offers(program, game.state, me))

    def told(body: Mapping[str, Any]) -> Mapping[str, Any]:
        known = answer(program, game.state, me, body)
        return {"error": known.reason} if isinstance(known, Refused) else known

    door.answers = told
    return door


def made_up(name: str) -> ScriptedDoor:
    """A door to the made-up game of the tests."""
    seat, phase, _, _ = PICTURES[name]
    door = ScriptedDoor(
        seat, sample.catalog(seat), sample.view(seat, phase), sample.offers(phase) if seat == "washington" else []
    )
    door.answers = sample.answers
    return door


def without_addresses(svg: str) -> str:
    """The picture with local fonts only, and without a link or comment to anywhere."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family:\s*[^;]*;", "font-family: monospace;", svg)
    return re.sub(r"</?a\b[^>]*>", "", svg)


def without_blanks(svg: str) -> str:
    """The picture with each text beginning at its first letter: some programs leave out blanks at the edges."""

    def moved(found: re.Match[str]) -> str:
        attributes, words = found[1], found[2]
        place = re.search(r'\bx="([\d.]+)"', attributes)
        length = re.search(r'\btextLength="([\d.]+)"', attributes)
        cells = len(re.sub(r"&#?\w+;", "_", words))
        if place is None or length is None or not cells:
            return found[0]
        wide = float(length[1]) / cells
        bare = re.sub(r"^(?:&#160;)+", "", words)
        before = (len(words) - len(bare)) // len("&#160;")
        words = re.sub(r"(?:&#160;)+$", "", bare)
        if not words:
            return ""
        kept = len(re.sub(r"&#?\w+;", "_", words))
        attributes = attributes.replace(place[0], f'x="{float(place[1]) + before * wide:.1f}"')
        attributes = attributes.replace(length[0], f'textLength="{kept * wide:.1f}"')
        return f"<text{attributes}>{words}</text>"

    return re.sub(r"<text([^>]*)>([^<]*)</text>", moved, svg)


async def draw(name: str, door: ScriptedDoor, size: tuple[int, int], keys: tuple[str, ...], folder: Path) -> None:
    """Runs the client to one page and writes its picture."""
    with tempfile.TemporaryDirectory() as drafts:
        app = ClientApp(door, folder=Path(drafts))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            await pilot.pause()
            svg = without_blanks(without_addresses(app.export_screenshot(title="wargame")))
    addresses = [each for each in re.findall(r"https?://[^\s\"'<>]+", svg) if not each.startswith("http://www.w3.org/")]
    if addresses:
        raise SystemExit(f"{name}: the picture holds an address: {addresses[0]}")
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    """Draws all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    for name in PICTURES:
        asyncio.run(draw(name, made_up(name), PICTURES[name][2], PICTURES[name][3], folder))
    name, size, keys = CLIENT
    asyncio.run(draw(name, flagship(), size, keys, folder))


if __name__ == "__main__":
    main()
