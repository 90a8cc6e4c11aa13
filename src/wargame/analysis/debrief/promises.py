"""Promises: every agreement that was put on the table, and what became of it; what cards expected of seats."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from wargame.analysis.debrief.naming import Names, counted, row
from wargame.analysis.debrief.parts import definition, told_link
from wargame.analysis.debrief.record import Record, Told
from wargame.analysis.html import Html, Node, el, join, p
from wargame.engine import events as e
from wargame.rules.program import NOBODY


@define
class Promise:
    """One agreement from its proposal on. Ends are (row, turn, words, how), how being: kept, left, lapsed, undone, declined."""

    agreement: int
    proposed: tuple[int, int, int, str] | None = None  # row, turn, seat, person
    signed: list[tuple[int, int, str]] = field(factory=list)  # row, seat, person
    side_terms: str = ""
    entered: tuple[int, int] | None = None  # row, turn
    held: int = 0  # turns in which its terms did something
    leaked: tuple[int, int] | None = None
    end: tuple[int, int, str, str] | None = None
    by: Told | None = None  # what ended it, where that was neither a party nor the agreement itself


def promises(record: Record, names: Names) -> list[Promise]:
    """Every agreement that was proposed or in force, in order."""
    book = _Book(record, names)
    told: dict[int, list[Told]] = {}
    for each in record.told:
        told.setdefault(each.row, []).append(each)
    for entry, event, turn in record.happened:
        book.take(entry, event, turn, told.get(entry.seq, []))
    return book.made


@define
class _Book:
    record: Record
    names: Names
    made: list[Promise] = field(factory=list)
    open: dict[int, Promise] = field(factory=dict)

    def take(self, entry: Any, event: Any, turn: int, told: list[Told]) -> None:
        person = self.names.person(entry.person, entry.name)
        if isinstance(event, e.AgreementProposed):
            promise = self._new(event.agreement)
            promise.proposed = (entry.seq, turn, event.seat, person)
            promise.side_terms = event.side_terms
            promise.signed.append((entry.seq, event.seat, person))
        elif isinstance(event, e.AgreementSigned):
            self._of(event.agreement).signed.append((entry.seq, event.seat, person))
        elif isinstance(event, e.AgreementDeclined):
            words = (
                f"declined by {self.names.seat(event.seat)}"
                if event.seat != NOBODY
                else "never signed by all: it lapsed on the table"
            )
            self._close(event.agreement, entry.seq, turn, words, "declined")
        elif isinstance(event, e.AgreementEntered):
            promise = self._of(event.agreement)
            promise.entered, promise.side_terms = (entry.seq, turn), event.side_terms
        elif isinstance(event, e.AgreementHeld):
            self._of(event.agreement).held += 1
        elif isinstance(event, e.AgreementLeaked):
            self._of(event.agreement).leaked = (entry.seq, turn)
        elif isinstance(event, e.AgreementEnded):
            left = event.seat != NOBODY
            words = f"broken: {self.names.seat(event.seat)} left it" if left else "lapsed by its own terms"
            self._close(event.agreement, entry.seq, turn, words, "left" if left else "lapsed")
        self._undone(entry, event, turn, told)

    def _undone(self, entry: Any, event: Any, turn: int, told: list[Told]) -> None:
        """Agreements that another event began or ended."""
        slots = {agreement.slot: agreement.index for agreement in self.record.program.agreements}
        for slot, _, new in getattr(event, "effect", e.NOTHING).changes:
            index = slots.get(slot)
            if index is None or getattr(event, "agreement", None) == index:
                continue
            cause = next((each for each in told if each.event is event), None)
            if new:
                self._of(index).entered = (entry.seq, turn)
            elif index in self.open:
                self.open[index].by = cause
                self._close(index, entry.seq, turn, "ended by something else", "undone")

    def _new(self, agreement: int) -> Promise:
        promise = Promise(agreement)
        self.made.append(promise)
        self.open[agreement] = promise
        return promise

    def _of(self, agreement: int) -> Promise:
        return self.open.get(agreement) or self._new(agreement)

    def _close(self, agreement: int, seq: int, turn: int, words: str, how: str) -> None:
        promise = self.open.pop(agreement, None)
        if promise is not None:
            promise.end = (seq, turn, words, how)


def ledger(record: Record, names: Names) -> Html:
    """The agreements, one by one."""
    made = promises(record, names)
    if not made:
        return join(p("No agreement was put on the table."), _expected(record, names))
    signed = [each for each in made if each.entered is not None]
    kept = sum(each.end is None for each in signed)
    broken = sum(each.end is not None and each.end[3] == "left" for each in signed)
    return join(
        p(
            f"{counted(len(made), 'agreement was', 'agreements were')} on the table, {len(signed)} came into force: {kept} "
            "held to the "
            f"end, {broken} broken by a party, {len(signed) - kept - broken} ended otherwise."
        ),
        *(_article(record, names, each) for each in made),
        _expected(record, names),
    )


def _article(record: Record, names: Names, promise: Promise) -> Html:
    agreement = record.program.agreements[promise.agreement]
    signers = [
        join(names.seat(seat), f" ({person})" if person else None, " ", row(seq)) for seq, seat, person in promise.signed
    ]
    proposed: Node = None
    if promise.proposed is not None:
        seq, turn, seat, person = promise.proposed
        proposed = join(f"turn {turn}, {names.seat(seat)}", f" ({person})" if person else None, " ", row(seq))
    if promise.end is not None:
        seq, turn, words, how = promise.end
        end: Node = join(f"turn {turn}: {words} ", told_link(promise.by) if promise.by is not None else None, " ", row(seq))
    elif promise.entered is not None:
        end, how = "kept: in force when the game was over" if record.chronicle.complete else "in force so far", "kept"
    else:
        end, how = "on the table when the game stopped", "declined"
    sign = {"kept": "✓", "left": "✗", "undone": "✗"}.get(how, "·")
    body = definition(
        [
            ("Terms", str(agreement.model.terms) or None),
            ("Side terms", el("q", promise.side_terms) if promise.side_terms else None),
            ("Parties", names.seat_list(agreement.parties)),
            ("Proposed", proposed),
            ("Signed by", join(*_between(signers)) if signers else None),
            (
                "In force",
                join(f"from turn {promise.entered[1]} ", row(promise.entered[0])) if promise.entered is not None else "never",
            ),
            ("Secret", _secret(agreement.secret, promise)),
            ("What became of it", end),
        ]
    )
    title = el(
        "h4",
        el("span", sign, class_="met" if how == "kept" else "missed" if sign == "✗" else "muted"),
        " ",
        str(agreement.model.label),
    )
    return el("article", title, body, class_="act")


def _secret(secret: bool, promise: Promise) -> Node:
    if not secret:
        return None
    if promise.leaked is None:
        return "yes: only the parties knew, to the end"
    return join(f"it came out in turn {promise.leaked[1]} ", row(promise.leaked[0]))


def _between(nodes: list[Html]) -> list[Node]:
    mixed: list[Node] = []
    for each in nodes:
        mixed += [", ", each] if mixed else [each]
    return mixed


def _expected(record: Record, names: Names) -> Html:
    """What cards expected of seats and did not get, as the rules noticed it."""
    missed = [(entry, event, turn) for entry, event, turn in record.happened if type(event).__name__ == "ExpectationMissed"]
    del names, missed
    return Html("")
