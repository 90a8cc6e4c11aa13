"""Rules made after a scenario was compiled: expressions typed beside it, effects to try, conditions taken apart.

All are checked as the scenario's own are and become functions over the same board; the program they belong to stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from wargame.rules import assembly
from wargame.rules.builder import Builder
from wargame.rules.cards import Bound, bound_names, handed_on
from wargame.rules.codegen import Module
from wargame.rules.compile import begin
from wargame.rules.effects import VERBS, EffectChecker
from wargame.rules.emit import EffectModule
from wargame.rules.expression import Book, Scope, Wrong
from wargame.rules.intervals import whole_board
from wargame.rules.limits import Budget, TooBig
from wargame.rules.numbering import lay_card
from wargame.rules.program import NOBODY, Code, Effects, Program, Sight, Site
from wargame.rules.syntax import parse, source_of
from wargame.rules.tree import Block, Type
from wargame.rules.trial import Term
from wargame.rules.visit import Visit
from wargame.rules.why import named_parts, term, terms
from wargame.scenario import strict_yaml
from wargame.scenario.model import Inject
from wargame.scenario.node import Map, Mark, Node, Scalar, Seq
from wargame.scenario.problem import Report
from wargame.scenario.text import Text

TYPED = "typed"  # the file that problems of a typed text are said to stand in
PATH = "aside"  # where its dice are said to be rolled


@frozen
class Evaluation:
    """An expression with the values it is made of; functions are `(b, me)`."""

    whole: Term
    terms: tuple[Term, ...]


@frozen
class Trial:
    """Effects that can be run, with all sites and news that the program then has to know."""

    run: Effects
    code: Code
    sites: tuple[Site, ...]
    news: tuple[Text, ...]


@frozen
class Aside:
    """What is needed to make further rules for a program."""

    builder: Builder
    bound: Mapping[str, Bound]  # by card
    leaving: Mapping[int, Block]

    @classmethod
    def of(cls, program: Program) -> Aside:
        """The same checking begun again: a tenth of what compiling takes. Made once for a program."""
        known = program.memo.get(cls)
        if isinstance(known, cls):
            return known
        cards = program.scenario.injects
        first = {name: card for name, card in cards.items() if name not in program.written}
        begun = begin(evolve(program.scenario, injects=first), Report(), Report())
        assert begun is not None, "a program has seats"
        builder, bound = begun
        made = cls(builder, bound, assembly.leaving_effects(builder))
        for name in program.written:
            made = made.with_card(name, cards[name], Report())
        names = {site.name: site.index for site in program.sites}
        checker = made.builder.checker
        checker.book = Book(list(program.sites), names, list(program.news), checker.book.locals)  # as if all were compiled
        program.memo[cls] = made
        return made

    def with_card(self, name: str, card: Inject, report: Report) -> Aside:
        """The same with one card more, whose slots come after all others."""
        builder = self.builder
        scenario = evolve(builder.layout.scenario, injects={**builder.layout.scenario.injects, name: card})
        layout = builder.layout.copy(scenario)
        lay_card(layout, name, card)
        more = len(layout.slots) - len(builder.layout.slots)
        hidden, seen = bytes([Sight.HIDDEN]) * more, bytes([Sight.EXACT]) * more
        rows = builder.sights.fixed
        fixed = [*(row + hidden for row in rows[:-1]), rows[-1] + seen]  # the white cell's is the last
        checker = evolve(builder.checker, layout=layout, report=report, book=builder.checker.book.copy())
        bound = {**self.bound, name: bound_names(checker, name, card)}
        grown = evolve(
            builder,
            layout=layout,
            report=report,
            structure=report,
            checker=checker,
            effects=EffectChecker(checker, handed_on(bound)),
            sights=evolve(builder.sights, fixed=fixed),
        )
        return Aside(grown, bound, self.leaving)

    def sheet(self, report: Report, *, recording: bool = True, prefix: str = "f") -> Builder:
        """A fresh page to write functions on: what goes wrong goes to `report`, and nothing of it stays."""
        builder = self.builder
        layout = builder.layout
        book = builder.checker.book.copy()
        checker = evolve(builder.checker, report=report, book=book, used=set(), tests=[], busy=[], budget=Budget())
        module = Module(whole_board(layout.slots), recording, prefix=prefix)
        return evolve(
            builder,
            report=report,
            structure=report,
            checker=checker,
            effects=EffectChecker(checker, builder.effects.card_variables),
            module=module,
            emitter=EffectModule(module, layout.slots, layout.agreement_slots, layout.seat_count),
            trees={},
            blocks={},
            needs={},
        )

    def scope(self, sheet: Builder, seat: int, *, dice: bool = False) -> Scope:
        """What names mean to a seat (NOBODY: nobody acts)."""
        return Scope({}, sheet.checker.me((seat,)) if seat != NOBODY else None, dice, PATH)

    def evaluation(self, text: str, seat: int, report: Report) -> Evaluation | None:
        """An expression as typed; None where something is wrong with it, which is then in the report."""
        sheet = self.sheet(report)
        place = source_of(Scalar(text, Mark(TYPED, 1, 1)))
        scope = self.scope(sheet, seat)
        try:
            expr = sheet.checker.expression(place, scope, None)
            tree = parse(place, report) if expr is not None else None
            if expr is None or tree is None:
                return None
            visit = Visit(evolve(sheet.checker, report=Report()), place, scope)
            if expr.type is Type.AGREEMENT:
                expr = visit.in_force(expr, tree)
            whole = term(sheet, " ".join(text.split()), expr, ())
            parts = terms(sheet, named_parts(tree, visit), visit, ())
            get = sheet.module.link()
        except Wrong:
            return None
        except TooBig as error:
            report.error(place.mark, "too_big", error.sentence, error.hint)
            return None
        told = tuple(each(get) for each in parts)
        made = whole(get)
        return Evaluation(made, tuple(each for each in told if each.words != made.words))

    def trial(self, text: str, seat: int, report: Report) -> Trial | None:
        """Effects as typed: short ones divided by `;`, or a YAML map or list; None where something is wrong with them."""
        nodes = effects_of(text, report)
        if nodes is None or report.failed:
            return None
        sheet = self.sheet(report)
        try:
            sheet.emitter.take_leaving(self.leaving)
            run, code, _ = sheet.block(Seq(tuple(nodes), Mark(TYPED, 1, 1)), self.scope(sheet, seat, dice=True))
            if report.failed:
                return None
            get = sheet.module.link()
        except TooBig as error:
            report.error(Mark(TYPED, 1, 1), "too_big", error.sentence, error.hint)
            return None
        book = sheet.checker.book
        return Trial(get(run), code, tuple(book.sites), tuple(book.news))


def effects_of(text: str, report: Report) -> Sequence[Node] | None:
    """The entries of a list of effects as typed: short ones and maps in braces divided by `;`, or one YAML map or list."""
    if text.lstrip().startswith("- ") or _is_map(text):
        parts = [(0, text)]
    else:
        parts = [(start, part) for start, part in _divided(text) if part.strip()]
    if not parts:
        report.error(Mark(TYPED, 1, 1), "empty", "Here an effect belongs, and there is nothing.")
        return None
    found: list[Node] = []
    for start, part in parts:
        lead = start + len(part) - len(part.lstrip())
        if part.lstrip().startswith(("{", "[", "- ")) or _is_map(part):
            parsed = strict_yaml.parse((" " * start + part).encode(), TYPED, report)
            root = None if parsed is None else parsed.root
            found += root.items if isinstance(root, Seq) else [root] if root is not None else []
        else:
            found.append(Scalar(part.strip(), Mark(TYPED, 1, lead + 1)))
    return found


def _divided(text: str) -> Iterator[tuple[int, str]]:
    """The parts of a line between `;`, with where each starts; what stands in brackets or quotes is one."""
    start, depth, quote = 0, 0, ""
    for place, letter in enumerate(text):
        if quote or letter in "\"'":
            quote = "" if letter == quote else quote or letter
        elif letter == ";" and depth <= 0:
            yield start, text[start:place]
            start = place + 1
        else:
            depth += (letter in "([{") - (letter in ")]}")
    yield start, text[start:]


def _is_map(text: str) -> bool:
    """Whether a text is a map without braces: `roll: 50`."""
    if not text.strip() or text.lstrip().startswith(("{", "[")):
        return False
    parsed = strict_yaml.parse(text.encode(), TYPED, Report())
    return parsed is not None and isinstance(parsed.root, Map) and any(key.text in VERBS for key, _ in parsed.root)
