"""What leads to what, as one picture: cards over the turns they may come in, what brings each, what each sets in motion.

Cards stand in rows by the turn they may first come in, with a bar over the turns; arrows on the right lead from a card to the
cards it brings. Below stand facts, clocks, votes and endings with what sets and what asks for each. Self-contained; light and
dark; shapes and words beside every colour (Okabe-Ito).
"""

from __future__ import annotations

from collections.abc import Sequence

from wargame.analysis.graph import Graph, Thing
from wargame.analysis.html import Html, el, join
from wargame.analysis.svg import clipped, text_at
from wargame.rules.links import Does, Link

WIDTH = 1180
LETTER, BOLD = 6.1, 7.1  # units, about, of a letter of the small text and of a name
ROW = 34
TITLE, BAR, BAR_END, RESULT = 286, 300, 520, 536  # where columns end and begin
ARCS = 1010  # where the arrows between cards begin
STYLE = """
svg { font: 12px system-ui, sans-serif; background: #fff; }
text { fill: #1a1a1a; }
.small { font-size: 11px; fill: #444; }
.head { font-size: 15px; font-weight: 600; }
.name { font-weight: 600; }
.line { stroke: #ccc; }
.bar { fill: #0072b2; }
.maybe { fill: none; stroke: #0072b2; stroke-width: 2; stroke-dasharray: 4 3; }
.arc { fill: none; stroke: #b04a00; stroke-width: 1.5; }
.tip { fill: #b04a00; }
.dead { fill: #a3005c; }
.stripe { fill: #f3f5f7; }
@media (prefers-color-scheme: dark) {
svg { background: #16181b; }
text { fill: #ececec; }
.small { fill: #c2c2c2; }
.line { stroke: #444; }
.bar { fill: #56b4e9; }
.maybe { stroke: #56b4e9; }
.arc { stroke: #e69f00; }
.tip { fill: #e69f00; }
.dead { fill: #ff9ccf; }
.stripe { fill: #1f2226; }
}
"""


def draw(graph: Graph) -> str:
    """The whole file."""
    cards = sorted(graph.of("injects"), key=lambda thing: (*(thing.turns or (graph.turns + 1, graph.turns + 1)), thing.label))
    rows = {thing.id: number for number, thing in enumerate(cards)}
    top = 92
    parts = [_axis(graph, top, top + ROW * len(cards))]
    parts += [_card(graph, thing, top + ROW * rows[thing.id], rows[thing.id]) for thing in cards]
    parts.append(_arcs(graph, rows, top))
    height = top + ROW * len(cards) + 40
    for section, heading in (("flags", "Facts"), ("clocks", "Clocks"), ("motions", "Votes"), ("endings", "Endings")):
        things = graph.of(section)
        if things:
            parts.append(text_at(12, height, heading, "head"))
            for number, thing in enumerate(things):
                parts.append(_other(graph, thing, height + 12 + ROW * number, number))
            height += ROW * len(things) + 48
    picture = el(
        "svg",
        el("title", f"{graph.title}: what leads to what"),
        el("style", Html(STYLE)),
        el("rect", width="100%", height="100%", fill="none"),
        text_at(12, 28, f"{graph.title}: what leads to what", "head"),
        text_at(
            12,
            48,
            "Filled bar: comes when its condition holds. Dashed: by chance, or when something brings it. ✗: a dead end.",
            "small",
        ),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        width=WIDTH,
        height=height,
        role="img",
    )
    return picture.text + "\n"


