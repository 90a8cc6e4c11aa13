"""What a game shows about each learning objective: strengths, areas for improvement, and a rating to begin with.

A rating is suggested by whether people did what was asked of them, never by how the game ended: an answer that nobody gave in
time and an expected action that did not come are *challenges*. All of what an objective asked: U; more than a quarter: M; some,
or fewer than half of the answers with a reason: S; none: P. Whoever finishes the report decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from wargame.analysis.debrief.lessons import Evidence, evidence
from wargame.analysis.debrief.naming import Names, counted, listed
from wargame.analysis.debrief.record import Act, Record
from wargame.engine import events as e
from wargame.engine.expectations import MET, MISSED
from wargame.engine.state import Awaited, Note
from wargame.scenario.model import each_objective

RATINGS = {
    "P": "Performed without challenges",
    "S": "Performed with some challenges",
    "M": "Performed with major challenges",
    "U": "Unable to be performed",
}
NOT_EXERCISED = "–"
MAJOR = 0.25  # of what was asked: above it challenges are major
REASONED = 0.5  # of the answers: below it there were some challenges


@frozen
class Strength:
    """Something that went well, in a sentence, with the rows of the journal it rests on."""

    words: str
    rows: tuple[int, ...] = ()


@frozen
class Area:
    """An area for improvement: what was observed, where it stands, what came of it; and a corrective action, if somebody
    wrote one on the board."""

    observation: str
    reference: str
    analysis: str
    rows: tuple[int, ...] = ()
    action: str = ""


@frozen
class Assessment:
    """An objective and what the game shows about it. `path` is empty for what belongs to no objective."""

    path: str
    title: str
    capability: str
    rating: str
    why: str
    strengths: tuple[Strength, ...]
    areas: tuple[Area, ...]
    asked: int  # answers and expected actions
    challenges: int


def assess(record: Record, names: Names) -> list[Assessment]:
    """Every objective that cards or notes can name, in declared order; last what was noted under none, if anything was."""
    assessor = _Assessor(record, names)
    scenario = record.program.scenario
    paths = [(path, objective) for path, objective in each_objective(scenario.objectives)]
    served = {card.model.objective.text for card in record.program.cards if card.model.objective is not None}
    noted = {note.objective for note in record.final.notes if note.objective}
    found = []
    for path, objective in paths:
        if path in served or path in noted or not objective.parts:
            top = str(scenario.objectives[path.partition(".")[0]].title)
            title = top if "." not in path else f"{top} {objective.title}"
            found.append(assessor.of(path, title))
    known = {path for path, _ in paths}
    rest = assessor.of("", "Outside the objectives", apart_from=known)
    return [*found, rest] if rest.strengths or rest.areas else found


class _Assessor:
    def __init__(self, record: Record, names: Names) -> None:
        self.record = record
        self.names = names
        self.evidence = evidence(record)
        self.rows = {told.event.number: told.row for told in record.told if isinstance(told.event, e.CardDealt)}

    def of(self, path: str, title: str, apart_from: set[str] | None = None) -> Assessment:
        record = self.record
        cards = [card for card in record.program.cards if self._objective_of(card.index) == path] if path else []
        raised = self.evidence.get(path, [])
        if apart_from is not None:
            raised = [each for name, those in self.evidence.items() if name not in apart_from for each in those]
        acts = [act for each in raised for act in each.acts]
        numbers = {each.told.event.number for each in raised}
        awaited = [each for each in record.final.expected if each.number in numbers and each.status in (MET, MISSED)]
        notes = [note for note in record.final.notes if note.objective == path]
        late = [act for act in acts if act.defaulted]
        missed = [each for each in awaited if each.status == MISSED]
        asked, challenges = len(acts) + len(awaited), len(late) + len(missed)
        reasoned = sum(bool(act.rationale.strip()) for act in acts)
        rating, why = _rated(asked, challenges, len(acts), reasoned, bool(raised))
        areas = [*self._late(raised), *map(self._missed, missed), *map(self._noted, notes)]
        if path and not raised and cards:
            titles = listed([f"“{card.model.title}”" for card in cards[:4]])
            never = f"It was not exercised: none of its cards came ({titles}{', ...' if len(cards) > 4 else ''})."
            areas.append(Area(never, f"Objective {path}", "", action="Plan a card for it, or take it out."))
        capability = listed(list(dict.fromkeys(str(card.model.capability) for card in cards if card.model.capability)))
        return Assessment(
            path,
            title,
            capability,
            rating,
            why,
            tuple(self._strengths(acts, awaited, reasoned)),
            tuple(areas),
            asked,
            challenges,
        )

    def _objective_of(self, card: int) -> str:
        objective = self.record.program.cards[card].model.objective
        return objective.text if objective is not None else ""

    def _strengths(self, acts: list[Act], awaited: list[Awaited], reasoned: int) -> Iterator[Strength]:
        rows = tuple(act.told.row for act in acts)
        if acts and not any(act.defaulted for act in acts):
            yield Strength(f"{_all(len(acts))} came in time.", rows)
        if acts and reasoned > len(acts) * REASONED:
            given = tuple(act.told.row for act in acts if act.rationale.strip())
            yield Strength(f"{reasoned} of {counted(len(acts), 'answer', 'answers')} came with a reason in words.", given)
        for each in awaited:
            if each.status == MET:
                rule = self.record.program.cards[each.card].expects[each.place]
                yield Strength(
                    f"{self.names.seat(each.seat)} did what was expected after “{self._title(each.card)}”: {rule.label}.",
                    (self.rows[each.number],) if each.number in self.rows else (),
                )

    def _title(self, card: int) -> str:
        return str(self.record.program.cards[card].model.title)

    def _late(self, raised: list[Evidence]) -> Iterator[Area]:
        for each in raised:
            for act in each.acts:
                if act.defaulted:
                    followed = "; ".join(words for _, words in act.told.story["lines"] if words)
                    yield Area(
                        f"{self.names.seat(act.seat)} did not answer “{act.about}” in time (turn {act.told.turn}).",
                        _reference(each),
                        f"The default stood: {act.label}. {followed}".strip(),
                        (act.told.row,),
                    )

    def _missed(self, each: Awaited) -> Area:
        rule = self.record.program.cards[each.card].expects[each.place]
        return Area(
            f"{self.names.seat(each.seat)} was expected to act after “{self._title(each.card)}” by turn {each.due} "
            f"({rule.label}), and did not.",
            str(self.record.program.cards[each.card].model.evaluator) or f"Expected action of {self._title(each.card)}",
            "",
            (self.rows[each.number],) if each.number in self.rows else (),
        )

    def _noted(self, note: Note) -> Area:
        by = self.names.person(note.person) if note.person else "anonymous"
        return Area(
            note.fact,
            f"Hot-wash board, note {note.number} ({by}, {counted(len(note.votes), 'vote', 'votes')})",
            note.so_what,
            action=note.change,
        )


def _reference(each: Evidence) -> str:
    model = each.card.model
    return str(model.evaluator) or str(model.lesson) or f"Card “{model.title}”"


def _all(answers: int) -> str:
    return "The one answer that was asked for" if answers == 1 else f"All {answers} answers"


def _rated(asked: int, challenges: int, answers: int, reasoned: int, raised: bool) -> tuple[str, str]:
    """The suggested rating and why."""
    if not asked:
        return NOT_EXERCISED, "its cards asked nobody for anything" if raised else "no card of it came"
    share = challenges / asked
    why = f"{challenges} of {counted(asked, 'thing that was asked', 'things that were asked')} did not come"
    if challenges == asked:
        return "U", why
    if share > MAJOR:
        return "M", why
    if challenges:
        return "S", why
    if answers and reasoned < answers * REASONED:
        return "S", f"everything came, but only {reasoned} of {counted(answers, 'answer', 'answers')} with a reason"
    return "P", "everything that was asked came" + (f", {reasoned} of {answers} answers with a reason" if answers else "")
