"""A scenario is loaded the same way from a folder and from its texts, from nowhere but its own folder and its rulebooks."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest

from wargame.scenario.load import MOST_TOTAL_BYTES, Loaded, load, load_sources
from wargame.scenario.node import Mark

HEAD = """format: 1
id: ford
title: The ford
turns: {count: 3}
seats:
  north: {title: The north bank}
  south: {title: The south bank}
phases:
  - {id: orders, label: Orders, kind: orders}
"""
LADDER = """format: 1
id: ladder
title: Ladder
tracks:
  tension: {label: Tension, range: [0, 10], start: 2, bands: {0-5: Low, 6-10: High}}
"""


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def codes(loaded: Loaded) -> list[str]:
    return [problem.code for problem in loaded.report.sorted()]


def test_folder_and_texts_give_the_same_scenario(tmp_path: Path) -> None:
    """`load_sources` of what `load` read is the same scenario, without a disk."""
    files = {
        "games/ford/scenario.yaml": HEAD.replace("The north bank}", "The north bank, briefing: briefings/n.md}")
        + "include: parts/more.yaml\nrulebooks: ladder\n",
        "games/ford/parts/more.yaml": "flags:\n  flood: High water\n",
        "games/ford/briefings/n.md": "# North\n\nYou hold the mill.\n",
        "rulebooks/ladder/rulebook.yaml": LADDER,
    }
    loaded = load(put(tmp_path, files) / "games" / "ford")
    assert loaded.report.problems == []
    assert loaded.scenario is not None
    assert set(loaded.scenario.sources) == {
        "scenario.yaml",
        "parts/more.yaml",
        "briefings/n.md",
        "rulebooks/ladder/rulebook.yaml",
    }
    assert str(loaded.scenario.seats["north"].briefing) == "# North\n\nYou hold the mill.\n"
    again = load_sources(loaded.scenario.sources)
    assert again.report.problems == []
    assert again.scenario == loaded.scenario
    assert again.scenario is not None
    assert again.scenario.sources == loaded.scenario.sources
    assert again.scenario.tracks["tension"].mark == Mark("rulebooks/ladder/rulebook.yaml", 5, 3)


def test_where_a_folder_lies_changes_nothing(tmp_path: Path) -> None:
    """The texts and their names are the same wherever the folder is; only `paths` tells."""
    one = load(put(tmp_path / "a", {"scenario.yaml": HEAD}))
    two = load(put(tmp_path / "b" / "c", {"scenario.yaml": HEAD}))
    assert one.sources == two.sources
    assert one.paths == {"scenario.yaml": str(tmp_path / "a" / "scenario.yaml")}


def test_the_main_file_may_be_named(tmp_path: Path) -> None:
    """A path may be the folder or the file in it."""
    folder = put(tmp_path, {"scenario.yaml": HEAD})
    assert load(folder).scenario == load(folder / "scenario.yaml").scenario is not None


def test_rulebooks_are_found_in_order(tmp_path: Path) -> None:
    """Beside the scenarios first, then in the scenario's folder, then in the roots given."""
    places = {
        "beside": tmp_path / "rulebooks",
        "inside": tmp_path / "games" / "ford" / "rulebooks",
        "root": tmp_path / "elsewhere",
    }
    folder = put(tmp_path / "games" / "ford", {"scenario.yaml": HEAD + "rulebooks: ladder\n"})
    found = []
    for name in ("root", "inside", "beside"):
        put(places[name], {"ladder/rulebook.yaml": LADDER.replace("label: Tension", f"label: {name}")})
        scenario = load(folder, rulebook_roots=[places["root"]]).scenario
        assert scenario is not None
        found.append(str(scenario.tracks["tension"].label))
    assert found == ["root", "inside", "beside"]


def test_overrides_are_merged_key_by_key() -> None:
    """Maps are merged deeply; lists and scalars replace; what is not named stays."""
    more = "rulebooks: ladder\noverrides: [tracks.tension]\ntracks:\n  tension: {start: 4, bands: {0-5: Calm}}\n"
    loaded = load_sources({"scenario.yaml": HEAD + more, "rulebooks/ladder/rulebook.yaml": LADDER})
    assert codes(loaded) == []
    assert loaded.scenario is not None
    track = loaded.scenario.tracks["tension"]
    assert (track.start, str(track.label), track.range.hi) == (4, "Tension", 10)
    assert [str(band.name) for band in track.bands] == ["Calm", "High"]


def test_a_rulebook_says_nothing_about_the_scenario_itself() -> None:
    """Id, title, version and languages are the scenario's own."""
    book = LADDER + "languages: [es]\nsummary: Un libro\n"
    loaded = load_sources({"scenario.yaml": HEAD + "rulebooks: ladder\n", "rulebooks/ladder/rulebook.yaml": book})
    assert codes(loaded) == []
    assert loaded.scenario is not None
    assert (loaded.scenario.id, str(loaded.scenario.summary), loaded.scenario.languages) == ("ford", "", ("en",))


