"""A file of translations can be written again at any time: what is translated stays what it was, and nothing a translator wrote
is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wargame.scenario.node import Map, Scalar
from wargame.scenario.problem import Report
from wargame.scenario.strict_yaml import UNWANTED, parse
from wargame.scenario.texts import texts_of
from wargame.scenario.translating import Page, page, written
from wargame.scenario.translations import Sidecar

SOURCE = """flags: {flood: High water}
actions:
  raid:
    label: Raid
    requires:
      - {when: a, otherwise: The bridge is closed.}
      - {when: b, otherwise: The river is high.}
"""
TRANSLATED = """# a heading that is not kept

actions:
  # Ask the players what they call it.
  raid:
    # en: Raid
    label: Redada
    requires:
      1:
        # en: The bridge is closed.
        otherwise: El puente está cerrado.
      2:
        # en: The river is high.
        otherwise: El río va crecido.
flags:
  # en: High water
  flood: Agua alta
"""


def sidecar(text: str) -> Sidecar:
    parsed = parse(text.encode(), "es.yaml", Report())
    assert parsed is not None
    assert isinstance(parsed.root, Map)
    return Sidecar(parsed.text, parsed.root)


def made(source: str, present: str | None = None) -> Page:
    root = sidecar(source).root
    assert root is not None
    beside = None if present is None else sidecar(present)
    return page(texts_of(root, "scenario.yaml"), "scenario.yaml", "en", "es", beside)


def test_a_new_file_has_each_original_above_an_empty_place() -> None:
    """In the order of the source, with everything still to do."""
    new = made(SOURCE)
    assert new.total == len(new.missing) == 4
    assert "    # en: Raid\n    label:\n" in new.text
    assert list(sidecar(new.text).root or ()) != []


def test_what_is_translated_stays() -> None:
    """With notes; and writing the file again changes nothing."""
    again = made(SOURCE, TRANSLATED)
    assert (again.missing, again.stale) == ((), ())
    assert "  flood: Agua alta\n" in again.text
    assert "  # Ask the players what they call it.\n  raid:\n" in again.text
    assert made(SOURCE, again.text).text == again.text


def test_a_changed_original_keeps_the_old_one_beside_it() -> None:
    """Until the translator deletes the line: writing the file once more does not settle it."""
    changed = made(SOURCE.replace("label: Raid", "label: Night raid"), TRANSLATED)
    assert changed.stale == (("actions", "raid", "label"),)
    assert "    # en: Night raid\n    # was: Raid\n    label: Redada\n" in changed.text
    assert made(SOURCE.replace("label: Raid", "label: Night raid"), changed.text).text == changed.text


def test_what_moves_within_a_list_takes_its_translation_along() -> None:
    """A line put in before others does not give them each other's translations."""
    moved = made(SOURCE.replace("    requires:\n", "    requires:\n      - {when: c, otherwise: It is night.}\n"), TRANSLATED)
    # The texts of entries without an id go by number, so the second and third have each moved down by one.
    assert moved.missing == (("actions", "raid", "requires", "1", "otherwise"),)
    assert moved.stale == ()
    assert moved.text.index("El puente está cerrado.") < moved.text.index("El río va crecido.")


def test_what_is_no_longer_a_text_ends_up_as_a_comment() -> None:
    """Once, and it stays there."""
    without = SOURCE.replace("flags: {flood: High water}\n", "")
    left = made(without, TRANSLATED)
    assert '#   flags.flood: "Agua alta"' in left.text
    assert made(without, left.text).text == left.text


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300).filter(lambda text: not UNWANTED.search(text)))
def test_any_text_is_read_back_as_it_was_written(words: str) -> None:
    """Plain, quoted or folded, at any depth."""
    if "\t" in words:
        return
    lines = ["a:", *written("  ", "key", words)]
    parsed = parse("\n".join(lines).encode(), "es.yaml", report := Report())
    assert report.problems == []
    assert parsed is not None
    assert isinstance(parsed.root, Map)
    inner = parsed.root.get("a")
    assert isinstance(inner, Map)
    value = inner.get("key")
    assert isinstance(value, Scalar)
    assert value.text == words


@given(
    st.lists(st.sampled_from(["word", "longer-word", "¿qué?", "a:", "#", "end."]), min_size=1, max_size=80), st.integers(1, 5)
)
def test_long_texts_are_folded_and_read_back(parts: list[str], lines: int) -> None:
    """Lines stay short, whatever words they hold."""
    words = "\n".join([" ".join(parts)] * lines)
    out = written("    ", "key", words)
    assert all(len(line) <= 120 for line in out) or len(out) == 1
    parsed = parse("\n".join(["a:", *out]).encode(), "es.yaml", Report())
    assert parsed is not None
    assert isinstance(parsed.root, Map)
    inner = parsed.root.get("a")
    assert isinstance(inner, Map)
    value = inner.get("key")
    assert isinstance(value, Scalar)
    assert value.text == words
