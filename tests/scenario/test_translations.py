"""A translation beside a scenario is as good as one in it: the same texts, the same checks, kept by a journal; what is wrong
with it is said in its own place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.scenario.test_load import codes, put
from wargame.rules.compile import build
from wargame.scenario.load import Loaded, load, load_sources
from wargame.scenario.translations import Comment, comment_above

MAIN = """format: 1
id: ford
title: The ford
languages: [en, es]
rulebooks: [river]
include: cards.yaml
turns: {count: 3}
flags: {flood: High water}
seats:
  north: {title: The north bank, briefing: briefings/n.md}
phases:
  - {id: dawn, label: Dawn, kind: automatic, do: [{effects: [
      {each: bank in seats, do: [{news: "{bank} wakes."}]}, {roll: 50, label: The dam, success: [water +1]}]}]}
"""
CARDS = """injects:
  stranger:
    title: A stranger
    text: He wants to cross.
    to: [north]
    choices:
      north:
        options:
          - {id: ask, stance: hold, label: Ask his name}
"""
RIVER = """format: 1
id: river
title: The river
languages: [en, es]
tracks: {water: {label: Water, range: [0, 9], bands: {0-4: Low, 5-9: {en: High, es: Alta}}}}
"""
FILES: Mapping[str, str] = {
    "games/ford/scenario.yaml": MAIN,
    "games/ford/cards.yaml": CARDS,
    "games/ford/briefings/n.md": "# North\n",
    "games/ford/translations/es/scenario.yaml": """title: El vado
flags: {flood: Agua alta}
seats: {north: {title: La orilla norte}}
phases: {dawn: {label: Alba, do: {1: "{bank} despierta.", 2: La presa}}}
""",
    "games/ford/translations/es/cards.yaml": """injects:
  stranger:
    # en: A stranger
    title: Un forastero
    text: Quiere cruzar.
    choices: {north: {options: {ask: {label: Preguntar su nombre}}}}