def test_a_chain_of_rulebooks_is_merged_once() -> None:
    """A rulebook may build on rulebooks; one that two build on is read once, below both."""
    files = {
        "scenario.yaml": HEAD + "rulebooks: [steps, stairs]\n",
        "rulebooks/steps/rulebook.yaml": "format: 1\nid: steps\ntitle: Steps\nrulebooks: ladder\nflags: {up: Up}\n",
        "rulebooks/stairs/rulebook.yaml": "format: 1\nid: stairs\ntitle: Stairs\nrulebooks: [ladder]\nflags: {down: Down}\n",
        "rulebooks/ladder/rulebook.yaml": LADDER,
    }
    loaded = load_sources(files)
    assert codes(loaded) == []
    assert loaded.scenario is not None
    assert list(loaded.scenario.flags) == ["up", "down"]
    assert list(loaded.scenario.tracks) == ["tension"]


def test_a_scenario_settles_a_conflict_of_its_rulebooks() -> None:
    """Two rulebooks that hold the same entry conflict, unless the scenario that names them says that it knows."""
    files = {
        "scenario.yaml": HEAD + "rulebooks: [ladder, steps]\noverrides: [tracks.tension]\n",
        "rulebooks/ladder/rulebook.yaml": LADDER,
        "rulebooks/steps/rulebook.yaml": LADDER.replace("id: ladder", "id: steps").replace("start: 2", "start: 5"),
    }
    loaded = load_sources(files)
    assert codes(loaded) == []
    assert loaded.scenario is not None
    assert loaded.scenario.tracks["tension"].start == 5


def test_entries_with_parameters_are_overridden_by_their_name() -> None:
    """`values.plaza` names `plaza(org)`, and the new one may call its parameters otherwise."""
    book = 'format: 1\nid: ladder\ntitle: Ladder\nvalues: {"plaza(org: owner)": 1}\n'
    more = 'rulebooks: ladder\noverrides: [values.plaza]\nvalues: {"plaza(who: owner)": 2}\n'
    loaded = load_sources({"scenario.yaml": HEAD + more, "rulebooks/ladder/rulebook.yaml": book})
    assert codes(loaded) == []
    assert loaded.scenario is not None
    assert list(loaded.scenario.values) == ["plaza(who: owner)"]


def test_files_of_one_document_are_joined() -> None:
    """Sections that stand in two files are joined, also those whose entries stand two maps deep."""
    files = {
        "scenario.yaml": HEAD + "include: [a.yaml, b.yaml]\nagendas: {north: {peace: {label: Peace, score: 1}}}\n",
        "a.yaml": "agendas: {north: {grain: {label: Grain, score: 1}}}\nflags: {a: A}\n",
        "b.yaml": "flags: {b: B}\nscoring: {mandate: 50}\n",
    }
    loaded = load_sources(files)
    assert codes(loaded) == []
    assert loaded.scenario is not None
    assert list(loaded.scenario.agendas["north"]) == ["peace", "grain"]
    assert list(loaded.scenario.flags) == ["a", "b"]
    assert loaded.scenario.scoring.mandate == 50


def test_a_symbolic_link_does_not_lead_out(tmp_path: Path) -> None:
    """A link within the folder is followed, one that leaves it is refused, for included files and for their folders."""
    put(tmp_path, {"secret.yaml": "flags: {secret: Secret}\n", "ford/parts/more.yaml": "flags: {flood: High water}\n"})
    folder = put(tmp_path / "ford", {"scenario.yaml": HEAD + "include: [in.yaml, out.yaml, up/secret.yaml]\n"})
    (folder / "in.yaml").symlink_to("parts/more.yaml")
    (folder / "out.yaml").symlink_to("../secret.yaml")
    (folder / "up").symlink_to("..")
    loaded = load(folder)
    assert codes(loaded) == ["include", "include"]
    assert all("symbolic link" in problem.message for problem in loaded.report.problems)
    assert "flags: {secret: Secret}\n" not in loaded.sources.values()


def test_a_link_in_a_circle_and_a_pipe_are_refused(tmp_path: Path) -> None:
    """What is no plain file is not waited for."""
    folder = put(tmp_path, {"scenario.yaml": HEAD + "include: [round.yaml, pipe.yaml]\n"})
    (folder / "round.yaml").symlink_to("round.yaml")
    os.mkfifo(folder / "pipe.yaml")
    assert codes(load(folder)) == ["include", "include"]


