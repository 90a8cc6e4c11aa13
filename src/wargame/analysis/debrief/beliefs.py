"""Beliefs held against what happened: the Brier score of every seat and person, and how well chances were judged.

A belief is what was written beside an answer to a card: how likely (0 to 100 per cent) the other side is to escalate. *The
other side* are the other seats that answer the same card; where none does, all other seats in play, by their answers and
orders of the same turn. *It escalates* when more of those choices escalate than de-escalate. A belief whose other side chose
nothing is not scored. The Brier score is the mean of (belief - outcome) squared, outcome being 1 or 0: 0 is perfect, 0.25 is
what always saying 50 per cent gets, 1 is the worst.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from wargame.analysis.debrief.ladder import WEIGHTS, done
from wargame.analysis.debrief.naming import Names, counted, row
from wargame.analysis.debrief.parts import act_link
from wargame.analysis.debrief.record import Act, Record
from wargame.analysis.html import Html, Node, join, p, section
from wargame.analysis.page.document import folded
from wargame.analysis.page.tables import Cell, data_table, number, words

FEW = 10  # fewer beliefs than this say little
BINS = ((0, 20), (21, 40), (41, 60), (61, 80), (81, 100))
HOW = (
    "A belief says how likely the other side is to escalate. The other side are the other seats that answered the same card; "
    "where there were none, all other seats, by their answers and orders of that turn. It escalated when more of those choices "
    "escalate than de-escalate. The Brier score is the mean of (belief − outcome)², the outcome being 1 or 0: 0 is perfect, "
    "0.25 is what "
    "always saying 50 % gets, 1 is the worst."
)


@frozen
class Scored:
    """A belief (0 to 1) with what it is held against: the choices of the other side, and whether they escalate."""

    act: Act
    belief: float
    against: tuple[Act, ...]
    outcome: bool

    @property
    def loss(self) -> float:
        """Its square distance from what happened."""
        return (self.belief - self.outcome) ** 2


def scored(record: Record) -> list[Scored]:
    """Every belief that can be held against something, in order."""
    acts = done(record)
    found = []
    for act in acts:
        if act.belief is None:
            continue
        against = [other for other in acts if other.card == act.card and other.seat != act.seat and act.card >= 0]
        against = against or [other for other in acts if other.told.turn == act.told.turn and other.seat != act.seat]
        if against:
            outcome = sum(WEIGHTS[other.stance] for other in against) > 0
            found.append(Scored(act, act.belief / 100, tuple(against), outcome))
    return found


def brier(beliefs: Sequence[Scored]) -> float:
    """The mean loss; of one belief at least."""
    return sum(each.loss for each in beliefs) / len(beliefs)


def beliefs(record: Record, names: Names) -> Html:
    """Scores by seat and person, the calibration table, and every belief."""
    found = scored(record)
    if not found:
        return p(
            "Nobody wrote down how likely it was that the other side would escalate, or there was nothing to hold it against."
        )
    people = _by(found, lambda each: _person(names, each))
    few = p(f"Only {counted(len(found), 'belief', 'beliefs')} in all: too few to judge anybody by.", class_="warn")
    rows: list[list[Node | Cell]] = [
        [
            f"{low}–{high} %",
            number(str(len(inside)), len(inside)),
            number(f"{100 * sum(each.belief for each in inside) / len(inside):.0f} %" if inside else "–"),
            number(f"{sum(each.outcome for each in inside)} of {len(inside)}" if inside else "–"),
        ]
        for low, high in BINS
        for inside in [[each for each in found if low <= round(100 * each.belief) <= high]]
    ]
    return join(
        p(HOW),
        few if len(found) < FEW else None,
        section("By seat", _scores("Seat", _by(found, lambda each: names.seat(each.act.seat))), level=3),
        section("By person", _scores("Person", people), level=3) if any(people) else None,
        section(
            "Calibration",
            data_table(("Said", "Beliefs", "On average", "Escalated"), rows),
            p("Well judged is who sees it happen about as often as they said.", class_="muted"),
            level=3,
        ),
        folded("Every belief", _all(names, found)),
    )


def _person(names: Names, each: Scored) -> str:
    drafts = each.act.drafts
    return names.person(drafts[-1].person, drafts[-1].name) if drafts else ""


def _by(found: Sequence[Scored], key: Callable[[Scored], str]) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = {}
    for each in found:
        groups.setdefault(key(each), []).append(each)
    return groups


def _scores(head: str, groups: dict[str, list[Scored]]) -> Html:
    rows: list[list[Node | Cell]] = [
        [
            name or "not on record",
            number(f"{brier(mine):.3f}", brier(mine)),
            number(str(len(mine)), len(mine)),
            words(_few(len(mine))),
        ]
        for name, mine in sorted(groups.items(), key=lambda each: brier(each[1]))
    ]
    return data_table((head, "Brier score", "Beliefs", ""), rows)


def _few(count: int) -> str:
    return f"only {count}: says little" if count < FEW else ""


def _all(names: Names, found: Sequence[Scored]) -> Html:
    rows: list[list[Node | Cell]] = []
    for each in found:
        sides = f"{sum(WEIGHTS[other.stance] > 0 for other in each.against)} of {len(each.against)} choices escalated"
        rows.append(
            [
                join(names.seat(each.act.seat), ": ", act_link(each.act, each.act.about), " ", row(each.act.told.row)),
                number(f"{100 * each.belief:.0f} %", each.belief),
                words(f"{'escalated' if each.outcome else 'did not'} ({sides})"),
                number(f"{each.loss:.3f}", each.loss),
            ]
        )
    return data_table(("Belief", "Said", "The other side", "Loss"), rows)
