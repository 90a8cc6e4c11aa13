"""What a player does: answers, orders, the floor, agreements, secret choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from wargame.client.door import Body
from wargame.client.look import Look, to_place
from wargame.client.plain import words
from wargame.client.plain.board import card_rows, hear_order, hear_terms, motion, option_line
from wargame.client.plain.questions import sure
from wargame.client.plain.verbs import PLAYER, Verb, pick
from wargame.client.speech import later, phrase
from wargame.client.team import Team
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.form import Field, Form, whole
from wargame.client.tui.paint import Page, say, stance
from wargame.client.tui.panes.base import answered_lines, preview
from wargame.client.tui.panes.cards import card_text, read_belief
from wargame.client.tui.panes.deals import give, most_given, propose, simple
from wargame.client.tui.panes.orders import add, draft_of, remove
from wargame.client.tui.panes.seal import seal
from wargame.client.tui.panes.setup import choose
from wargame.client.tui.widgets.brief import order_line
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.plain.client import PlainClient


# -- cards ------------------------------------------------------------------------------------------------------------


async def answer(client: PlainClient, typed: str) -> None:
    """Answers a card: option, reasons, likelihood, the yes."""
    look = client.look
    asked = {str(each["card"]): each for each in look.offers("respond")}
    rows = [(number, line) for number, line in card_rows(client) if number in asked]
    if not rows:
        client.tell(words.NOT_ANSWERED_HERE)
        return
    places = {str(place): number for place, (number, _) in enumerate(card_rows(client), 1)}
    first, _, rest = typed.partition(" ")  # the number of a card is the one that `cards` gives it
    if first in places and places[first] in asked:
        number: str | None = places[first]
        client.ahead = rest.split()
    else:
        number = await pick(client, phrase("Which card?"), rows, typed, verb=phrase("answer it"))
    if number is None:
        return
    card = look.data["cards"][number]
    if not client.ahead:
        client.say(card_text(look, card, True, client.reading(card)))
    option = await _option(client, number, card, asked[number])
    if option is not None:
        await _answer(client, look, number, card, option)


async def _option(client: PlainClient, number: str, card: Body, offer: Body) -> Body | None:
    look, told = client.look, await preview(client, card=number)
    barred = {str(each["id"]): str(each.get("why") or "") for each in offer.get("options", ()) if not each.get("ok", True)}

    async def about(option: str) -> Content:
        entry = next(each for each in card["options"] if each["id"] == option)
        return Page().line(str(entry.get("text") or "")).line(_effects(told, option)).content

    rows = [Row(str(each["id"]), say(option_line(look, number, card, each))) for each in card["options"]]
    picked = await client.push_screen_wait(
        Choose(client.reading(card).title, rows, about=about, barred=barred, verb=phrase("take that option"))
    )
    return next((each for each in card["options"] if each["id"] == picked), None)


def _effects(told: Body, option: str) -> Content:
    return answered_lines(told if "error" in told else told.get("options", {}), option)


async def _answer(client: PlainClient, look: Look, number: str, card: Body, option: Body) -> None:
    keys = (f"card.{look.turn}.{number}.rationale", f"card.{look.turn}.{number}.belief")
    before = look.data.get("responses", {}).get(number) or {}
    belief = before.get("belief")
    fields = [
        Field("rationale", phrase(words.REASONS), client.draft(keys[0]) or str(before.get("rationale") or "")),
        Field(
            "belief",
            phrase(words.BELIEF),
            client.draft(keys[1]) or ("" if belief is None else str(belief)),
            wrong=lambda text: read_belief(text)[1],
        ),
    ]
    told = await preview(client, card=number)

    async def live(written: object) -> Content:
        return (
            Page()
            .line(stance(option.get("stance")), "  ", str(option["label"]))
            .line(_effects(told, str(option["id"])))
            .content
        )

    def keep(field: str, text: str) -> None:
        client.keep(keys[0] if field == "rationale" else keys[1], text)

    title = phrase("Answer “{title}”", title=client.reading(card).title)
    yes = Team.of(look).verb(phrase(words.ANSWER_IT))
    written = await client.push_screen_wait(Form(title, fields, yes=yes, kept=keep, live=live))
    if written is None:
        return
    body = {
        "do": "respond",
        "card": next(each["card"] for each in look.offers("respond") if str(each["card"]) == number),
        "option": option["id"],
        "rationale": written["rationale"].strip(),
        "belief": read_belief(written["belief"])[0],
    }
    if await client.send(body, look.seen, phrase(words.ANSWERED_DONE)):
        client.done(*keys)


async def original(client: PlainClient, typed: str) -> None:
    """A card as it is, though one asked to be spared."""
    number = await pick(client, phrase("Which card?"), card_rows(client), typed, verb=phrase("read it as it is"))
    if number is not None:
        card = client.look.data["cards"][number]
        client.originals ^= {str(card.get("id"))}
        client.say(card_text(client.look, card, False, client.reading(card)))


# -- orders -----------------------------------------------------------------------------------------------------------


def order_rows(look: Look) -> list[tuple[str, str]]:
    """The orders there are now, with price and stance."""
    rows = []
    for offer in look.offers("order"):
        more = "" if offer.get("ok", False) else f"; {phrase(words.NOT_NOW, why=offer.get('why') or '')}"
        sign = stance(offer.get("stance")).plain.strip()
        line = phrase(words.ORDER_LINE, label=offer["label"], stance=sign, cost=look.cost_words(offer.get("cost")), more=more)
        rows.append((str(offer["action"]), line))
    return rows


async def orders(client: PlainClient, typed: str) -> None:
    """The draft, and the menu."""
    look = client.look
    drafted = draft_of(look)
    if drafted:
        client.numbered(["".join(order_line(look, each)) for each in drafted], phrase(words.DRAFT))
    else:
        client.tell(words.NO_DRAFT)
    rows = order_rows(look)
    if rows:
        client.numbered([line for _, line in rows], phrase(words.MENU))
    else:
        client.tell(words.NO_ORDERS)


async def order(client: PlainClient, typed: str) -> None:
    """Adds an order to the draft."""
    if not client.look.offers("order"):
        client.tell(words.NO_ORDERS)
        return
    which = await pick(client, phrase("Which order?"), order_rows(client.look), typed, verb=phrase("order it"), alone=False)

    async def told(action: str, targets: list[str]) -> Content:
        return answered_lines(await preview(client, action=action, targets=targets), "lines")

    if which is not None:
        await add(client, client.look, which, told)


async def odds(client: PlainClient, typed: str) -> None:
    """What an order would do."""
    which = await pick(
        client, phrase("Which order?"), order_rows(client.look), typed, verb=phrase("hear its odds"), alone=False
    )
    if which is not None:
        await hear_order(client, which)


async def drop(client: PlainClient, typed: str) -> None:
    """Takes an order out of the draft."""
    look = client.look
    drafted = draft_of(look)
    if not drafted:
        client.tell(words.NO_DRAFT)
        return
    rows = [(str(index), "".join(order_line(look, each))) for index, each in enumerate(drafted)]
    picked = await pick(
        client, phrase("Which order comes out of the draft?"), rows, typed, verb=phrase("remove it"), alone=False
    )
    if picked is not None:
        client.say(rows[int(picked)][1])
        if await sure(client, phrase("remove it")):
            await remove(client, look, int(picked))


# -- the floor, being done --------------------------------------------------------------------------------------------


async def floor(client: PlainClient, typed: str) -> None:
    """The motion, and the own say on it."""
    await motion(client, "")
    look = client.look
    offer = look.offer("floor")
    if offer is None or not offer.get("ok", True):
        client.say(str((offer or {}).get("why") or phrase(words.NO_MOTION)))
        return
    entered, (low, high) = look.data.get("floor") or {}, offer.get("lobby") or (0, 0)
    fields = []
    if offer.get("position"):
        choices = [("", phrase(words.NO_POSITION)), ("aye", phrase(words.AYE)), ("nay", phrase(words.NAY))]
        fields.append(Field("position", phrase(words.FLOOR_POSITION), str(entered.get("position") or ""), choices=choices))
    if low or high:
        label = phrase(words.FLOOR_LOBBY, low=low, high=high)
        fields.append(Field("lobby", label, str(entered.get("lobby") or 0), wrong=whole(low, high), most=6))
    if offer.get("veto"):
        yes_no = [("", phrase(words.NO)), ("yes", phrase(words.YES))]
        fields.append(Field("veto", phrase(words.FLOOR_VETO), "yes" if entered.get("veto") else "", choices=yes_no))
    label = (look.data.get("motion") or {}).get("label", "")
    yes = Team.of(look).verb(phrase(words.ENTER_IT))
    written = await client.push_screen_wait(Form(phrase(words.FLOOR_ASK, motion=label), fields, yes=yes))
    if written is not None:
        body = {
            "do": "floor",
            "lobby": int(written.get("lobby") or 0),
            "position": written.get("position") or None,
            "veto": bool(written.get("veto")),
        }
        await client.send(body, look.seen, phrase(words.ENTERED))


async def done(client: PlainClient, typed: str) -> None:
    """Done with the phase."""
    look = client.look
    if look.may("seal"):
        await seal(client, look)
    else:
        offer = look.offer("seal") or look.offer("reopen") or {}
        client.say(str(offer.get("why") or phrase(words.NOTHING_TO_SEAL)))


async def reopen(client: PlainClient, typed: str) -> None:
    """Not done after all."""
    look = client.look
    if look.may("reopen"):
        await client.send({"do": "reopen"}, look.seen, phrase("Your drafts are open again."))
    else:
        client.say(str((look.offer("reopen") or {}).get("why") or phrase(words.NOTHING_TO_SEAL)))


# -- before turn 1 ----------------------------------------------------------------------------------------------------


async def secret(client: PlainClient, typed: str) -> None:
    """A secret choice."""
    look = client.look
    offers = look.offers("choose")
    if not offers:
        client.tell(words.NO_CHOICES)
        return
    taken = (look.data.get("setup") or {}).get("choices") or {}
    rows = [
        (
            str(each["choice"]),
            f"{each['label']}: {look.option(each['choice'], taken[each['choice']])}"
            if each["choice"] in taken
            else str(each["label"]),
        )
        for each in offers
    ]
    which = await pick(client, phrase("Which choice?"), rows, typed)
    offer = next((each for each in offers if each["choice"] == which), None)
    if which is None or offer is None:
        return

    async def about(option: str) -> Content:
        return say(next(str(each.get("text") or "") for each in offer["options"] if each["id"] == option))

    options = [Row(str(each["id"]), say(str(each["label"]))) for each in offer.get("options", ())]
    option = await client.push_screen_wait(
        Choose(str(offer["label"]), options, intro=say(str(offer.get("text", ""))), about=about)
    )
    if option is not None:
        await choose(client, look, which, option)


async def place(client: PlainClient, typed: str) -> None:
    """Where pieces stand before turn 1."""
    look = client.look
    offers = look.offers("place")
    if not offers:
        client.tell(words.NO_PLACES)
        return
    which = await pick(client, phrase("What?"), [(str(each["placement"]), str(each["label"])) for each in offers], typed)
    offer = next((each for each in offers if str(each["placement"]) == which), None)
    if offer is None:
        return
    areas: list[str] = []
    while len(areas) < to_place(offer):
        rows = [Row(str(area), say(look.name(area))) for area in offer.get("areas", ()) if str(area) not in areas]
        title = phrase(words.PLACE_ASK, label=offer["label"], done=len(areas) + 1, count=to_place(offer))
        area = await client.push_screen_wait(Choose(title, rows))
        if area is None:
            return
        areas.append(area)
    names = ", ".join(look.name(area) for area in areas)
    client.say(names)
    if await sure(client, phrase("place them there")):
        await client.send({"do": "place", "placement": which, "areas": areas}, look.seen, phrase(words.PLACED, areas=names))


# -- agreements -------------------------------------------------------------------------------------------------------


async def deals(client: PlainClient, typed: str) -> None:
    """Agreements on the table, in force, possible."""
    look = client.look
    table, force = look.data.get("proposals") or {}, look.data.get("agreements") or {}
    for heading, entries in ((phrase("On the table"), table), (phrase("In force"), force)):
        if entries:
            client.numbered([deal_line(look, str(each), state) for each, state in entries.items()], heading)
    possible = [each for each in look.offers("propose") if each["agreement"] not in table]
    if possible:
        client.numbered([deal_offer(look, each) for each in possible], phrase("To propose"))
    givable = dict.fromkeys(seat for offer in look.offers("transfer") for seat in offer.get("to") or ())
    if givable:
        client.say(
            phrase(
                "You can give {purse_words} to {names}.",
                purse_words=look.purse_words(look.you),
                names=", ".join(look.title(seat) for seat in givable),
            )
        )
    if not (table or force or possible or givable):
        client.tell(words.NOTHING_HERE)


def deal_line(look: Look, which: str, state: Body) -> str:
    """An agreement on the table or in force."""
    signed = state.get("signed") or ()
    by = phrase(", by {title}", title=look.title(state["by"])) if state.get("by") else ""
    names = phrase("; signed by {names}", names=", ".join(look.short(seat) for seat in signed)) if signed else ""
    side = phrase(". Side terms: {side_terms}", side_terms=state["side_terms"]) if state.get("side_terms") else ""
    return f"{look.name(which)}{by}{names}{side}"


def deal_offer(look: Look, offer: Body) -> str:
    """An agreement that can be proposed, or why not."""
    why = "" if offer.get("ok", True) else f"; {phrase(words.NOT_NOW, why=offer.get('why') or '')}"
    return f"{offer.get('label') or look.name(offer['agreement'])}{why}"


async def _deal(client: PlainClient, do: str, title: str, typed: str) -> None:
    look = client.look
    offers = look.offers(do)
    if not offers:
        client.tell(words.NO_AGREEMENT)
        return
    which = await pick(client, title, [(str(each["agreement"]), deal_offer(look, each)) for each in offers], typed)
    if which is None:
        return
    told = await preview(client, agreement=which)
    if do == "propose":
        await propose(client, look, which, told)
    else:
        await simple(client, look, do, which, told)


async def make_proposal(client: PlainClient, typed: str) -> None:
    """Proposes an agreement."""
    await _deal(client, "propose", phrase("Propose which agreement?"), typed)


async def sign(client: PlainClient, typed: str) -> None:
    """Signs one."""
    await _deal(client, "sign", phrase("Sign which?"), typed)


async def decline(client: PlainClient, typed: str) -> None:
    """Declines one."""
    await _deal(client, "decline", phrase("Decline which?"), typed)


async def leave(client: PlainClient, typed: str) -> None:
    """Leaves one."""
    await _deal(client, "leave", phrase("Leave which?"), typed)


async def terms(client: PlainClient, typed: str) -> None:
    """The terms of one."""
    rows = [(str(each["id"]), str(each["label"])) for each in client.look.catalog.get("agreements", ())]
    which = await pick(client, phrase("The terms of which agreement?"), rows, typed)
    if which is not None:
        await hear_terms(client, which)


async def give_means(client: PlainClient, typed: str) -> None:
    """Gives from the own means."""
    look = client.look
    seats = dict.fromkeys(str(seat) for offer in look.offers("transfer") for seat in offer.get("to") or ())
    if not seats:
        client.say(str((look.offer("transfer") or {}).get("why") or phrase(words.NOTHING_HERE)))
        return
    most = {seat: max(most_given(offer, seat) for offer in look.offers("transfer")) for seat in seats}
    seat = await pick(
        client,
        phrase("Give to whom?"),
        [(seat, phrase("{title}, up to {most}", title=look.title(seat), most=most[seat])) for seat in seats],
        typed,
    )
    if seat is not None:
        await give(client, look, seat)


VERBS = (
    Verb(
        "answer",
        later("Answer a card: asks for option, reasons and likelihood, tells what it does, and asks for your yes."),
        answer,
        "[CARD [OPTION]]",
        PLAYER,
    ),
    Verb("original", later("A card in its own words, though you are spared them."), original, "[CARD]", PLAYER),
    Verb("orders", later("Your draft of orders, and everything you can order with its price."), orders, "", PLAYER),
    Verb(
        "order",
        later("Add an order to your draft: asks for a target and reasons, tells price and odds, and asks for your yes."),
        order,
        "[NUMBER or NAME]",
        PLAYER,
    ),
    Verb("odds", later("What an order would do, against each target."), odds, "[NUMBER or NAME]", PLAYER),
    Verb("drop", later("Take an order out of your draft."), drop, "[NUMBER]", PLAYER),
    Verb("floor", later("The motion on the floor, and your say on it."), floor, "", PLAYER),
    Verb("done", later("Be done with this phase: tells what counts, and asks for your yes."), done, "", PLAYER, ("seal",)),
    Verb("reopen", later("Open your drafts again after done."), reopen, "", PLAYER),
    Verb("choose", later("Make a secret choice before turn 1."), secret, "[NUMBER]", PLAYER),
    Verb("place", later("Place pieces before turn 1."), place, "", PLAYER),
    Verb("deals", later("Agreements on the table, in force, and to propose; to whom you can give."), deals, "", PLAYER),
    Verb("terms", later("The terms of an agreement, what it costs and does."), terms, "[NUMBER or NAME]", PLAYER),
    Verb("propose", later("Propose an agreement."), make_proposal, "[NUMBER or NAME]", PLAYER),
    Verb("sign", later("Sign a proposed agreement."), sign, "[NUMBER or NAME]", PLAYER),
    Verb("decline", later("Decline a proposed agreement."), decline, "[NUMBER or NAME]", PLAYER),
    Verb("leave", later("Leave an agreement. To leave the table, type quit."), leave, "[NUMBER or NAME]", PLAYER),
    Verb("give", later("Give from your means to another seat."), give_means, "[SEAT]", PLAYER),
)
