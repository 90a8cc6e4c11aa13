"""What holds an order or agreement back, taken apart, lets through exactly whom the program lets through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.conditions import known, shaken
from tests.support.play import ALL, program_of
from wargame.rules.program import NOBODY


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25)
@given(number=st.integers(0, 2**30))
def test_orders_are_open_when_the_program_says_so(name: str, number: int) -> None:
    """Locks and requirements that name no target, and for every candidate those that do."""
    program, found = program_of(name), known(name)
    board = shaken(program, number)
    for action in program.actions:
        holds = found.actions[action.index]
        for seat in action.seats:
            bare = (NOBODY,) * len(action.variables)
            open_ = all(hold.open(board, seat, bare) for hold in holds if not hold.aimed)
            assert open_ == all(reason.test(board, seat) for reason in action.reasons), action.id
            for refs in action.candidates(board, seat)[:5] if action.variables else ():
                aimed = all(hold.open(board, seat, refs) for hold in holds if hold.aimed)
                assert aimed == (refs in action.targets(board, seat)), (action.id, refs)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25)
@given(number=st.integers(0, 2**30))
def test_agreements_are_open_when_the_program_says_so(name: str, number: int) -> None:
    """Each party's key by itself."""
    program, found = program_of(name), known(name)
    board = shaken(program, number)
    for agreement in program.agreements:
        for seat in agreement.parties:
            own = [reason.test(board, seat) for reason in agreement.reasons if reason.seat in (NOBODY, seat)]
            holds = [hold for hold in found.agreements[agreement.index] if hold.seat in (NOBODY, seat)]
            assert all(own) == all(hold.open(board, seat, ()) for hold in holds), agreement.id


def test_chances_are_the_program_s() -> None:
    """A chance is told by the number that the program works out."""
    program, found = program_of("everything"), known("everything")
    board = list(program.start)
    told = [(card, found.chances[card.index]) for card in program.cards]
    assert any(term is not None for _, term in told)
    for card, term in told:
        assert term is None or term.value(board, NOBODY) == card.chance(board, NOBODY)
