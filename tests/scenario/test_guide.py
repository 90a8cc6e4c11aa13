"""The guide has words for every key, verb, step and function of the language, and for nothing else."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from enum import Enum

import attrs
import jsonschema
import pytest

from tests.support.plain import plain_text
from wargame.rules import assembly, calls, effects, shorthand, sight, trials
from wargame.scenario import guide, guide_words, model
from wargame.scenario.bounds import EXTRA_KEYS, keys_of
from wargame.scenario.check import RESERVED
from wargame.scenario.guide import Doc
from wargame.scenario.known import Known
from wargame.scenario.schema import schema_of
from wargame.scenario.schema_names import Schema

ENTRIES: list[type] = [
    each for each in vars(model).values() if isinstance(each, type) and attrs.has(each) and issubclass(each, model.Entry)
]
KEYS = [(cls, key) for cls in ENTRIES for key in keys_of(cls)]
MOST_WORDS = 160


def taken(cls: type) -> set[str]:
    """The keys that an entry takes, with those that are used up before there is one."""
    return {*keys_of(cls), *(EXTRA_KEYS if cls is model.Scenario else ()), *(["target"] if cls is model.Action else [])}


@pytest.mark.parametrize(("cls", "key"), [pytest.param(cls, key, id=f"{cls.__name__}.{key}") for cls, key in KEYS])
def test_every_key_has_words(cls: type, key: str) -> None:
    """Each key of each entry is described."""
    assert guide.of_key(cls, key) is not None, f"add {cls.__name__}.{key} to src/wargame/scenario/guide.py"


def test_all_words_have_a_key() -> None:
    """Nothing is described that is no key of its entry."""
    assert {cls: set(docs) - taken(cls) for cls, docs in guide.KEYS.items() if set(docs) - taken(cls)} == {}
    assert set(EXTRA_KEYS) <= set(guide.KEYS[model.Scenario])


def test_every_member_has_words() -> None:
    """Each word of which a key takes one is described."""
    kinds = [each for each in vars(model).values() if isinstance(each, type) and issubclass(each, Enum) and each is not Enum]
    assert set(guide.MEMBERS) == {member for kind in kinds for member in kind}


def test_verbs_are_those_of_the_rules() -> None:
    """The verbs of effects and tests, with their keys, are those that the rules read."""
    assert {verb: tuple(doc.keys) for verb, doc in guide_words.VERBS.items()} == effects.VERBS
    assert {verb: tuple(doc.keys) for verb, doc in guide_words.DEEDS.items()} == trials.DEEDS
    assert tuple(guide_words.EXPECTED) == trials.EXPECTED
    assert set(guide_words.SHORTS) == set(shorthand.SHORT)


def test_words_are_those_of_the_rules() -> None:
    """Steps and words of sight are those that the rules read."""
    assert tuple(guide_words.STEPS) == assembly.STEPS
    assert tuple(guide_words.SIGHTS) == sight.WORDS
    assert set(guide_words.LEVELS) == set(sight.LEVELS)


def test_functions_are_those_of_the_rules() -> None:
    """Each function is described, and the two that only make domains. With names and verbs they are what is reserved."""
    assert set(guide_words.FUNCTIONS) == {*calls.NUMBERS, *calls.FOLDS, *calls.SPECIAL, "neighbours", "owners"}
    told = {*guide_words.FUNCTIONS, *guide_words.WORDS, *guide_words.SHORTS}
    assert told == RESERVED - set(keyword.kwlist)


def every_doc() -> Iterator[tuple[str, Doc]]:
    for cls, docs in guide.KEYS.items():
        yield from ((f"{cls.__name__}.{key}", doc) for key, doc in docs.items())
    for verbs in (guide_words.VERBS, guide_words.DEEDS):
        for verb, doc in verbs.items():
            yield verb, doc
            yield from ((f"{verb}.{key}", part) for key, part in doc.keys.items())
    for table in (guide_words.ROW, guide_words.EXPECTED, guide_words.SHORTS, guide_words.WRITES):
        yield from table.items()
    yield from {**guide_words.WORDS, **guide_words.FUNCTIONS}.items()


@pytest.mark.parametrize(("name", "doc"), [pytest.param(name, doc, id=name) for name, doc in every_doc()])
def test_words_are_short(name: str, doc: Doc) -> None:
    """A description is a sentence or two: it begins with a capital, or with the word it is about, and ends with a full stop."""
    assert doc.words.endswith(".")
    assert doc.words[0].isupper() or doc.words[0] in "`0"
    assert len(doc.words) <= MOST_WORDS
    assert "\n" not in doc.words


@pytest.mark.parametrize(
    ("cls", "key"), [pytest.param(cls, key, id=f"{cls.__name__}.{key}") for cls, docs in guide.KEYS.items() for key in docs]
)
def test_examples_are_right(cls: type, key: str) -> None:
    """An example is YAML that may stand under its key."""
    doc = guide.KEYS[cls][key]
    if doc.example:
        schema = schema_of(Known())
        place = schema["properties"][key] if cls is model.Scenario else _definition(schema, cls)["properties"][key]
        jsonschema.Draft202012Validator({**place, "$defs": schema["$defs"]}).validate(plain_text(f"key: {doc.example}")["key"])


def _definition(schema: Schema, cls: type) -> Schema:
    """The definition of an entry, or of the first kind of it that there is."""
    made: Schema = next(
        schema["$defs"][each.__name__] for each in ENTRIES if issubclass(each, cls) and each.__name__ in schema["$defs"]
    )
    whole: Schema = made if "properties" in made else made["anyOf"][0]
    return whole
