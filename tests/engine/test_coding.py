"""Every event goes into a plain list and comes back the same; anything else is refused as no event."""

from __future__ import annotations

from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.play import RandomPlay
from tests.support.teams import TeamPlay
from wargame.engine import events as e
from wargame.engine.coding import decode, encode
from wargame.engine.commands import Refused
from wargame.engine.events import EVENTS
from wargame.rules.execution import Deal, News, Roll

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=20,
)


def test_events_of_games_come_back_the_same() -> None:
    """Over whole games, with nearly every kind of event, through msgpack."""
    seen: set[str] = set()
    for number in range(12):
        play = (TeamPlay if number % 3 == 0 else RandomPlay)("everything", number, house=0.25, made_up=True)
        while not play.game.over:
            done = play.step()
            assert done is not None
            for event in () if isinstance(done[1], Refused) else done[1]:
                assert decode(msgpack.unpackb(msgpack.packb(encode(event)))) == event
                seen.add(type(event).__name__)
    assert len(seen) > 0.8 * len(EVENTS)


def test_an_effect_with_everything_comes_back() -> None:
    """Rolls, news for some, deals with unbound names, sight: nothing is lost."""
    effect = e.Effect(
        ((1, 2, 3),),
        (Roll(0, 100, 47, 12, (3, 4), "1|x|0|()|0"), Roll(1, 2, 0, 2, (), "1|y|0|()|0", (2000, 500))),
        (News(0, (1, 2), (("target", "owner", 3),)), News(1, None, ())),
        (Deal(3, 1, (None, 2)),),
        (0,),
        (1,),
        0,
        ((0, 5, 2),),
    )
    event = e.Upkeep("effects", "Close", effect)
    assert decode(encode(event)) == event


@given(plain=PLAIN | st.builds(lambda name, rest: [name, *rest], st.sampled_from(sorted(EVENTS)), st.lists(PLAIN, max_size=9)))
def test_what_is_no_event_is_refused(plain: Any) -> None:
    """Whatever else stands in a journal raises ValueError, unless it is an event written out."""
    try:
        event = decode(plain)
    except ValueError:
        return
    assert decode(encode(event)) == event


def test_a_row_from_before_a_field_was_added_is_read() -> None:
    """Fields at the end that have a default may be missing, and no others."""
    roll = Roll(0, 100, 47, 12, (3, 4), "1|x|0|()|0")
    event = e.Upkeep("effects", "Close", e.Effect(rolls=(roll,)))
    plain: Any = encode(event)
    assert plain[3][1][0].pop() == []
    assert decode(plain) == event
    plain[3][1][0].pop()
    with pytest.raises(ValueError, match="not a"):
        decode(plain)


@pytest.mark.parametrize("plain", [[], "Sealed", ["Sealed"], ["Sealed", "0"], ["Sealed", True], ["Sealed", 0, 1], ["Flew", 1]])
def test_near_misses_are_refused(plain: Any) -> None:
    """Too few fields, too many, of the wrong type, or of no known event."""
    with pytest.raises(ValueError, match="not a"):
        decode(plain)
