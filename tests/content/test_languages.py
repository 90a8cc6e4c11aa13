"""A shipped scenario that says it speaks a language speaks it throughout: no text that players or facilitators read is left in
the first language, unless the same word is right in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import pytest

from wargame.rules.compile import build
from wargame.rules.program import Program, Site
from wargame.scenario.load import load
from wargame.scenario.shipped import find_scenario, shipped_scenarios
from wargame.scenario.text import Text

# What is the same in English and Spanish: names, an abbreviation, and two words.
SAME = {"AUMF", "CJNG", "Chapitos", "Mayiza", "Rival", "Normal", "Sonora-Chihuahua", "Crisis"}
OWN_WORDS = {"Turn", "Agenda"}  # labels that the engine gives; the program's own words are English


def translated() -> list[tuple[str, str]]:
    found = []
    for name in shipped_scenarios():
        languages = load(find_scenario(name)).languages
        found += [(name, each) for each in languages[1:]]
    return found


def compiled(name: str, language: str) -> Program:
    loaded = load(find_scenario(name), language=language)
    assert loaded.scenario is not None
    program = build(loaded.scenario, loaded.report)
    assert program is not None
    return program


def texts(program: Program) -> Iterator[tuple[str, str]]:
    """Every text that the program holds, by where it stands; what only designers read is left out."""
    waiting: list[tuple[str, Any]] = [("", program)]
    seen: set[int] = set()
    while waiting:
        where, value = waiting.pop()
        if id(value) in seen or where.startswith((".scenario.tests", ".scenario.parameters")):
            continue
        seen.add(id(value))
        if isinstance(value, Site) and value.name.endswith((".random", ".random_by")):
            continue  # who or what is drawn is told, not the draw
        if isinstance(value, Text):
            yield where, str(value)
        elif isinstance(value, Mapping):
            waiting += [(f"{where}.{key}", each) for key, each in value.items()]
        elif isinstance(value, (tuple, list, frozenset)):
            waiting += [(f"{where}.{number}", each) for number, each in enumerate(value)]
        elif attrs.has(type(value)):
            waiting += [
                (f"{where}.{field.name}", getattr(value, field.name, None))
                for field in attrs.fields(type(value))
                if field.name != "sources"
            ]


def test_some_scenario_is_translated() -> None:
    """The flagship speaks Spanish."""
    assert ("five_questions", "es") in translated()


@pytest.mark.parametrize(("name", "language"), translated())
def test_nothing_is_left_in_the_first_language(name: str, language: str) -> None:
    """Compares every text of the program in both languages, however it came there."""
    first = dict(texts(compiled(name, "")))
    second = dict(texts(compiled(name, language)))
    assert first.keys() == second.keys()
    assert len(first) > 1000
    kept = {text for where, text in first.items() if text and text == second[where]}
    assert kept <= SAME | OWN_WORDS, sorted(kept - SAME - OWN_WORDS)
