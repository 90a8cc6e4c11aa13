"""What a designer can do, by capital letters: the small ones belong to the players' screens."""

from __future__ import annotations

from wargame.client.tui.command import Command

DESIGNER = (
    Command("preview.seat", ("S",), "seat", "Look through other eyes: another seat, the public, the facilitator", "seat"),
    Command("preview.bots", ("B",), "bots", "Bots do the rest of this phase in the other seats", "bots"),
    Command(
        "preview.next", ("N",), "next phase", "End this phase; bots have done what they want in the other seats", "next_phase"
    ),
    Command("preview.turn", ("T",), "next turn", "Bots play all seats to the next turn", "next_turn"),
    Command("preview.why", ("W",), "why", "Why cards come or do not; what holds back orders, agreements, endings", "why"),
    Command("preview.undo", ("Z",), "undo", "Take the last step back", "undo"),
    Command("preview.deal", ("D",), "deal", "Deal a card now", "deal"),
    Command("preview.value", ("V",), "value", "Set a value, a flag, a choice, or an agreement in force", "value"),
    Command("preview.evaluate", ("X",), "evaluate", "Evaluate an expression over the board", "evaluate"),
    Command("preview.effects", ("E",), "effects", "Write effects and carry them out", "effects"),
    Command("preview.jump", ("J",), "jump", "Jump to a turn and phase: on by bots, or back", "jump"),
    Command("preview.problems", ("P",), "problems", "Problems of the files, and what the last save changed", "problems"),
    Command("preview.restart", ("R",), "restart", "Start the game again, with the same luck", "restart"),
)
