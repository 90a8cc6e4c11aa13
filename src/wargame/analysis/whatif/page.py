"""The part of a report that asks what if: for each question two answers side by side, and what was assumed."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.analysis.chronicle import Chronicle
from wargame.analysis.debrief.naming import Names, counted, row, signed, stance
from wargame.analysis.html import Html, el, join, p
from wargame.analysis.page.charts import whisker
from wargame.analysis.page.document import Part, folded
from wargame.analysis.page.tables import Cell, data_table, number
from wargame.analysis.sweep.figures import Estimate
from wargame.analysis.whatif.replay import Decision, Ended
from wargame.analysis.whatif.study import GAMES, LAST_TURN, Arm, Question, Study, study
from wargame.engine.knowledge import filled, slot_label
from wargame.rules.program import Program

MOST_TRACKS = 6  # that are told of a question: those that moved most


def whatif_part(chronicle: Chronicle, asked: str, names: Names, *, games: int = GAMES) -> Part:
    """The part, its body empty where nothing is asked or nothing can be: see `study`, whose errors it raises."""
    return shown(study(chronicle, asked, games), names)


def shown(done: Study, names: Names) -> Part:
    """A study as a part of a page."""
    if not done.questions:
        return Part("what-if", "What if", Html(""))
    return Part("what-if", "What if", join(_method(done), *(_question(names, question) for question in done.questions)))


def _method(done: Study) -> Html:
    picked = (
        f"Of the {counted(done.open, 'answer', 'answers')} to cards in this game, {done.screened} were replayed with every "
        "other answer that was open, and these are the ones after which the game ended most differently."
        if done.screened
        else "These are the choices that were asked about."
    )
    return join(
        p("What would have come of another answer? Nobody can know; this is what the rules and computer players make of it."),
        p(picked),
        el(
            "details",
            el("summary", "How this was worked out, and what was assumed"),
            el(
                "ul",
                el(
                    "li",
                    el("strong", "Same luck: "),
                    "the game is replayed with one answer changed and the same dice. Everybody does again what they did, "
                    "wherever that is still possible; where it is not, and on cards that did not come in the real game, "
                    "a computer player decides. What the facilitator did with cards and set by hand is repeated; rulings are "
                    "not, nor what was written during the game. It takes for granted that nobody would have acted otherwise.",
                ),
                el(
                    "li",
                    el("strong", f"Other luck, {counted(done.games, 'game', 'games')} for each answer: "),
                    "from the choice on computer players take all seats and the dice fall anew. Both answers are played by the "
                    "same computer players with the same luck, so that like is compared with like. They are not your players: "
                    "compare the two columns with each other, not with the real game.",
                ),
                el(
                    "li",
                    "An interval says where the figure would lie, 95 times of 100, had more such games been played. It says "
                    "nothing about people. A difference whose interval holds nought may be luck.",
                ),
            ),
        ),
    )


def _question(names: Names, question: Question) -> Html:
    decision, program = question.decision, question.decision.program
    return el(
        "article",
        el("h3", f"{_title(decision)}: {names.seat(decision.seat)}", " ", row(decision.seq)),
        p(
            names.turn(decision.before.turn) + ". ",
            "Nobody answered in time, so this stood: " if decision.defaulted else "The answer was: ",
            _option(decision, question.made.option),
            ". Here it is instead: ",
            _option(decision, question.other.option),
            ".",
        ),
        el("h4", "Same luck"),
        _replays(names, question),
        el("h4", f"Other luck, {counted(len(question.made.games), 'game', 'games')} each"),
        _endings(program, question),
        _mandates(names, question),
        _tracks(program, question),
    )


def _title(decision: Decision) -> str:
    return _filled(decision, str(decision.card.model.title))


def _option(decision: Decision, index: int) -> Html:
    option = decision.option(index)
    return join(el("strong", _filled(decision, str(option.model.label))), " ", stance(option.model.stance.value))


def _filled(decision: Decision, words: str) -> str:
    return filled(decision.program, words, decision.card.variables, decision.dealt.bindings)


def _heads(question: Question) -> tuple[str, str]:
    """What the two answers are called in the heads of tables."""
    decision = question.decision
    made, other = (_filled(decision, str(decision.option(arm.option).model.label)) for arm in question.arms)
    return f"As chosen: {made}", f"Instead: {other}"


def ending_words(program: Program, ending: int) -> str:
    """What an ending is called; of a game that nothing cut short, its last turn."""
    return "Played to the last turn" if ending == LAST_TURN else str(program.endings[ending].model.title)


def _replays(names: Names, question: Question) -> Html:
    made, other = question.made.replay, question.other.replay
    if made is None or other is None:
        return p("This answer could not be replayed to an end.", class_="muted")
    ends = [Cell(ending_words(question.decision.program, each.result.ending), "w") for each in (made, other)]
    rows: list[Sequence[Cell | str]] = [("How it ended", *ends, number(""))]
    scores = {score.seat: score for score in other.result.scores}
    for score in made.result.scores:
        there = scores.get(score.seat)
        if there is not None:
            change = there.total - score.total
            rows.append(
                (
                    f"Score of {names.seat(score.seat)}",
                    number(_score(score.total, score.met), score.total),
                    number(_score(there.total, there.met), there.total),
                    number(signed(change) if round(change) else "±0", change),
                )
            )
    return join(data_table(("", *_heads(question), "Change"), rows), p(_kept(other), class_="muted"))


def _score(total: float, met: bool) -> str:
    return f"{total:.0f}" + (" ✓ mandate met" if met else "")


def _kept(ended: Ended) -> str:
    done = f"With the other answer {ended.kept} of {ended.kept + len(ended.lost)} things that people did could be done again."
    rest = " It lasted longer than the real game; computer players played the rest." if ended.after else ""
    return done + rest


def _endings(program: Program, question: Question) -> Html:
    rows: list[Sequence[Cell | str]] = [
        (ending_words(program, ending), *(_share(arm, arm.ended(ending)) for arm in question.arms))
        for ending in question.endings
    ]
    return data_table(("How it ended", *_heads(question)), rows)


def _mandates(names: Names, question: Question) -> Html:
    seats = question.decision.before.seats
    rows: list[Sequence[Cell | str]] = [
        (names.seat(seat), *(_share(arm, arm.met(seat)) for arm in question.arms)) for seat in seats
    ]
    return data_table(("Mandate met", *_heads(question)), rows)


def _share(arm: Arm, share: Estimate) -> Cell:
    games = len(arm.games)
    reach = f"{100 * share.low:.0f}–{100 * share.high:.0f}\xa0%"
    return number(f"{round(share.value * games)} of {games} ({reach})", share.value)


def _tracks(program: Program, question: Question) -> Html:
    rows: list[Sequence[Cell | str]] = []
    for slot, change, made, other in question.moved()[:MOST_TRACKS]:
        entry = program.slots[slot]
        name, reach = slot_label(program, entry), max(abs(change.low), abs(change.high), 1e-9)
        told = f"{signed(change.value, 1)} ({signed(change.low, 1)} to {signed(change.high, 1)})"
        picture = whisker(f"{name}: {told}", change.value, change.low, change.high, reach)
        rows.append(
            (name, number(f"{made:.1f}", made), number(f"{other:.1f}", other), number(told, change.value), Cell(picture, "p"))
        )
    table = data_table(("At the end, on average", *_heads(question), "Change (95 % interval)", ""), rows)
    more = len(question.moved()) - MOST_TRACKS
    return folded("Where the numbers ended", join(table, p(f"{more} more moved less.", class_="muted") if more > 0 else None))
