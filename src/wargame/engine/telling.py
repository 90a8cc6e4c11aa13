"""What stories are made of: the changes, rolls and news of an effect in words, as far as a viewer may hear of them."""

from __future__ import annotations

from typing import Any

from wargame.engine import events as e
from wargame.engine.knowledge import area_label, band_name, band_of, owner_label, sees_all, slot_label
from wargame.engine.state import State
from wargame.rules.execution import News, Roll
from wargame.rules.program import NOBODY, Family, Program, Sight, Slot
from wargame.words import later

Line = list[str]  # tone, text
UNEXPLAINED = later("Unexplained")


def told(
    state: State,
    program: Program,
    kind: str,
    head: str,
    *,
    actor: int = NOBODY,
    stance: str | None = None,
    lines: list[Line] | None = None,
    slots: list[list[Any]] | None = None,
    card: str | None = None,
    option: str | None = None,
    rationale: str | None = None,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "turn": state.turn,
        "phase": state.phase_id(program),
        "actor": program.seats[actor] if 0 <= actor < len(program.seats) else None,
        "stance": stance,
        "head": head,
        "lines": lines or [],
        "slots": slots or [],
        "card": card,
        "option": option,
        "rationale": rationale,
    }


def _changes(program: Program, state: State, effect: e.Effect, viewer: int) -> tuple[list[Line], list[list[Any]]]:
    """The visible changes of an effect, in words and as [slot, old, new]."""
    gained = {slot for member, slot, _ in effect.sight if member == viewer}
    lines: list[Line] = []
    entries: list[list[Any]] = []
    for index, old, new in effect.changes:
        slot = program.slots[index]
        level = state.sight[viewer][index]
        if not slot.shown or not level:
            continue
        before: int | None = old if index not in gained else None
        name = slot_label(program, slot)
        if level == Sight.BAND:
            was, now = band_of(slot, old), band_of(slot, new)
            if was == now and before is not None:
                continue
            entries.append([index, None if before is None else was, now])
            lines.append(["change", f"{name}: {_band(program, slot, now)}"])
            continue
        entries.append([index, before, new])
        lines.append(["change", _change_words(program, name, slot.family, index, before, new)])
    return lines, entries


def _band(program: Program, slot: Slot, index: int) -> str:
    """The scenario's name of a band, or ours where it has none."""
    return band_name(slot, index) if index < len(slot.bands) else program.phrase(band_name(slot, index))


def _change_words(program: Program, name: str, family: Family, index: int, old: int | None, new: int) -> str:
    if family is Family.FLAG:
        return f"{name}: {program.phrase('yes') if new else program.phrase('no')}"
    if family is Family.AGREEMENT:
        return f"{name}: {program.phrase('in force') if new else program.phrase('ended')}"
    if family is Family.CHOICE:
        choice = next(each for each in program.choices if each.slot == index)
        return f"{name}: {choice.model.options[choice.options[new]].label}"
    if family is Family.AGENDA:
        deck = next(each for each in program.agendas if each.slot == index)
        return f"{name}: {deck.agendas[new][1].label}"
    slot = program.slots[index]
    if old is None:  # it was not seen before: the difference would tell what it was
        return f"{name}: {new}"
    change = f"{new - old:+d}".replace("-", "−")
    words = f"{name} {change} → {new}"
    if slot.bands and band_of(slot, old) != band_of(slot, new):
        words += f" ({_band(program, slot, band_of(slot, new))})"
    return words


def _rolls(program: Program, state: State, rolls: tuple[Roll, ...], viewer: int) -> list[Line]:
    """Rolls in words; the chance is told to those who may see all that it came from."""
    lines: list[Line] = []
    for roll in rolls:
        label = str(program.sites[roll.site].label) or program.phrase("A roll")
        if roll.need:
            outcome = program.phrase("yes") if roll.result <= roll.need else program.phrase("no")
            if sees_all(state, viewer, roll.reads):
                lines.append(
                    [
                        "roll",
                        program.phrase(
                            "{label}: {result} against {need}% · {outcome}",
                            label=label,
                            result=roll.result,
                            need=roll.need,
                            outcome=outcome,
                        ),
                    ]
                )
            else:
                lines.append(["roll", f"{label}: {outcome}"])
        elif sees_all(state, viewer, roll.reads):
            row = next((str(words) for highest, words in program.sites[roll.site].rows if roll.result <= highest), "")
            thrown = program.phrase("{result} of {sides}", result=roll.result, sides=roll.sides)
            lines.append(["roll", f"{label}: {row} ({thrown})" if row else f"{label}: {thrown}"])
    return lines


def _news(program: Program, effect: e.Effect, viewer: int) -> list[Line]:
    return [
        ["note", news_words(program, item)]
        for item in effect.news
        if item.audience is None or viewer in item.audience or viewer == program.white_cell
    ]


def news_words(program: Program, item: News) -> str:
    """A piece of news as it is read, its placeholders filled."""
    words = str(program.news[item.text])
    for name, kind, value in item.names:
        label = {"owner": owner_label, "area": area_label}.get(kind)
        words = words.replace("{" + name + "}", label(program, value) if label is not None else str(value))
    return words


def effect_lines(
    program: Program, state: State, effect: e.Effect, viewer: int, *, known: bool
) -> tuple[list[Line], list[list[Any]]]:
    changes, slots = _changes(program, state, effect, viewer)
    rolls = _rolls(program, state, effect.rolls, viewer) if known else []
    return [*_news(program, effect, viewer), *rolls, *changes], slots


def unexplained(program: Program, state: State, effect: e.Effect, viewer: int) -> dict[str, Any] | None:
    lines, slots = effect_lines(program, state, effect, viewer, known=False)
    if not lines:
        return None
    more = program.phrase(" and {count} more", count=len(lines) - 1) if len(lines) > 1 else ""
    return told(state, program, "upkeep", f"{program.phrase(UNEXPLAINED)}: {lines[0][1]}{more}", lines=lines, slots=slots)