""",
    "games/ford/translations/es/briefings/n.md": "# Norte\n",
    "rulebooks/river/rulebook.yaml": RIVER,
    "rulebooks/river/translations/es/rulebook.yaml": "tracks: {water: {label: Agua, bands: {0-4: Baja}}}\n",
}


def ford(tmp_path: Path, changed: Mapping[str, str | None] | None = None, language: str = "") -> Loaded:
    files = {**FILES, **{f"games/ford/{name}": text for name, text in (changed or {}).items()}}
    put(tmp_path, {name: text for name, text in files.items() if text is not None})
    return load(tmp_path / "games" / "ford", language=language)


def test_a_translation_beside_is_one_within(tmp_path: Path) -> None:
    """Labels, short entries, bands, options, briefings and what a rulebook says, with the original left as it was."""
    loaded = ford(tmp_path)
    assert loaded.report.problems == []
    made = loaded.scenario
    assert made is not None
    texts = [
        made.title,
        made.flags["flood"].label,
        made.seats["north"].briefing,
        made.injects["stranger"].choices["north"].options[0].label,
        made.tracks["water"].label,
        made.tracks["water"].bands[0].name,
        made.tracks["water"].bands[1].name,
    ]
    assert [text.get() for text in texts] == ["The ford", "High water", "# North\n", "Ask his name", "Water", "Low", "High"]
    spanish = ["El vado", "Agua alta", "# Norte\n", "Preguntar su nombre", "Agua", "Baja", "Alta"]
    assert [text.get("es") for text in texts] == spanish
    chosen = ford(tmp_path, language="es").scenario
    assert chosen is not None
    assert (str(chosen.title), str(chosen.tracks["water"].label)) == ("El vado", "Agua")


def test_effects_speak_the_language_too(tmp_path: Path) -> None:
    """News and what rolls are called, which are texts of effects, come in the language of the table."""
    for language, news, roll in (("en", "{bank} wakes.", "The dam"), ("es", "{bank} despierta.", "La presa")):
        loaded = ford(tmp_path, language=language)
        assert loaded.scenario is not None
        program = build(loaded.scenario, loaded.report)
        assert program is not None
        assert [str(text) for text in program.news] == [news]
        assert roll in {str(site.label) for site in program.sites}


def test_a_journal_carries_the_translations(tmp_path: Path) -> None:
    """The sources alone give the same scenario again, in the language chosen."""
    loaded = ford(tmp_path, language="es")
    again = load_sources(loaded.sources)
    assert again.scenario == loaded.scenario
    assert again.scenario is not None
    assert str(again.scenario.title) == "El vado"
    assert {name for name in loaded.sources if "translations/" in name} == {
        "translations/es/scenario.yaml",
        "translations/es/cards.yaml",
        "translations/es/briefings/n.md",
        "rulebooks/river/translations/es/rulebook.yaml",
    }


def test_a_scenario_of_one_language_reads_no_translations(tmp_path: Path) -> None:
    """A rulebook may speak more languages than the scenario on it, within its effects too."""
    text = MAIN.replace("[en, es]", "[en]")
    told = RIVER + "effect_groups: {rise: [{news: {en: It rises., es: Sube.}}]}\n"
    files = {name: body for name, body in FILES.items() if "ford/translations" not in name}
    put(tmp_path, {**files, "games/ford/scenario.yaml": text, "rulebooks/river/rulebook.yaml": told})
    loaded = load(tmp_path / "games" / "ford")
    assert loaded.report.problems == []
    assert loaded.scenario is not None
    assert build(loaded.scenario, loaded.report) is not None
    assert not loaded.report.failed
    assert [name for name in loaded.sources if "translations" in name] == []


@pytest.mark.parametrize(
    ("changed", "code", "place"),
    [
        ({"translations/es/cards.yaml": None}, "missing_translation", "cards.yaml:1:1"),
        ({"translations/es/briefings/n.md": None}, "missing_translation", "scenario.yaml:10:44"),
        ({"translations/es/fords.yaml": "title: Vado\n"}, "unread_translation", "translations/es/fords.yaml:1:1"),
        ({"translations/pt/scenario.yaml": "title: Vau\n"}, "unread_translation", "scenario.yaml:4:1"),
        ({"translations/es/cards.yaml": "- a\n"}, "wrong_type", "translations/es/cards.yaml:1:1"),
        ({"translations/es/cards.yaml": "injects: Un forastero\n"}, "unknown_text", "translations/es/cards.yaml:1:10"),
        ({"translations/es/cards.yaml": "injects:\n"}, "missing_translation", "translations/es/cards.yaml:1:1"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(tmp_path: Path, changed: Mapping[str, str | None], code: str, place: str) -> None:
    """A missing file, one too many, one of a language that nobody declared, and files of the wrong shape."""
    loaded = ford(tmp_path, changed)
    assert [(problem.code, str(problem.mark)) for problem in loaded.report.problems] == [(code, place)]


def test_texts_too_long_for_a_line_are_said_in_the_translation(tmp_path: Path) -> None:
    """A label fits its line in every language."""
    text = FILES["games/ford/translations/es/cards.yaml"].replace("Un forastero", "Un forastero " * 20)
    text = text.replace("    # en: A stranger\n", "")
    problems = ford(tmp_path, {"translations/es/cards.yaml": text}).report.problems
    assert [(problem.code, str(problem.mark)) for problem in problems] == [("too_long", "translations/es/cards.yaml:3:12")]


def test_a_changed_original_makes_its_translation_stale(tmp_path: Path) -> None:
    """The comment above a translation says what it translates; line breaks do not matter, words do."""
    wrapped = FILES["games/ford/translations/es/cards.yaml"].replace("# en: A stranger", "# en: A\n    #     stranger")
    assert codes(ford(tmp_path, {"translations/es/cards.yaml": wrapped})) == []
    loaded = ford(tmp_path, {"cards.yaml": CARDS.replace("A stranger", "A traveller")})
    assert codes(loaded) == ["stale_translation"]
    kept = FILES["games/ford/translations/es/cards.yaml"].replace("# en: A stranger", "# en: A stranger\n    # was: A man")
    assert codes(ford(tmp_path, {"translations/es/cards.yaml": kept})) == ["stale_translation"]


def test_broken_files_of_translations_do_not_hide_the_rest(tmp_path: Path) -> None:
    """What cannot be read is said once, and the other files are still checked."""
    loaded = ford(tmp_path, {"translations/es/cards.yaml": "a: [\n", "translations/es/scenario.yaml": "titel: x\n"})
    assert {"syntax", "unknown_text", "missing_translation"} == set(codes(loaded))


def test_notes_are_not_originals() -> None:
    """Only a comment that begins with the language of the originals is one; the rest is the translator's."""
    lines = ["# ok: fine", "# en: one", "#     two", "# was: three", "# a note", "key: uno dos"]
    assert comment_above(lines, 6, "en") == Comment("one two", "three", ("# ok: fine", "# a note"))
    assert comment_above(lines, 1, "en") == Comment()
