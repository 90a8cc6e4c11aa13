"""A command is found by its name or its first letters; where that is not enough, it is said why."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.client import sample, sample_class
from tests.client.scripted import ScriptedDoor
from wargame.client.look import Look
from wargame.client.plain.run import VERBS
from wargame.client.plain.verbs import Verb, find

PLAYER = Look(ScriptedDoor("washington", sample.catalog(), sample.view(), sample.offers()).glance())
DESK = Look(sample_class.facilitator().glance())


@pytest.mark.parametrize("look", [PLAYER, DESK])
def test_every_name_finds_its_command_and_no_name_stands_twice(look: Look) -> None:
    mine = [verb for verb in VERBS if verb.allowed(look)]
    names = Counter(name for verb in mine for name in (verb.name, *verb.also))
    assert max(names.values()) == 1, names
    for verb in mine:
        assert find(VERBS, verb.name, look) is verb


def test_first_letters_are_enough_where_they_are_of_one_alone() -> None:
    found = find(VERBS, "brief", PLAYER)
    assert isinstance(found, Verb)
    assert found.name == "briefing"
    assert "could be" in str(find(VERBS, "s", PLAYER))


def test_what_is_not_there_is_said_with_what_is_near() -> None:
    assert find(VERBS, "anwser", PLAYER) == "There is no command anwser. Did you mean answer?"
    assert find(VERBS, "rewind", PLAYER) == "rewind is for the facilitator."
    assert find(VERBS, "answer", DESK) == "answer is for players."
    assert find(VERBS, "xyzzy", PLAYER) == "There is no command xyzzy. Type help for the list."
