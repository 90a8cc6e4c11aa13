"""What somebody missed, on one short page."""

from __future__ import annotations

from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import counted, phrase
from wargame.client.tui.paint import Page, glyphs
from wargame.client.tui.panes.news import headline

MOST = 14  # headlines; the news have the rest


def stories_of(answer: Body) -> list[Body]:
    """The stories in an answer that tell something."""
    return [story for story in answer.get("feed") or () if story.get("kind") != "phase" and story.get("head")]


def worth_telling(answer: Body) -> bool:
    """Whether anything happened meanwhile."""
    return bool(stories_of(answer) or answer.get("messages"))


def missed_page(look: Look, answer: Body) -> Page:
    """What is asked of the seat now, what happened meanwhile, and how many messages came."""
    page = Page()
    if "error" in answer:
        return page.line((str(answer["error"]), "$warning"))
    page.line((look.turn_words, "bold"), f", {look.phase.get('label', '')}")
    if answer.get("due"):
        page.heading(phrase("Asked of you now"))
        for entry in answer["due"]:
            page.line(f"{glyphs().arrow} ", (str(entry.get("text", "")), "bold"))
    stories = stories_of(answer)
    page.heading(phrase("What happened"))
    if not stories:
        page.line((phrase("Nothing that you can know of."), "$quiet"))
    if len(stories) > MOST:
        page.line(
            (
                phrase("{count} stories before these: see the news ({how}).", count=len(stories) - MOST, how=how("news")),
                "$quiet",
            )
        )
    turn = None
    for story in stories[-MOST:]:
        if story.get("turn") != turn:
            turn = story.get("turn")
            page.line((phrase("Turn {turn}", turn=turn) if turn else phrase("Before turn 1"), "$quiet"))
        page.line(f"{glyphs().bullet} ", headline(look, story))
    count = int(answer.get("messages") or 0)
    if count:
        page.gap().line(
            counted(
                "{count} message came: see the talk ({how}).",
                "{count} messages came: see the talk ({how}).",
                count,
                how=how("talk"),
            )
        )
    page.gap().line((phrase("This page again: {how}.", how=how("missed")), "$quiet"))
    return page
