"""What leads to what, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from wargame.analysis.graph import Graph, Thing
from wargame.rules.links import Does, Link

COLUMNS = 100
SECTIONS = (("injects", "Cards"), ("flags", "Facts"), ("clocks", "Clocks"), ("motions", "Votes"), ("endings", "Endings"))
QUIET = (Does.WEIGHS,)  # told only of one thing at a time


def tell(graph: Graph) -> list[str]:
    """The lines of the whole graph."""
    lines = [graph.title, "=" * len(graph.title)]
    dead = [thing for thing in graph.things.values() if thing.dead]
    for section, heading in SECTIONS:
        things = sorted(graph.of(section), key=lambda thing: thing.turns or (graph.turns + 1, 0))
        if things:
            lines += ["", heading, "-" * len(heading)]
        for thing in things:
            lines += _thing(graph, thing, detailed=False)
    if dead:
        lines += ["", "Dead ends", "---------"]
        lines += [line for thing in dead for line in _wrapped(f"✗ {thing.label} ({thing.kind} {thing.name}): {thing.dead}")]
    return lines


def tell_about(graph: Graph, thing: Thing) -> list[str]:
    """The lines about one thing: what brings it, what it sets in motion, and what those do next."""
    lines = _thing(graph, thing, detailed=True)
    near = dict.fromkeys(link.target for link in graph.out_of(thing.id) if link.does not in (Does.ASKS, Does.WEIGHS))
    for key in near:
        if key != thing.id and key in graph.things:
            lines += ["", *_thing(graph, graph.things[key], detailed=False)]
    return lines


def _thing(graph: Graph, thing: Thing, *, detailed: bool) -> list[str]:
    first, last = thing.turns or (0, 0)
    turns = "" if not thing.turns else f"  turn {first}" if first == last else f"  turns {first}-{last}"
    mark = "✗ " if thing.dead else ""
    lines = [f"{mark}{thing.label} ({thing.name}){turns}"]
    if thing.comes:
        lines += _wrapped(thing.comes, "    ")
    lines += _grouped(graph, graph.into(thing.id), "←", detailed, lambda link: link.source)
    lines += _grouped(graph, graph.out_of(thing.id), "→", detailed, lambda link: link.target)
    return lines


def _grouped(graph: Graph, links: Sequence[Link], arrow: str, detailed: bool, end: object) -> Iterator[str]:
    """One line for each thing at the other end, with the parts that lead there."""
    assert callable(end)
    groups: dict[tuple[str, Does, int | None], list[str]] = {}
    for link in links:
        if detailed or link.does not in QUIET:
            groups.setdefault((end(link), link.does, link.delay), []).append(graph.part(link))
    for (other, does, delay), parts in groups.items():
        there = graph.things.get(other)
        label = f"{there.kind} {there.label}" if there is not None else other
        yield from _wrapped(f"{arrow} {_verb(does, arrow)}{label}{_when(delay)}{_parts(parts)}", "    ", "      ")


def _verb(does: Does, arrow: str) -> str:
    if arrow == "→":
        return f"{does.value} "
    return {
        Does.BRINGS: "",
        Does.ASKS: "asks for ",
        Does.WEIGHS: "depends on ",
        Does.SETS: "set by ",
        Does.CLEARS: "cleared by ",
        Does.STARTS: "started by ",
        Does.STOPS: "stopped by ",
        Does.CALLS: "called by ",
        Does.ENDS: "ended by ",
        Does.OPENS: "opened by ",
        Does.FINISHES: "brought by ",
    }[does]


def _when(delay: int | None) -> str:
    if not delay:
        return ""
    return f" after {delay} {'turn' if delay == 1 else 'turns'}"


def _parts(parts: Iterable[str]) -> str:
    said = [part for part in dict.fromkeys(parts) if part]
    return f": {'; '.join(said)}" if said else ""


def _wrapped(text: str, first: str = "", rest: str = "    ") -> list[str]:
    return wrap(text, COLUMNS, initial_indent=first, subsequent_indent=rest or first)
