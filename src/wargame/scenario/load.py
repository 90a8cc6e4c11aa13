"""Loading: a scenario's files read, joined, merged over its rulebooks, structured and checked.

Paths within `Scenario.sources` and within marks are relative to the scenario's folder (`scenario.yaml`, `injects/week1.yaml`);
a rulebook's files stand under `rulebooks/<name>/`. So a scenario's texts are the same wherever its folder lies.
`Loaded.paths` leads from them to the files on disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs
from attrs import define, field, frozen

from wargame.scenario.check import check
from wargame.scenario.check_texts import check_languages
from wargame.scenario.files import (
    NO_EDITS,
    RULEBOOK_FILE,
    RULEBOOKS,
    SCENARIO_FILE,
    DiskLibrary,
    Folder,
    Library,
    TextLibrary,
    UnreadableError,
    confined,
)
from wargame.scenario.fitting import FIT, fitted, read_fit
from wargame.scenario.merge import Overrides, join, overlay
from wargame.scenario.model import Scenario
from wargame.scenario.node import Map, Mark, Node, Scalar, Seq
from wargame.scenario.problem import Report, TooManyProblemsError, suggest
from wargame.scenario.reuse import Shelf, Use, constants, uses
from wargame.scenario.scalars import as_int, as_text, described, shown, width
from wargame.scenario.shipped import shipped_rulebooks
from wargame.scenario.strict_yaml import MOST_BYTES, MOST_NODES, Memory, decode
from wargame.scenario.structure import Context, structure
from wargame.scenario.translations import Sidecar, Translations
from wargame.words import words_of

FORMAT = 1
LANGUAGE = "language"  # among the sources: the language chosen for a game, where it is not the scenario's first
MOST_INCLUDES = 64
MOST_RULEBOOKS = 16
MOST_TOTAL_BYTES = 2 * MOST_BYTES
MOST_PROSE_BYTES = 256 * 1024


@frozen
class Loaded:
    """What came of loading the file `main`. `scenario` is None where nothing could be made of the files; it is not to be
    played while `report.failed`. `sources` are the texts read, also of a scenario that failed; `paths` where they lie on disk.

    `broken` are the lines (file, first, last) of entries whose faults are reported: later checks keep silent about them.
    `root` is the merged tree of what could be read, also where there is no scenario. `languages` are those of the main file.
    """

    scenario: Scenario | None
    report: Report
    main: str = SCENARIO_FILE
    sources: Mapping[str, str] = field(factory=dict)
    paths: Mapping[str, str] = field(factory=dict)
    broken: tuple[tuple[str, int, int], ...] = ()
    root: Map | None = None
    languages: tuple[str, ...] = ()

    def covers(self, mark: Mark) -> bool:
        """Whether a place lies in an entry that is known to be broken."""
        return any(file == mark.file and first <= mark.line <= last for file, first, last in self.broken)


def load(
    path: Path,
    *,
    rulebook_roots: Sequence[Path] = (),
    language: str = "",
    fit: str = "",
    edits: Mapping[str, bytes] = NO_EDITS,
    memory: Memory | None = None,
) -> Loaded:
    """The scenario (or rulebook) in a folder, or whose main file `path` is; its texts in `language` where it has that.

    `fit`: what `wargame.scenario.fitting` changes in it, as text.

    Rulebooks are looked for beside the scenarios (`../../rulebooks`), in its folder (`rulebooks`), in `rulebook_roots` and
    among those shipped. Never raises for what a designer wrote; everything wrong is in the report. `edits` are what files in
    its folder, by path there, are to hold instead of what is on disk. `memory`: of when this folder was loaded before.
    """
    library, name = library_at(path, rulebook_roots, edits)
    loaded = _Loader(library, language=language, fit=fit, memory=memory or Memory()).load(name)
    paths = {}
    for file in [*(each for each in loaded.sources if each not in (LANGUAGE, FIT)), name]:
        parts = file.split("/", 2)
        lies = library.rulebook_path(parts[1]) if parts[0] == RULEBOOKS and len(parts) == 3 else None
        paths[file] = str(library.path / file) if lies is None else str(lies / parts[2])
    return attrs.evolve(loaded, paths=paths)


def library_at(
    path: Path, rulebook_roots: Sequence[Path] = (), edits: Mapping[str, bytes] = NO_EDITS
) -> tuple[DiskLibrary, str]:
    """The folder at a path with the rulebooks that it can build on, as `load` says, and the name of its main file."""
    folder, name = (path, "") if path.is_dir() else (path.parent, path.name)
    if not name:
        name = SCENARIO_FILE if (folder / SCENARIO_FILE).exists() or not (folder / RULEBOOK_FILE).exists() else RULEBOOK_FILE
    beside = folder.resolve().parent.parent / RULEBOOKS
    places = [beside, folder / RULEBOOKS, *rulebook_roots, *shipped_rulebooks()]
    if name == RULEBOOK_FILE:
        places.insert(0, folder.resolve().parent)
    return DiskLibrary(folder, places, edits), name


def load_sources(sources: Mapping[str, str], root: str = SCENARIO_FILE) -> Loaded:
    """The same scenario again from `Scenario.sources` alone; `root` is the name of its main file. Touches no disk."""
    return _Loader(TextLibrary(sources), language=sources.get(LANGUAGE, ""), fit=sources.get(FIT, "")).load(root)


@frozen
class _Document:
    """A scenario or rulebook with its includes joined."""

    root: Map
    rulebooks: tuple[Use, ...]
    overrides: Overrides


@frozen
class _Mention:
    """Where a file is named, and the code of the problem if it cannot be read."""

    mark: Mark
    code: str
    width: int = 1


class _UnusableError(Exception):
    """The document cannot be read; why has been reported."""


@define
class _Loader:
    library: Library
    language: str = ""
    fit: str = ""
    memory: Memory = field(factory=Memory)
    report: Report = field(factory=Report)
    sources: dict[str, str] = field(factory=dict)
    languages: dict[str, tuple[str, ...]] = field(factory=dict)  # by file
    folders: dict[str, tuple[Folder, str]] = field(factory=dict)  # by file: where paths in it start, with their prefix
    size: int = 0
    nodes: int = 0
    merged: Map | None = None
    done: set[str] = field(factory=set)  # rulebooks merged
    spoken: tuple[str, ...] = ()  # the languages of the scenario
    translated: tuple[str, ...] = ()  # those that it has files of translations in
    shelf: Shelf = field(factory=Shelf)
    whole: bool = True  # whether every file could be read

    def load(self, name: str) -> Loaded:
        scenario: Scenario | None = None
        broken: tuple[tuple[str, int, int], ...] = ()
        try:
            document = self.document(self.library.root, name, "", 0)
            for use in document.rulebooks:
                self.rulebook(use.name, (), document.overrides)
            self.add(document)
            if self.merged is not None:
                partial = name.rpartition("/")[2] == RULEBOOK_FILE
                self.merged = self.shelf.bind(self.merged, self.report, partial=partial)
                kept = self.languages[name]
                if self.language in kept:
                    # What comes first is what is shown. The choice goes with the sources, so a game keeps it.
                    kept = (self.language, *(each for each in kept if each != self.language))
                    self.sources[LANGUAGE] = self.language
                numbers = constants(self.merged)
                context = Context(self.report, lambda file: self.languages.get(file, kept), kept, self.prose, numbers)
                made = structure(self.merged, context, partial=partial)
                spoken = kept if self.language in kept else made.scenario.languages or kept
                if self.fit:
                    self.sources[FIT] = self.fit
                scenario = attrs.evolve(made.scenario, languages=spoken, sources=dict(self.sources))
                words_of(spoken[0])  # read here, with the other files, so that a game that speaks it reads none
                if self.fit and not self.report.failed:
                    scenario = fitted(scenario, read_fit(self.fit, scenario, self.report))
                broken = made.broken
                self.whole = self.whole and made.complete
                if self.whole:
                    found = Report()
                    check(scenario, self.merged, found, partial=partial)
                    loaded = Loaded(None, self.report, name, broken=broken)
                    self.report.problems.extend(problem for problem in found.problems if not loaded.covers(problem.mark))
                    if not self.report.failed:
                        check_languages(scenario, self.merged, self.report)
        except _UnusableError:
            pass
        except TooManyProblemsError:
            scenario = None
            self.report.error(
                Mark(name, 1, 1), "too_many_problems", "There are more problems than are listed here.", "mend these first"
            )
        return Loaded(
            scenario if self.whole else None,
            self.report,
            name,
            dict(self.sources),
            broken=broken,
            root=self.merged,
            languages=self.languages.get(name, ()),
        )

    # Documents

    def document(self, folder: Folder, name: str, prefix: str, depth: int) -> _Document:
        """A main file with its includes, `depth` rulebooks below the scenario.

        Raises `_UnusableError` where there is no map at the top.
        """
        file = prefix + name
        top = self.read(folder, name, prefix, _Mention(Mark(file, 1, 1), "unreadable"))
        if not isinstance(top, Map):
            if top is not None:
                message = f"The file must be a map of keys, not {described(top)}."
                self.report.error(top.mark, "wrong_type", message, "a scenario begins with `format: 1`", width(top))
            self.whole = False
            raise _UnusableError
        self.check_format(top, file)
        languages = self.read_languages(top)
        self.spoken = self.spoken or languages
        beside = Translations(
            folder, prefix, name, languages, self.spoken, self.report, lambda place: self.sidecar(folder, place, prefix)
        )
        root = beside.taken(top, name)
        files = [file]
        for item in self.includes(top):
            included = self.include(folder, item, prefix, files)
            if included is not None:
                root = join(root, beside.taken(included, item.text), self.report)
        if depth == 0:
            self.translated = beside.into
            beside.report_unread(top.key("languages") or top.entries[0][0])
        for read in files:
            self.languages[read] = languages
            self.folders[read] = (folder, prefix)
        rulebooks = uses(top, depth)
        self.shelf.uses += rulebooks
        named = top.get("rulebooks")
        if named is not None and len(rulebooks) < (len(named.items) if isinstance(named, Seq) else 1):
            self.whole = False  # an entry is no rulebook, so names are missing that it was to bring
        return _Document(root, rulebooks, Overrides.read(top, self.report))

    def check_format(self, top: Map, file: str) -> None:
        node = top.get("format")
        if node is None:
            return  # the structure says that it is missing
        number = as_int(node) if isinstance(node, Scalar) else None
        if number is not None and number != FORMAT:
            message = f"This is format {number}; this version reads format {FORMAT}."
            self.report.error(node.mark, "format", message, f"write `format: {FORMAT}`", width(node))
        elif top.entries[0][0].text != "format":
            key = top.key("format")
            mark = key.mark if key is not None else Mark(file, 1, 1)
            self.report.error(mark, "format", "`format` must be the first key of the file.", "", len("format"))

    def sidecar(self, folder: Folder, name: str, prefix: str) -> Sidecar:
        """A file of translations. Without it the scenario is whole, if not in all its languages."""
        whole = self.whole
        root = self.read(folder, name, prefix, _Mention(Mark(prefix + name, 1, 1), "unreadable"))
        self.whole = whole
        if root is not None and not isinstance(root, Map):
            message = f"A file of translations must be a map of keys, not {described(root)}."
            self.report.error(root.mark, "wrong_type", message, "it has the keys of the file that it translates", width(root))
        return Sidecar(self.sources.get(prefix + name, ""), root if isinstance(root, Map) else None)

    def read_languages(self, top: Map) -> tuple[str, ...]:
        """The languages declared; what is wrong with the key itself is left to the structure."""
        node = top.get("languages")
        items: Sequence[Node] = node.items if isinstance(node, Seq) else () if node is None else (node,)
        return tuple(dict.fromkeys(item.text for item in items if isinstance(item, Scalar) and item.text)) or ("en",)

    def includes(self, top: Map) -> list[Scalar]:
        node = top.get("include")
        if node is None:
            return []
        items = node.items if isinstance(node, Seq) else (node,)
        paths: list[Scalar] = []
        for item in items:
            if isinstance(item, Scalar) and as_text(item) is not None:
                paths.append(item)
            else:
                message = f"`include` needs paths of files, not {described(item)}."
                self.report.error(item.mark, "wrong_type", message, "", width(item))
                self.whole = False
        if len(paths) > MOST_INCLUDES:
            self.report.error(node.mark, "include", f"More than {MOST_INCLUDES} files are included.", "join some of them")
            self.whole = False
        return paths[:MOST_INCLUDES]

    def include(self, folder: Folder, item: Scalar, prefix: str, files: list[str]) -> Map | None:
        """The top-level map of an included file, or None after a problem."""
        file = prefix + item.text
        reason = confined(item.text)
        if not reason and item.text.startswith(f"{RULEBOOKS}/"):
            reason = "stands in the folder of the rulebooks"
        if reason:
            hint = "name a file inside the scenario's folder"
            self.report.error(item.mark, "include", f"{shown(item.text)} {reason}.", hint, width(item))
            self.whole = False
            return None
        if file in files:
            self.report.error(item.mark, "include", f"{shown(item.text)} is included twice.", "", width(item))
            return None
        files.append(file)
        root = self.read(folder, item.text, prefix, _Mention(item.mark, "include", width(item)))
        if root is None:
            return None
        if not isinstance(root, Map):
            message = f"An included file must be a map of top-level keys, not {described(root)}."
            self.report.error(root.mark, "wrong_type", message, "begin with a key like `injects:`", width(root))
            self.whole = False
            return None
        for name in ("include", "format", "languages", "rulebooks", "overrides"):
            key = root.key(name)
            if key is not None:
                message = f"`{name}` belongs in the main file."
                self.report.error(key.mark, "include", message, "", width(key))
                root = Map(tuple(entry for entry in root if entry[0].text != name), root.mark)
        return root

    # Rulebooks

    def rulebook(self, name: Scalar, above: tuple[str, ...], asked: Overrides) -> None:
        """Merges a rulebook, those it builds on first; each only once."""
        if name.text in above:
            chain = " -> ".join([*above[above.index(name.text) :], name.text])
            message = f"The rulebook {shown(name.text)} builds on itself: {chain}."
            self.report.error(name.mark, "rulebook_cycle", message, "", width(name))
            return
        if name.text in self.done:
            return
        if confined(name.text) or "/" in name.text:
            self.whole = False  # the structure says that this is no name
            return
        self.done.add(name.text)
        folder = self.library.rulebook(name.text) if len(self.done) <= MOST_RULEBOOKS else None
        if folder is None:
            known = self.library.rulebooks()
            hint = suggest(name.text, known) or (f"there are: {', '.join(known)}" if known else "")
            if len(self.done) > MOST_RULEBOOKS:
                hint = f"at most {MOST_RULEBOOKS} may be combined"
            self.report.error(name.mark, "unknown_rulebook", f"There is no rulebook {shown(name.text)}.", hint, width(name))
            self.whole = False
            return
        try:
            document = self.document(folder, RULEBOOK_FILE, f"{RULEBOOKS}/{name.text}/", len(above) + 1)
        except _UnusableError:
            return
        self.shelf.books[name.text] = document.root
        own = self.languages[f"{RULEBOOKS}/{name.text}/{RULEBOOK_FILE}"]
        if lacking := [f"`{each}`" for each in self.translated if each not in own]:
            message = f"The rulebook {shown(name.text)} has no texts in {', '.join(lacking)}."
            self.report.warning(name.mark, "rulebook_language", message, f"its texts are shown in `{own[0]}`", width(name))
        for use in document.rulebooks:
            self.rulebook(use.name, (*above, name.text), document.overrides)
        self.add(document, asked)

    def add(self, document: _Document, asked: Overrides | None = None) -> None:
        """Lays a document over what has been merged so far. `asked`: overrides of the document that named it, which may also
        settle a conflict between two rulebooks."""
        if self.merged is None:
            self.merged = document.root
            below: set[str] = set()
        else:
            below = {
                f"{section.text}.{key.text.partition('(')[0]}"
                for section, node in self.merged
                if isinstance(node, Map)
                for key, _ in node
            }
            overrides = document.overrides
            if asked is not None:
                overrides = Overrides({**asked.names, **overrides.names}, overrides.used)
            self.merged = overlay(self.merged, document.root, overrides, self.report)
            if asked is not None:
                asked.used |= overrides.used
        if self.whole:
            document.overrides.report_unused(self.report, bool(document.rulebooks), below)

    # Files

    def read(self, folder: Folder, name: str, prefix: str, mention: _Mention) -> Node | None:
        """The tree of a YAML file; None (and the scenario not whole) after a problem."""
        data = self.take(folder, name, prefix, mention, MOST_BYTES)
        parsed = None if data is None else self.memory.parse(data, prefix + name, self.report, max(0, MOST_NODES - self.nodes))
        if parsed is not None:
            self.nodes += parsed.nodes
            self.sources[prefix + name] = parsed.text
        if parsed is None or parsed.root is None:
            self.whole = False
            return None
        return parsed.root

    def take(self, folder: Folder, name: str, prefix: str, mention: _Mention, most: int) -> bytes | None:
        """The bytes of a file; None after a problem where it is named."""
        try:
            reason = confined(name)
            if reason:
                raise UnreadableError(f"The path {reason}.", "name a file inside the scenario's folder")
            data = folder.read(name, most)
        except UnreadableError as error:
            hint = error.hint or suggest(name, folder.names())
            sentence = f"{shown(prefix + name)}: {error.sentence[0].lower()}{error.sentence[1:]}"
            self.report.error(mention.mark, mention.code, sentence, hint, mention.width)
            return None
        self.size += len(data)
        if len(data) <= most and self.size > MOST_TOTAL_BYTES:
            message = f"The files hold more than {MOST_TOTAL_BYTES // 1024} KiB together."
            self.report.error(mention.mark, "too_large", message, "leave out what is not needed", mention.width)
            return None
        return data

    def prose(self, path: Scalar) -> str | None:
        """The text of the file that a briefing names."""
        folder, prefix = self.folders[path.mark.file]
        file = prefix + path.text
        if file in self.sources:
            return self.sources[file]
        data = self.take(folder, path.text, prefix, _Mention(path.mark, "briefing", width(path)), MOST_PROSE_BYTES)
        decoded = None if data is None else decode(data, file, self.report, MOST_PROSE_BYTES)
        if decoded is None:
            return None
        self.sources[file] = decoded.text
        return decoded.text
