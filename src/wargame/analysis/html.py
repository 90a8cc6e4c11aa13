"""HTML built from data: whatever is not `Html` already is escaped, so text can never become markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from attrs import frozen
from markdown_it import MarkdownIt

VOID = frozenset(("br", "hr", "meta", "col"))
KEPT = "\n\t\u200d"  # controls that text may hold: the joiner is part of some emoji


@frozen
class Html:
    """Finished markup."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


Node: TypeAlias = "Html | str | int | float | Iterable[Node] | None"
NOTHING = Html("")


def clean(text: str) -> str:
    """Text without control and direction characters."""
    return "".join(sign for sign in text if sign in KEPT or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co"))


def join(*nodes: Node) -> Html:
    """Nodes one after the other; None is nothing."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, Html):
            parts.append(node.text)
        elif isinstance(node, (str, int, float)):
            parts.append(escape(clean(str(node))))
        elif node is not None:
            parts.append(join(*node).text)
    return Html("".join(parts))


def el(tag: str, *children: Node, **attributes: str | int | float | None) -> Html:
    """An element. `class_` and `for_` lose their underscore, other underscores become hyphens; None leaves one out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(clean(str(value)))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{join(*children).text}</{tag}>")


def div(class_: str, *children: Node) -> Html:
    """A block of a class."""
    return el("div", *children, class_=class_)


def span(class_: str, *children: Node) -> Html:
    """A run of text of a class."""
    return el("span", *children, class_=class_)


def p(*children: Node, class_: str | None = None) -> Html:
    """A paragraph; nothing where it would be empty."""
    inner = join(*children)
    return el("p", inner, class_=class_) if inner else NOTHING


def bullets(items: Iterable[Node], class_: str | None = None) -> Html:
    """A list; nothing where it would be empty."""
    inner = join(el("li", item) for item in items)
    return el("ul", inner, class_=class_) if inner else NOTHING


def table(head: Iterable[Node], rows: Iterable[Iterable[Node]], class_: str | None = None) -> Html:
    """A table with a heading row (none where `head` is empty); nothing where it has no rows."""
    body = join(el("tr", *(el("td", cell) for cell in row)) for row in rows)
    if not body:
        return NOTHING
    cells = join(el("th", cell, scope="col") for cell in head)
    return el("table", el("thead", el("tr", cells)) if cells else None, el("tbody", body), class_=class_)


def section(title: str, *children: Node, level: int = 2, class_: str | None = None) -> Html:
    """A part with its heading; nothing where it would be empty."""
    inner = join(*children)
    return el("section", el(f"h{level}", title), inner, class_=class_) if inner else NOTHING


def markdown(text: str, *, below: int = 2) -> Html:
    """Markdown of a designer, HTML in it shown as text, links and pictures as their words; headings start at level `below`."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink"])
    tokens = parser.parse(clean(text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) - 1 + below)}"
    return Html(parser.renderer.render(tokens, parser.options, {}))
