"""How a game on record is wound: keys that no page of a player's or a facilitator's has."""

from __future__ import annotations

from wargame.client.tui.command import Command

WINDING = (
    Command("replay.step", ("full_stop",), "step", "The next thing these eyes learned of", "wind('learned', 1)"),
    Command("replay.step-back", ("comma",), "step back", "The one before", "wind('learned', -1)"),
    Command("replay.phase", ("greater_than_sign", "N"), "phase", "To where the next phase begins", "wind('phases', 1)"),
    Command("replay.phase-back", ("less_than_sign", "B"), "phase back", "To where a phase began", "wind('phases', -1)"),
    Command("replay.turn", ("T",), "turn", "To where the next turn begins", "wind('turns', 1)"),
    Command("replay.turn-back", ("Z",), "turn back", "To where a turn began", "wind('turns', -1)"),
    Command("replay.decision", ("D",), "decision", "To this seat's next decision, or to anybody's", "wind('decisions', 1)"),
    Command("replay.decision-back", ("U",), "decision back", "To the decision before", "wind('decisions', -1)"),
    Command("replay.seat", ("S",), "seat", "Other eyes: another seat, the facilitator, the public", "seat"),
    Command("replay.jump", ("J",), "jump", "Jump to a turn and phase", "jump"),
    Command("replay.play", ("P",), "play", "Play, or stop", "play"),
    Command("replay.speed", ("K",), "speed", "Play slower or faster", "speed"),
    Command("replay.removed", ("W",), "taken back", "Show what was taken back too, or skip it", "removed"),
)  # fmt: skip
