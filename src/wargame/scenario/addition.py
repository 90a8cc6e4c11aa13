"""Reading one card that was written for a game that runs: checked as it would be among the files of the scenario."""

from __future__ import annotations

from attrs import evolve

from wargame.scenario.check_play import check_injects
from wargame.scenario.check_texts import check_texts_of
from wargame.scenario.lookup import Lookup
from wargame.scenario.model import Inject, Scenario
from wargame.scenario.node import Map, Mark
from wargame.scenario.problem import Report, TooManyProblemsError, suggest
from wargame.scenario.scalars import described, shown, width
from wargame.scenario.strict_yaml import parse
from wargame.scenario.structure import Context, structure_injects

CARD = "card"  # the file that problems are said to stand in
MOST_NODES = 4_000
_SHAPE = "write `injects:`, and under it the card's id with all that belongs to it"


def read_card(scenario: Scenario, source: str, report: Report) -> tuple[str, Inject] | None:
    """The id and the card in a text that holds `injects: {id: {...}}`; None where none can be made of it.

    Everything wrong is in the report then, with lines and columns of the text.
    """
    parsed = parse(source.encode("utf-8", "replace"), CARD, report, MOST_NODES)
    if parsed is None or parsed.root is None:
        return None
    root = parsed.root
    if not isinstance(root, Map):
        report.error(root.mark, "wrong_type", f"A card is a map of keys, not {described(root)}.", _SHAPE, width(root))
        return None
    for key, _ in root:
        if key.text != "injects":
            hint = suggest(key.text, ["injects"]) or _SHAPE
            report.error(key.mark, "unknown_key", f"Only `injects` can stand here, not {shown(key.text)}.", hint, width(key))
    section = root.get("injects")
    if section is None:
        report.error(root.mark, "missing_key", "There is no `injects`.", _SHAPE)
        return None
    if not isinstance(section, Map) or len(section.entries) != 1:
        said = f"{len(section.entries)} cards" if isinstance(section, Map) else described(section)
        report.error(section.mark, "wrong_type", f"`injects` holds one card here, not {said}.", _SHAPE, width(section))
        return None
    key = section.entries[0][0]
    if key.text in scenario.injects:
        message = f"There is a card {shown(key.text)} already."
        report.error(key.mark, "name_taken", message, "give this one another id", width(key))
    numbers = {name: entry.value for name, entry in scenario.parameters.items()}
    context = Context(report, lambda _: scenario.languages, scenario.languages, lambda _: None, numbers)
    try:
        cards = structure_injects(section, context)
        if not report.failed:
            whole = evolve(scenario, injects={**scenario.injects, **cards})
            look = Lookup(whole, Map(((root.entries[0][0], section),), root.mark), report)
            check_injects(look, cards)
            check_texts_of(look, cards)
    except TooManyProblemsError:
        report.error(Mark(CARD, 1, 1), "too_many_problems", "There are more problems than are listed here.", "mend these first")
    return None if report.failed else next(iter(cards.items()))
