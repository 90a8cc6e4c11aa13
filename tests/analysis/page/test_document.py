"""A page is one file that names its parts, fetches nothing, and lets a browser run its own script and no other."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from tests.support.paper import Page
from wargame.analysis.html import NOTHING, Html, el, p
from wargame.analysis.page.document import Part, document, figure, figures, folded


def test_parts_are_linked_and_empty_ones_left_out() -> None:
    page = Page(document("A title", p("Head"), [Part("one", "First", p("Body")), Part("two", "Second", NOTHING)], p("Foot")))
    assert [attributes["href"] for tag, attributes in page.elements if tag == "a"] == ["#one"]
    assert [attributes["id"] for tag, attributes in page.elements if tag == "section"] == ["one"]
    assert "A title" in page.text


def test_the_script_is_the_one_the_page_allows() -> None:
    html = document("T", None, [], None)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src &#x27;sha256-{digest}&#x27;" in html
    assert "default-src &#x27;none&#x27;" in html


def test_parts_bring_scripts_and_styles_once_each_by_its_hash() -> None:
    """A part without a body brings none."""
    parts = [
        Part("a", "A", p("x"), script="one()", style=".a {}"),
        Part("b", "B", p("y"), script="one()", style=".a {}"),
        Part("c", "C", NOTHING, script="never()", style=".c {}"),
        Part("d", "D", p("z"), script="two()"),
    ]
    html = document("T", None, parts, None)
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert scripts[1:] == ["one()", "two()"]
    for script in scripts:
        assert f"&#x27;sha256-{b64encode(sha256(script.encode()).digest()).decode()}&#x27;" in html
    assert html.count(".a {}") == 1
    assert "never" not in html
    assert ".c {}" not in html


def test_nothing_points_elsewhere() -> None:
    html = document("T", p("http://example.org is text"), [Part("a", "A", p("x"))], None)
    elements = Page(html).elements
    assert not any(tag in ("link", "img", "iframe", "object") or "src" in attributes for tag, attributes in elements)
    assert "url(" not in html
    assert "@import" not in html


def test_a_title_of_markup_is_text() -> None:
    page = Page(document("</title><script>alert(1)</script>", None, [], None))
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert page.text.startswith("</title><script>alert(1)</script>")


def test_figures_without_figures_have_nothing_to_unfold() -> None:
    assert "details" not in figure("Caption", el("svg")).text
    assert "<summary>Figures</summary>" in figure("Caption", el("svg"), Html("<table></table>")).text
    assert not figures([])
    assert not folded("x", NOTHING)