def _axis(graph: Graph, top: int, bottom: int) -> Html:
    step = (BAR_END - BAR) / graph.turns
    every = max(1, graph.turns // 10)
    marks = []
    for turn in range(1, graph.turns + 1):
        x = BAR + step * (turn - 1)
        marks.append(el("line", x1=round(x, 1), y1=top - 8, x2=round(x, 1), y2=bottom, class_="line"))
        if (turn - 1) % every == 0:
            marks.append(text_at(x + 3, top - 10, str(turn), "small"))
    heads = (
        text_at(12, top - 26, "Card", "name"),
        text_at(BAR, top - 26, "Turns", "name"),
        text_at(RESULT, top - 26, "Brought by ←   sets in motion →", "name"),
    )
    return join(*heads, *marks)


def _card(graph: Graph, thing: Thing, y: int, number: int) -> Html:
    step = (BAR_END - BAR) / graph.turns
    bar: Html
    if thing.turns is not None:
        first, last = thing.turns[0], min(thing.turns[1], graph.turns)
        certain = "%" not in thing.comes and "drawn" not in thing.comes
        bar = el(
            "rect",
            x=round(BAR + step * (first - 1) + 1, 1),
            y=y + 7,
            width=round(step * (last - first + 1) - 2, 1),
            height=10,
            rx=3,
            class_="bar" if certain else "maybe",
        )
    else:
        bar = text_at(BAR, y + 16, clipped(thing.comes, BAR_END - BAR, LETTER), "small")
    causes = [link for link in graph.into(thing.id) if not link.source.startswith("injects.") and link.does is not Does.WEIGHS]
    effects = [
        link for link in graph.out_of(thing.id) if not link.target.startswith("injects.") and link.does is not Does.WEIGHS
    ]
    said = _sides(graph, causes, effects)
    return el(
        "g",
        el("title", f"{thing.label} ({thing.name}): {thing.comes}"),
        _stripe(y, number),
        _heading(thing, y),
        _below(thing, y),
        bar,
        *_lines(said, y, RESULT, ARCS - 8),
    )


def _lines(said: Sequence[str], y: int, x: int, end: int) -> list[Html]:
    """One line above the other between two columns, or in the middle what there is."""
    lines = [line for line in said if line]
    places = (y + 15, y + 28) if len(lines) == 2 else (y + 20,)
    return [text_at(x, place, clipped(line, end - x, LETTER), "small") for place, line in zip(places, lines, strict=False)]


def _sides(graph: Graph, causes: Sequence[Link], effects: Sequence[Link]) -> tuple[str, str]:
    def names(ends: Sequence[tuple[str, Does]]) -> str:
        found = []
        for end, does in dict.fromkeys(ends):
            there = graph.things.get(end)
            if there is not None:
                sign = "not " if does in (Does.CLEARS, Does.STOPS) else ""
                found.append(f"{sign}{there.label}")
        return ", ".join(found)

    before = names([(link.source, link.does) for link in causes])
    after = names([(link.target, link.does) for link in effects])
    return f"← {before}" if before else "", f"→ {after}" if after else ""


def _other(graph: Graph, thing: Thing, y: int, number: int) -> Html:
    causes = [link for link in graph.into(thing.id) if link.does is not Does.WEIGHS]
    effects = [link for link in graph.out_of(thing.id) if link.does is not Does.WEIGHS]
    before, after = _sides(graph, causes, effects)
    return el(
        "g",
        el("title", f"{thing.label} ({thing.name})"),
        _stripe(y, number),
        _heading(thing, y),
        _below(thing, y),
        *_lines((before or (thing.comes and f"if {thing.comes}"), after), y, BAR, WIDTH - 12),
    )


def _arcs(graph: Graph, rows: dict[str, int], top: int) -> Html:
    """From each card to the cards it brings: the further apart, the wider the bow."""
    drawn: list[Html] = []
    ways: dict[tuple[str, str], Link] = {}
    for link in graph.links:
        if link.does is Does.BRINGS and link.source in rows and link.target in rows:
            ways.setdefault((link.source, link.target), link)
    for (source, target), link in ways.items():
        start, end = (top + ROW * rows[thing] + (20 if thing is source else 12) for thing in (source, target))
        bow = min(150, 18 + 4.5 * abs(rows[source] - rows[target]))
        way = f"M {ARCS} {start} C {ARCS + bow:.0f} {start}, {ARCS + bow:.0f} {end}, {ARCS + 6} {end}"
        after = f"after {link.delay} turn{'s' if link.delay != 1 else ''}" if link.delay else "at once"
        words = f"{graph.things[source].label} → {graph.things[target].label}, {after}: {graph.part(link)}"
        drawn.append(el("path", el("title", words), d=way, class_="arc"))
        drawn.append(el("path", d=f"M {ARCS} {end} l 8 -4 l 0 8 z", class_="tip"))
    return join(*drawn)


def _heading(thing: Thing, y: int) -> Html:
    label = clipped(f"{'✗ ' if thing.dead else ''}{thing.label}", TITLE - 12, BOLD)
    return text_at(12, y + 15, label, "name dead" if thing.dead else "name")


def _below(thing: Thing, y: int) -> Html:
    more = thing.dead or ("leads to no other card or fact" if thing.last else "")
    return text_at(12, y + 28, clipped(f"{thing.name}{': ' if more else ''}{more}", TITLE - 12, LETTER), "small")


def _stripe(y: int, number: int) -> Html | None:
    return el("rect", x=0, y=y - 1, width=WIDTH, height=ROW, class_="stripe") if number % 2 else None
