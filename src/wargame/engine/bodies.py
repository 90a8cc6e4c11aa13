"""What a player's command says: as the plain body that `wargame.engine.parse` reads, what it is about, and in words.

`plain` is the inverse of `parse` for every command that binds a seat; `BINDING` names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wargame.engine import commands as c
from wargame.engine.knowledge import area_label, filled, member_label, owner_label
from wargame.engine.legality import addressee_of, card_of
from wargame.engine.offers import action_label
from wargame.engine.state import Order, State
from wargame.engine.view import floor_of, order_of, title_of
from wargame.rules.program import Program
from wargame.words import later

Plain = dict[str, Any]


def plain(program: Program, body: Any) -> Plain:
    """The body as a client sends it. Raises KeyError for one that binds nobody."""
    return BINDING[type(body)](program, body)


BINDING: Mapping[type[Any], Callable[[Program, Any], Plain]] = {
    c.Choose: lambda program, body: {
        "do": "choose",
        "choice": program.choices[body.choice].id,
        "option": program.choices[body.choice].options[body.option],
    },
    c.Place: lambda program, body: {
        "do": "place",
        "placement": program.placements[body.placement].id,
        "areas": [program.areas[area] for area in body.areas],
    },
    c.Respond: lambda program, body: {
        "do": "respond",
        "card": str(body.number),
        "option": body.option,
        "rationale": body.rationale,
        "belief": body.belief,
    },
    c.GiveOrders: lambda program, body: {"do": "orders", "orders": [order_of(program, order) for order in body.orders]},
    c.GiveOrder: lambda program, body: {"do": "order", **order_of(program, body.order)},
    c.Propose: lambda program, body: {**_agreement(program, "propose", body), "side_terms": body.side_terms},
    c.Sign: lambda program, body: _agreement(program, "sign", body),
    c.Decline: lambda program, body: _agreement(program, "decline", body),
    c.Leave: lambda program, body: _agreement(program, "leave", body),
    c.Transfer: lambda program, body: {"do": "transfer", "to": program.seats[body.to], "amount": body.amount},
    c.TakeFloor: lambda program, body: {"do": "floor", **floor_of(body.draft)},
    c.Seal: lambda program, body: {"do": "seal"},
    c.Reopen: lambda program, body: {"do": "reopen"},
}


def _agreement(program: Program, do: str, body: Any) -> Plain:
    return {"do": do, "agreement": program.agreements[body.agreement].id}


def about(body: Plain) -> str:
    """What a body is about: two bodies about the same exclude each other."""
    match body["do"]:
        case "choose":
            return f"choice {body['choice']}"
        case "place":
            return f"placement {body['placement']}"
        case "respond":
            return f"card {body['card']}"
        case "propose" | "sign" | "decline" | "leave":
            return f"agreement {body['agreement']}"
        case "transfer":
            return f"transfer {body['to']}"
        case "seal" | "reopen":
            return "done"
    return str(body["do"])  # orders, order, floor


def gist(body: Plain) -> Plain:
    """The body without reasons and beliefs: what would be done."""
    rest = {key: value for key, value in body.items() if key not in ("rationale", "belief", "side_terms")}
    if "orders" in rest:
        rest["orders"] = [gist(order) for order in rest["orders"]]
    return rest


def reasons(body: Plain) -> bool:
    """Whether the body gives a reason, a belief or side terms of its own."""
    mine = (body.get("rationale"), body.get("side_terms"), *(order["rationale"] for order in body.get("orders", ())))
    return any(mine) or body.get("belief") is not None


SIGNING: Mapping[type, str] = {
    c.Propose: later("Propose {agreement}"),
    c.Sign: later("Sign {agreement}"),
    c.Decline: later("Decline {agreement}"),
    c.Leave: later("Leave {agreement}"),
}


def words(program: Program, state: State, seat: int, body: Any) -> str:
    """What the command would do, as a plain sentence, with the labels that the seat knows."""
    match body:
        case c.Choose():
            choice = program.choices[body.choice]
            return program.phrase(
                "Choose {choice}: {option}",
                choice=choice.model.label,
                option=choice.model.options[choice.options[body.option]].label,
            )
        case c.Place():
            label = program.scenario.pieces[program.placements[body.placement].piece].label
            return program.phrase(
                "Place {piece}: {areas}",
                piece=label,
                areas=", ".join(area_label(program, area) for area in body.areas) or program.phrase("nowhere"),
            )
        case c.Respond():
            return _answer(program, state, seat, body)
        case c.GiveOrders():
            given = "; ".join(_order(program, seat, order) for order in body.orders)
            return program.phrase("Order {orders}", orders=given) if given else program.phrase("Give no orders")
        case c.GiveOrder():
            return program.phrase("Order {orders}", orders=_order(program, seat, body.order))
        case c.Propose() | c.Sign() | c.Decline() | c.Leave():
            return program.phrase(SIGNING[type(body)], agreement=program.agreements[body.agreement].model.label)
        case c.Transfer():
            return program.phrase("Give {amount} to {seat}", amount=body.amount, seat=owner_label(program, body.to))
        case c.TakeFloor():
            return _floor(program, state, body)
        case c.Seal():
            return program.phrase("Be done with this phase")
        case c.Reopen():
            return program.phrase("Not be done after all")
    raise KeyError(type(body).__name__)


def _answer(program: Program, state: State, seat: int, body: c.Respond) -> str:
    card = card_of(state, body.number)
    addressee = addressee_of(program, card, seat) if card is not None else None
    if card is None or addressee is None:
        return program.phrase("Answer card {number}", number=body.number)
    label = next((str(option.model.label) for option in addressee.options if option.id == body.option), body.option)
    variables = program.cards[card.card].variables
    return program.phrase(
        "Answer '{card}': {answer}", card=title_of(program, card), answer=filled(program, label, variables, card.bindings)
    )


def _order(program: Program, seat: int, order: Order) -> str:
    action = program.actions[order.action]
    targets = ", ".join(
        member_label(program, variable, member) for variable, member in zip(action.variables, order.targets, strict=True)
    )
    label = action_label(program, action, seat)
    return f"{label} ({targets})" if targets else label


def _floor(program: Program, state: State, body: c.TakeFloor) -> str:
    draft = body.draft
    parts = [] if draft.position is None else [program.phrase("vote aye") if draft.position else program.phrase("vote nay")]
    if draft.lobby:
        lobbying = later("spend {points} for it") if draft.lobby > 0 else later("spend {points} against it")
        parts.append(program.phrase(lobbying, points=abs(draft.lobby)))
    if not draft.veto:
        parts.append(program.phrase("waive the veto"))
    label = program.motions[state.motion[0]].model.label if state.motion is not None else program.phrase("The floor")
    return f"{label}: {', '.join(parts) or program.phrase('stay out of it')}"
