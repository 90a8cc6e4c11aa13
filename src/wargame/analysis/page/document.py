"""A page as one HTML file: opened from disk it fetches nothing, and all of it can be read without its script.

The script (page.js) only sorts and searches tables; a part may bring a script and styles of its own. What a browser may do
with the page is said in the page itself: no request, no script but these, each by its hash.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from attrs import frozen

from wargame.analysis.html import NOTHING, Html, Node, el, join


@frozen
class Part:
    """A part of a page, with what its address ends in. `script` and `style`: its own, in the page once however many parts
    bring the same; a script stands at the end of the page and is code of ours, never text of people."""

    id: str
    title: str
    body: Html
    script: str = ""
    style: str = ""


def document(title: str, head: Node, parts: list[Part], foot: Node) -> str:
    """The whole file. Parts without a body are left out."""
    folder = files("wargame.analysis.page")
    styles, script = ((folder / name).read_text("utf-8") for name in ("page.css", "page.js"))
    shown = [part for part in parts if part.body]
    scripts = list(dict.fromkeys([script, *(part.script for part in shown if part.script)]))
    styles += "".join(dict.fromkeys(part.style for part in shown))
    digests = " ".join(f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in scripts)
    links = el("ol", *(el("li", el("a", part.title, href=f"#{part.id}")) for part in shown))
    return (
        "<!DOCTYPE html>\n"
        + el(
            "html",
            el(
                "head",
                el("meta", charset="utf-8"),
                el(
                    "meta",
                    http_equiv="Content-Security-Policy",
                    content=f"default-src 'none'; style-src 'unsafe-inline'; script-src {digests}; "
                    "base-uri 'none'; form-action 'none'",
                ),
                el("meta", name="viewport", content="width=device-width, initial-scale=1"),
                el("meta", name="color-scheme", content="light dark"),
                el("title", title),
                el("style", Html(styles)),
            ),
            el(
                "body",
                el("header", head, el("nav", links, aria_label="Parts of this page")),
                el("main", *(el("section", el("h2", part.title), part.body, id=part.id) for part in shown)),
                el("footer", foot),
                *(el("script", Html(each)) for each in scripts),
            ),
            lang="en",
        ).text
        + "\n"
    )


def figure(caption: Node, chart: Html, table: Html = NOTHING, note: Node = None) -> Html:
    """A chart with its caption above and its figures folded below."""
    return el("figure", el("figcaption", caption), chart, note, folded("Figures", table))


def folded(summary: Node, body: Html) -> Html:
    """What opens at a click; nothing where there is nothing."""
    return el("details", el("summary", summary), body) if body else NOTHING


def figures(items: list[Html], class_: str = "figures") -> Html:
    """Figures side by side, as many as there is room for; nothing where there are none."""
    return el("div", join(items), class_=class_) if items else NOTHING
