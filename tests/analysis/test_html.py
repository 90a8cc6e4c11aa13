"""Text is data on every page: it is escaped wherever it stands, and Markdown brings neither HTML nor addresses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.paper import Page
from wargame.analysis.html import el, join, markdown, p, section, table
from wargame.analysis.paper.layout import halves, page


@given(st.text())
def test_no_text_becomes_markup(text: str) -> None:
    """Whatever is written, a page has the same elements."""
    body = join(el("h1", text, class_=text), p("a", text), table((text,), [(text,)]), halves([text, "b"]))
    plain = join(el("h1", "x", class_="x"), p("a", "x"), table(("x",), [("x",)]), halves(["x", "b"]))

    def shape(body_: object) -> list[str]:
        return [tag for tag, _ in Page(page(text, body_, paper="a4", language="en", foot=text)).elements]  # type: ignore[arg-type]

    assert shape(body) == shape(plain)


def test_controls_are_dropped_and_signs_kept() -> None:
    """Control and direction characters go; accents and joined signs stay."""
    assert el("p", "a\x00\x1b[31m\u202eb\u2066é 👩\u200d🚀").text == "<p>a[31mbé 👩\u200d🚀</p>"


def test_markdown() -> None:
    """Headings go below the page's own; HTML is shown as text; links and pictures are their words."""
    html = markdown("# One\n\nA **b** <script>x</script> [c](https://example.org/) ![d](https://example.org/d.png)\n\n- e").text
    assert "<h2>One</h2>" in html
    assert "<strong>b</strong>" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "href" not in html
    assert "src" not in html
    assert "<li>e</li>" in html


def test_empty_parts_are_left_out() -> None:
    """A section, table or paragraph with nothing in it is nothing."""
    assert not section("Title", None, p(), table(("a",), []), halves([]))


def test_a_page_carries_its_paper() -> None:
    """The size of the sheet and the line at its foot are in the page."""
    assert "size: letter" in page("t", "b", paper="letter", language="en")
    assert r'content: "a \"q\" \\ \3c /style>"' in page("t", "b", paper="a4", language="en", foot='a "q" \\ </style>')
