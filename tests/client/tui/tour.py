"""A way through every screen of the client, for laws that must hold on all of them."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen
from textual.app import App
from textual.color import Color

from tests.client import sample, sample_class
from tests.client.scripted import ScriptedDoor
from wargame.client.door import Connection, Place, Stage


@frozen
class Stop:
    """A screen: the game it is seen in, and the keys that lead to it."""

    name: str
    door: Callable[[], ScriptedDoor | None]
    keys: tuple[str, ...] = ()


def washington(phase: str = "desk") -> ScriptedDoor:
    """A player in a phase."""
    door = ScriptedDoor("washington", sample.catalog(), sample.view(phase=phase), sample.offers(phase))
    door.answers = sample.answers
    if phase == "floor":
        door.mirror.data["motion"] = sample.MOTION
    return door


def setup() -> ScriptedDoor:
    """A player before turn 1."""
    door = washington("setup")
    door.mirror.data.update(status="setup", turn=0)
    door.offers = sample.offers(status="setup")
    return door


def over() -> ScriptedDoor:
    """A player when the game is over."""
    door = washington("close")
    door.mirror.data.update(status="over", result=sample.RESULT)
    door.offers = []
    return door


def projector() -> ScriptedDoor:
    """Who watches."""
    return ScriptedDoor("public", sample.catalog("public"), sample.view("public"), [])


def lost() -> ScriptedDoor:
    """A player without a connection."""
    door = washington()
    door.connection = Connection(Stage.LOST, "The connection was cut.", retry_at=5.0)
    return door


def lobby() -> ScriptedDoor:
    """Who waits to be let in."""
    door = ScriptedDoor("", {}, {}, [])
    door.connection = Connection(Stage.LOBBY)
    door.place = Place("KT7M-P2QX", "Shadow line", ({"seat": "washington", "title": "The White House", "taken": True},), 2)
    return door


STOPS = (
    Stop("join", lambda: None),
    Stop("lobby", lobby),
    Stop("projector", projector),
    Stop("setup", setup, ("down",)),
    Stop("result", over),
    Stop("lost", lost),
    *(Stop(f"player {key}", washington, (key, "down")) for key in "1235689"),
    Stop("orders", lambda: washington("rooms"), ("4", "down", "down")),
    Stop("floor", lambda: washington("floor"), ("7",)),
    *(Stop(f"player {key}", washington, (key,)) for key in ("R", "L", "C", "b")),
    Stop("help", washington, ("question_mark",)),
    Stop("palette", washington, ("ctrl+p",)),
    Stop("leave", washington, ("q",)),
    Stop("seal", lambda: washington("rooms"), ("e",)),
    Stop("answer", washington, ("3", "down", "enter")),
    *(Stop(f"console {key}", sample_class.facilitator, (key, "down")) for key in "1234567890y"),
    *(Stop(f"console hand {key}", sample_class.facilitator, (key,)) for key in "apxuvz"),
)


def ratio(one: Color, other: Color) -> float:
    """The contrast of two colours as WCAG 2 has it, 1 to 21."""
    first, second = sorted((_luminance(one), _luminance(other)))
    return (second + 0.05) / (first + 0.05)


def _luminance(color: Color) -> float:
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def painted(app: App[int]) -> list[tuple[str, Color, Color]]:
    """What stands on the screen, with its colour and that beneath it, as the terminal gets them.

    What a dialog covers is meant to step back, and is left out.
    """
    box = next((each.region for each in app.screen.query("#box, CommandPalette > Vertical")), app.screen.region)
    found = []
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            at, x = x, x + segment.cell_length
            style = segment.style
            if (
                style is None
                or not segment.text.strip()
                or style.color is None
                or style.bgcolor is None
                or not box.contains(at, y)
            ):
                continue
            front, back = (Color.from_rich_color(each) for each in (style.color, style.bgcolor))
            if style.reverse:
                front, back = back, front
            if style.dim:
                front = back.blend(front, 0.5)
            found.append((segment.text, front, back))
    return found
