"""Cards to cut out: inject cards as the players read them, and secret agendas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.analysis.html import Html, div, el, join, p, section, span, table
from wargame.analysis.paper.book import Book, stance
from wargame.rules.program import Addressee, Card
from wargame.rules.words import and_list

MOST_LINES = 24  # lines up to which a card of half the width is at most half as high as a sheet of Letter
LETTERS = 44  # in a line of such a card
STANCE_LETTERS = 16  # what the stance of an option takes
ACROSS = 3  # addressees beside each other on a card of the full width


# ---------------------------------------------------------------- inject cards


def cards(book: Book) -> Html:
    """The fronts of all inject cards, the short ones two in a row, the long ones below each other."""
    # By length, so that cards beside each other are about as high.
    lines = {card.index: _lines(book, card) for card in book.program.cards}
    ordered = sorted(book.program.cards, key=lambda card: lines[card.index])
    short = [_front(book, card) for card in ordered if lines[card.index] <= MOST_LINES]
    long = [_front(book, card, wide=True) for card in ordered if lines[card.index] > MOST_LINES]
    return join(
        el("h1", "Inject cards"),
        p(span("secret", "For the facilitators: players read a card when it is dealt to them.")),
        p("Cut along the dashed lines. What the answers do stands in the white cell's sheets, by the number of the card."),
        grid(short),
        div("fresh" if short else "", grid(long, columns=1)) if long else None,
    )


def number(card: Card) -> str:
    """The number that a card's front and its notes share."""
    return f"No. {card.index + 1}"


def to_whom(book: Book, card: Card, addressee: Addressee) -> str:
    """Who gets a card: seats, or whoever a bound name stands for."""
    if addressee.variable >= 0:
        return f"the {card.variables[addressee.variable].name.replace('_', ' ')}"
    return book.seats(addressee.seats)


def filled(card: Card, text: str) -> str:
    """A text with its bound names left to be written in: `{target}` becomes `______ (target)`."""
    for variable in card.variables:
        text = text.replace("{" + variable.name + "}", f"______ ({variable.name.replace('_', ' ')})")
    return text


def texts(book: Book, card: Card) -> list[tuple[str, str]]:
    """What a card says: (to whom, empty for everybody; the text)."""
    model = card.model
    found = [("", filled(card, str(model.text)))] if model.text else []
    for key, text in model.texts.items():
        addressee = next((one for one in card.addressees if one.key == key), None)
        named = to_whom(book, card, addressee) if addressee is not None else key.replace("_", " ")
        found.append((f"To {'everybody else' if key == 'others' else named}: ", filled(card, str(text))))
    return found


def _lines(book: Book, card: Card) -> float:
    """About how many lines a front of half the width takes."""
    options = [option.model for each in card.addressees for option in each.options]
    said = [head + text for head, text in texts(book, card)]
    answers = [f"{option.label} {option.text}" for option in options]
    heads = sum(1 for each in card.addressees if each.options)
    return (
        sum(-(-len(text) // LETTERS) for text in said)
        + sum(-(-(len(text) + STANCE_LETTERS) // LETTERS) + 0.6 for text in answers)
        + (heads if heads > 1 else 0)
    )


def _front(book: Book, card: Card, *, wide: bool = False) -> Html:
    to = and_list([to_whom(book, card, each) for each in card.addressees]) or "everybody"
    private = "; only they read it" if card.private else ""
    sender = filled(card, str(card.model.from_))
    answers = [_options(book, card, each) for each in card.addressees if each.options]
    rows = [answers[at : at + ACROSS] for at in range(0, len(answers), ACROSS)]
    return div(
        "card",
        el("h3", filled(card, str(card.model.title))),
        p(f"{number(card)}, {f'from {sender}, ' if sender else ''}to {to}{private}", class_="for"),
        [p(span("name", head) if head else None, text) for head, text in texts(book, card)],
        [table((), [row], "options") for row in rows] if wide else answers,
    )


def _options(book: Book, card: Card, addressee: Addressee) -> Html:
    several = sum(1 for each in card.addressees if each.options) > 1
    who = to_whom(book, card, addressee)
    head = p(span("name", f"{who[:1].upper()}{who[1:]}"), class_="who") if several else None
    return join(
        head,
        [
            div(
                "option",
                stance(option.model.stance),
                " ",
                el("strong", filled(card, str(option.model.label))),
                span("default", " (default)") if place == addressee.default else None,
                f" {filled(card, str(option.model.text))}" if option.model.text else "",
                span("default", f" Not open: {' '.join(str(each.words) for each in option.reasons)}")
                if option.reasons
                else None,
            )
            for place, option in enumerate(addressee.options)
        ],
    )


# ---------------------------------------------------------------- agendas


def agendas(book: Book) -> Html:
    """Agenda cards, deck by deck: secret, and so on sheets of their own."""
    return join(
        el("h1", "Agenda cards"),
        p(span("secret", "Secret. Print these apart from the packets.")),
        p("Cut the cards out. Shuffle each deck and deal one card, face down, to each of its seats; put the rest away."),
        list(_decks(book)),
        book.explained(),
    )


def _decks(book: Book) -> Iterator[Html]:
    seats_of: dict[str, list[int]] = {}
    for deck in book.program.agendas:
        seats_of.setdefault(deck.deck, []).append(deck.seat)
    for name, seats in seats_of.items():
        deck = next(each for each in book.program.agendas if each.deck == name)
        faces = [
            div(
                "card",
                el("h3", str(agenda.label)),
                p(f"Secret agenda for {book.seats(seats, word='or')}, worth up to {agenda.max}", class_="for"),
                p(str(agenda.text)),
                p(span("name", "Points: "), book.tree_words(tree, seats), class_="small"),
            )
            for (_, agenda, _), tree in zip(deck.agendas, deck.trees, strict=True)
        ]
        yield section(f"For {book.seats(seats)}", grid(faces, class_="low"))


def grid(faces: Sequence[Html], columns: int = 2, class_: str = "") -> Html:
    """Cards in rows with lines to cut along; a row is never cut by the end of a sheet."""
    rows = [faces[at : at + columns] for at in range(0, len(faces), columns)]
    body = join(el("tr", [el("td", face) for face in row], [el("td") for _ in range(columns - len(row))]) for row in rows)
    kind = f"cards {class_}".strip() if columns > 1 else "cards one"
    return el("table", el("tbody", body), class_=kind) if faces else join()
