"""An order or answer that a seat gives by the facilitator's hand: from the seat's own offers, by the seat's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.form import whole
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import owner, plain, say
from wargame.client.tui.panes.console.base import reason
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

Made = dict[str, Any]
PLAIN = {"seal": later("Be done with this phase"), "reopen": later("Open its drafts again")}


async def behalf(client: Host, look: Look, seat: str = "") -> None:
    """Asks for which seat, what, and why; then does it."""
    if not seat:
        rows = [Row(str(each["id"]), owner(look, each["id"])) for each in look.seats]
        picked = await client.push_screen_wait(Choose(phrase("For which seat?"), rows))
        seat = picked or ""
    if not seat:
        return
    answer = await client.ask({"what": "view_as", "seat": seat})
    if "error" in answer:
        client.push_screen(Notice(phrase("Not done"), say(plain(answer["error"]))))
        return
    view, offers = answer.get("view") or {}, [each for each in answer.get("offers") or () if label(look, each)]
    if not offers:
        client.notify(phrase("{title} has nothing to do now.", title=look.title(seat)), markup=False, timeout=4)
        return
    rows = [Row(str(number), say(label(look, each))) for number, each in enumerate(offers)]
    off = {str(number): str(each.get("why") or "") for number, each in enumerate(offers) if not each.get("ok", True)}
    which = await client.push_screen_wait(
        Choose(phrase("What does {title} do?", title=look.title(seat)), rows, barred=off, search=True)
    )
    if which is None:
        return
    offer = offers[int(which)]
    body = await _body(client, look, offer, view)
    if body is None:
        return
    words = say(owner(look, seat), ": ", (label(look, offer), "bold"), detail(look, body))
    words = words + say(
        phrase("\nIt counts as the seat's own and is told as done by you. Why? (For example: handed in on paper.)")
    )
    why = await reason(client, phrase("Act for {title}", title=look.title(seat)), words, phrase("do it"), f"act.{seat}")
    if why is not None and await client.send(
        {"do": "act", "seat": seat, "body": body, "reason": why}, look.seen, phrase("Done.")
    ):
        client.sent(f"act.{seat}")


def label(look: Look, offer: Body) -> str:
    """What an offer is called; empty for one that is not done on behalf of others."""
    match offer.get("do"):
        case "respond":
            return phrase("Answer “{title}”", title=offer.get("title"))
        case "order":
            return phrase("Order: {label}", label=offer.get("label"))
        case "choose":
            return phrase("Choose: {label}", label=offer.get("label"))
        case "place":
            return phrase("Place: {label}", label=offer.get("label"))
        case "propose" | "sign" | "decline" | "leave" as do:
            return f"{do.capitalize()}: {offer.get('label') or look.name(offer.get('agreement'))}"
        case "floor":
            return phrase("Vote on {name}", name=look.name(offer.get("motion")))
        case "transfer":
            return phrase("Give from its means")
        case do:
            return phrase(PLAIN.get(str(do), ""))


def detail(look: Look, body: Mapping[str, Any]) -> str:
    """What was picked beside the offer itself."""
    if "option" in body:
        return f": {str(body['option']).replace('_', ' ')}"
    targets = body.get("targets") or (body["orders"][-1]["targets"] if body.get("orders") else body.get("areas")) or ()
    return f" ({', '.join(look.name(each) for each in targets)})" if targets else ""


async def _body(client: Host, look: Look, offer: Body, view: Body) -> Made | None:
    do = str(offer["do"])
    match do:
        case "respond":
            option = await _option(client, offer, view)
            return (
                None if option is None else {"do": do, "card": offer["card"], "option": option, "rationale": "", "belief": None}
            )
        case "choose":
            rows = [Row(str(each["id"]), say(str(each["label"]))) for each in offer.get("options") or ()]
            option = await client.push_screen_wait(Choose(str(offer.get("label")), rows))
            return None if option is None else {"do": do, "choice": offer["choice"], "option": option}
        case "order":
            return await _order(client, look, offer, view)
        case "place":
            return await _place(client, look, offer)
        case "propose":
            return {"do": do, "agreement": offer["agreement"], "side_terms": ""}
        case "sign" | "decline" | "leave":
            return {"do": do, "agreement": offer["agreement"]}
        case "floor":
            rows = [Row("aye", say(phrase("Aye"))), Row("nay", say(phrase("Nay")))]
            position = (
                await client.push_screen_wait(Choose(phrase("How does it vote?"), rows)) if offer.get("position") else None
            )
            if offer.get("position") and position is None:
                return None
            draft = view.get("floor") or {}
            return {"do": do, "lobby": int(draft.get("lobby") or 0), "position": position, "veto": bool(draft.get("veto"))}
        case "transfer":
            return await _transfer(client, look, offer)
        case _:
            return {"do": do}


async def _option(client: Host, offer: Body, view: Body) -> str | None:
    labels = {
        str(each["id"]): str(each["label"])
        for each in ((view.get("cards") or {}).get(str(offer["card"])) or {}).get("options") or ()
    }
    options = list(offer.get("options") or ())
    rows = [Row(str(each["id"]), say(labels.get(str(each["id"]), str(each["id"])))) for each in options]
    off = {str(each["id"]): str(each.get("why") or "") for each in options if not each.get("ok", True)}
    option: str | None = await client.push_screen_wait(Choose(str(offer.get("title")), rows, barred=off))
    return option


async def _order(client: Host, look: Look, offer: Body, view: Body) -> Made | None:
    targets: list[str] = []
    if offer.get("targets"):
        rows = [
            Row(str(number), say(", ".join(look.name(each) for each in choice)))
            for number, choice in enumerate(offer.get("choices") or ())
        ]
        picked = await client.push_screen_wait(Choose(str(offer.get("label")), rows, search=True))
        if picked is None:
            return None
        targets = [str(each) for each in offer["choices"][int(picked)]]
    order = {"action": offer["action"], "targets": targets, "rationale": ""}
    if look.phase.get("kind") == "turns":
        return {"do": "order", **order}
    drafted = [{key: each.get(key) for key in ("action", "targets", "rationale")} for each in view.get("orders") or ()]
    return {"do": "orders", "orders": [*drafted, order]}


async def _place(client: Host, look: Look, offer: Body) -> Made | None:
    areas: list[str] = []
    while len(areas) < int(offer["count"]):
        rows = [Row(str(area), say(look.name(area))) for area in offer.get("areas") or () if area not in areas]
        if not rows:
            break
        area = await client.push_screen_wait(
            Choose(
                phrase("{label}: {count} of {count2}", label=offer.get("label"), count=len(areas) + 1, count2=offer["count"]),
                rows,
            )
        )
        if area is None:
            return None
        areas.append(area)
    return {"do": "place", "placement": offer["placement"], "areas": areas}


async def _transfer(client: Host, look: Look, offer: Body) -> Made | None:
    rows = [Row(str(seat), owner(look, seat)) for seat in offer.get("to") or ()]
    to = await client.push_screen_wait(Choose(phrase("To whom?"), rows))
    if to is None:
        return None
    most = int((offer.get("limits") or {}).get(to) or offer.get("limit") or 0)
    amount = await client.push_screen_wait(
        Write(phrase("How much?"), say(phrase("At most {most}.", most=most)), wrong=whole(1, most), most=6)
    )
    return None if amount is None else {"do": "transfer", "to": to, "amount": int(amount)}
