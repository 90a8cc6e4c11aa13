"""What a projector shows of a game, page by page: made from what the public knows, and from nothing else. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from wargame.client.look import EXACT, Look, Reading
from wargame.client.speech import phrase
from wargame.client.tui.paint import STANCES, Page, Part, bar, change, fit, glyphs, owner, say, spark, stance
from wargame.client.tui.panes.map import legend_name
from wargame.client.tui.panes.news import names
from wargame.client.watching import Watching

HEADLINES = 30
CELL = 4  # cells for a turn on the strip


def known_tracks(look: Look) -> list[Reading]:
    """The tracks and running clocks that the public knows, in the scenario's order."""
    tracks = [reading for reading in look.readings("track") if reading.known]
    return tracks + [reading for reading in look.readings("clock") if reading.value]


def tracks_page(look: Look, readings: Sequence[Reading], width: int) -> Content:
    """Name, bar, number, band and change; a clock with its unit."""
    label, band = (24, 13) if width > 60 else (22, 0)
    page = Page()
    for reading in readings:
        slot, index = reading.slot, int(reading.slot["index"])
        if slot.get("family") == "clock":
            page.line((f"{reading.words} {slot.get('unit') or ''}".strip(), "bold $warning"), f"  {slot['label']}")
            continue
        number = str(reading.value) if reading.level == EXACT else "~"
        values = look.trend(index, 5) if width > 60 else []
        curve = fit(spark(values, int(slot["lo"]), int(slot["hi"])), 6) if values else ""
        page.line(
            fit(str(slot["label"]), label),
            " ",
            bar(reading, max(4, width - label - band - len(curve) - 10)),
            (f"{number:>4} ", "bold"),
            fit(reading.band, band) if band else "",
            (curve, "$secondary"),
            change(look.change(index)),
        )
    return page.content


def headlines_page(look: Look) -> Content:
    """What is public news, the newest first."""
    page = Page()
    turn = None
    told = [story for story in list(look.data.get("feed", ()))[::-1] if story.get("kind") != "phase"]
    for story in told[:HEADLINES]:
        if story.get("turn") != turn:
            turn = story.get("turn")
            page.line((phrase("Turn {turn}", turn=turn) if turn else phrase("Before turn 1"), "$quiet"))
        actor = story.get("actor")
        page.line(
            stance(story.get("stance"), word=False),
            " ",
            owner(look, actor, look.short(actor) + " ") if actor and not names(look, story, actor) else "",
            (str(story.get("head", "")), "bold"),
        )
    return page.content if told else say((phrase("No news yet."), "$quiet"))


def steps(look: Look) -> dict[tuple[str, int], dict[str, int]]:
    """How often each seat was seen in public to escalate, hold or de-escalate, by seat and turn."""
    seen: dict[tuple[str, int], dict[str, int]] = {}
    for story in look.data.get("feed", ()):
        which, actor, turn = story.get("stance"), story.get("actor"), story.get("turn")
        if which in STANCES and actor and turn:
            counted = seen.setdefault((str(actor), int(turn)), {})
            counted[str(which)] = counted.get(str(which), 0) + 1
    return seen


def strip_page(look: Look, width: int, height: int) -> Content:
    """The escalation strip: a line a seat, a column a turn, in each the highest step seen and how often; who is done."""
    room = max(12, min(26, width // 3))
    last = int(look.catalog.get("turns", {}).get("count", 0) or 0)
    count = max(1, (width - room - 14) // CELL)
    turns = list(range(1, last + 1))
    if len(turns) > count:
        begin = max(0, min(look.turn - count, last - count))
        turns = turns[begin : begin + count]
    seen, done = steps(look), look.data.get("sealed", ())
    gap = height >= 2 * len(look.seats) + 6
    page = Page().line(" " * room, *((f"{turn:<{CELL}}", "bold $accent" if turn == look.turn else "$quiet") for turn in turns))
    for seat in look.seats:
        who = str(seat["id"])
        cells: list[Part] = [owner(look, who, fit(look.title(who), room - 1) + " ")]
        for turn in turns:
            counted = seen.get((who, turn), {})
            highest = next((which for which in STANCES if counted.get(which)), "")
            times = counted.get(highest, 0)
            mark = stance(highest, word=False) if highest else say((glyphs().same, "$quiet"))
            text = say(mark, (str(times) if times > 1 else "", "bold"))
            cells.append(text + " " * (CELL - text.cell_length))
        if look.status in ("setup", "running"):
            if who in done:
                cells.append((phrase(" {check} done", check=glyphs().check), "bold $success"))
            elif who in look.waiting_for:
                cells.append((phrase(" deciding"), "$quiet"))
        page.line(*cells)
        if gap:
            page.gap()
    page.gap()
    legend: list[Part] = [part for which in STANCES for part in (stance(which), "   ")]
    return page.line(*legend, (phrase("as seen in public"), "$quiet")).content


def legend(look: Look) -> Content:
    """Whose letters stand on the map."""
    used = {str(reading.slot.get("owner")) for reading in look.readings("piece") if reading.value}
    owners = [str(one["id"]) for one in (*look.seats, *look.catalog.get("factions", ()))]
    return say(*(owner(look, who, f"{look.letter(who)} {legend_name(look, who)}   ") for who in owners if who in used))


def result_page(look: Look, width: int) -> Content:
    """How it ended: the ending, then each seat with its score and whether it met its mandate."""
    result = look.data.get("result") or {}
    ending = result.get("ending") or {}
    page = Page()
    if ending:
        page.line((str(ending.get("title", "")), "bold $warning" if ending.get("catastrophe") else "bold $accent"))
        page.line(str(ending.get("text", ""))).gap()
    for seat, entry in sorted((result.get("seats") or {}).items(), key=lambda item: -item[1].get("score", 0)):
        score = float(entry.get("score", 0))
        length = max(8, width - 48)
        full = round(min(100.0, max(0.0, score)) / 100 * length)
        met = (
            (phrase("  {check} mandate met", check=glyphs().check), "$success")
            if entry.get("met")
            else (phrase("  not met"), "$quiet")
        )
        page.line(
            owner(look, seat, fit(look.title(seat), 24) + " "),
            (glyphs().full * full, "$primary"),
            (glyphs().empty * (length - full), "$quiet"),
            (f" {score:3.0f}", "bold"),
            met,
        )
    ledger = result.get("ledger") or ()
    if ledger:
        page.gap()
        for label, number in ledger:
            page.line((f"{number:>5}  ", "bold"), str(label))
    return page.content


def lobby_page(look: Look, watching: Watching) -> Content:
    """How to join, and who sits where already."""
    page = Page()
    for link in watching.links:
        page.line((link, "bold"))
    people = [each for each in look.glance.room.people if not each.get("bot")]
    page.gap()
    for seat in look.seats:
        who = str(seat["id"])
        here = [str(each.get("name")) for each in people if each.get("seat") == who and each.get("connected")]
        sign = glyphs().dot if here else glyphs().ring
        page.line((f"{sign} ", "$success" if here else "$quiet"), owner(look, who), (f"  {', '.join(here)}", "bold"))
    return page.content