@pytest.mark.parametrize(
    "name",
    ["/etc/hostname", "../secret.yaml", "a/../../b.yaml", "a//b.yaml", "./a.yaml", "~/a.yaml", "C:/a.yaml", "..", "a\\b.yaml"],
)
def test_paths_that_are_refused_unseen(name: str) -> None:
    """A path that is not plainly relative is refused whatever lies there."""
    loaded = load_sources({"scenario.yaml": HEAD + f"include: ['{name}']\n", name: "flags: {a: A}\n"})
    assert codes(loaded) == ["include"]
    assert loaded.scenario is None


def test_nothing_there(tmp_path: Path) -> None:
    """A folder without a scenario, and no folder at all, are problems too."""
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "nowhere" / "scenario.yaml"):
        loaded = load(path)
        assert codes(loaded) == ["unreadable"]
        assert loaded.scenario is None


def test_a_rulebook_alone_needs_neither_seats_nor_turns(tmp_path: Path) -> None:
    """A rulebook is checked as far as it can be, and its roles need nobody to play them."""
    book = LADDER + "roles: {host: The host}\nactions:\n  calm: {seat: host, label: Calm}\n"
    folder = put(tmp_path / "ladder", {"rulebook.yaml": book})
    assert codes(load(folder)) == []
    put(folder, {"rulebook.yaml": book.replace("seat: host", "seat: hst")})
    assert codes(load(folder)) == ["unknown_name"]


def test_a_broken_include_hides_no_other_problem() -> None:
    """What the other files hold is judged by itself; names that may stand in the unread file are not missed."""
    loaded = load_sources(
        {"scenario.yaml": HEAD + "include: [gone.yaml]\nflags: {flood: {start: no}}\nlocks: {a: {when: b}}\n"}
    )
    assert codes(loaded) == ["include", "wrong_type", "missing_key"]


def test_all_files_together_are_limited(tmp_path: Path) -> None:
    """Many files just below the limit of one are refused by the limit of all, in bounded memory."""
    names = [f"part{number}.yaml" for number in range(12)]
    big = b"summary: " + b"x" * 1_000_000
    put(tmp_path, {"scenario.yaml": HEAD + f"include: [{', '.join(names)}]\n", **dict.fromkeys(names, big)})
    tracemalloc.start()
    try:
        loaded = load(tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "too_large" in codes(loaded)
    assert sum(len(text) for text in loaded.sources.values()) <= MOST_TOTAL_BYTES
    assert peak < 64 * 1024 * 1024


def test_briefings_are_limited_and_clean(tmp_path: Path) -> None:
    """A briefing is text of a bounded size without control characters."""
    head = HEAD.replace("The north bank}", "The north bank, briefing: north.md}")
    for data, code in ((b"x" * 300_000, "too_large"), (b"a\x1b[2Jb", "control"), (b"\xff", "encoding")):
        assert codes(load(put(tmp_path, {"scenario.yaml": head, "north.md": data}))) == [code]


def test_briefings_in_languages() -> None:
    """A briefing may be a map of languages, each a file."""
    head = HEAD.replace("The north bank}", "The north bank, briefing: {en: n.md, es: n.es.md}}")
    loaded = load_sources({"scenario.yaml": head + "languages: [en, es]\n", "n.md": "North", "n.es.md": "Norte"})
    assert codes(loaded) == []
    assert loaded.scenario is not None
    assert loaded.scenario.seats["north"].briefing.by_language == {"en": "North", "es": "Norte"}


def test_a_language_chosen_comes_first_and_goes_with_the_sources(tmp_path: Path) -> None:
    """A game in Spanish is the same game again from its journal alone; a language that is not there changes nothing."""
    texts = HEAD.replace("title: The ford", "title: {en: The ford, es: El vado}\nlanguages: [en, es]", 1)
    folder = put(tmp_path, {"scenario.yaml": texts})
    shown = {}
    for language in ("", "es", "fr"):
        loaded = load(folder, language=language)
        assert loaded.scenario is not None
        again = load_sources(loaded.scenario.sources)
        assert again.scenario == loaded.scenario
        shown[language] = (str(loaded.scenario.title), str(again.scenario.title if again.scenario else ""))
    assert shown == {"": ("The ford",) * 2, "es": ("El vado",) * 2, "fr": ("The ford",) * 2}


def test_languages_of_a_wrong_type_leave_one_problem() -> None:
    """The texts are read as those of one language."""
    assert codes(load_sources({"scenario.yaml": HEAD + "languages: 5\n"})) == ["wrong_type"]


def test_an_entry_that_is_no_rulebook_is_the_only_problem() -> None:
    """Names that it was to bring are not missed."""
    text = HEAD + "rulebooks: [[ladder]]\nflags: {flood: {label: High water}}\neffect_groups: {rise: [tension +1]}\n"
    assert codes(load_sources({"scenario.yaml": text})) == ["wrong_type"]
