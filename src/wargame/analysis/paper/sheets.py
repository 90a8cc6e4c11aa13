"""Which sheets a scenario has on paper, made one by one and written as HTML or PDF."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from attrs import frozen

from wargame.analysis.html import Html, el, join, p, table
from wargame.analysis.paper.book import Book
from wargame.analysis.paper.booklet import booklet
from wargame.analysis.paper.cards import agendas, cards
from wargame.analysis.paper.layout import page
from wargame.analysis.paper.seats import packet
from wargame.analysis.paper.white_cell import white_cell
from wargame.rules.program import Program

KINDS = ("rules", "seats", "agendas", "cards", "white-cell")
INDEX = "index.html"


class NoPdfError(RuntimeError):
    """WeasyPrint, or a library of the system that it needs, is not there. The argument is a sentence for people."""


@frozen
class Sheet:
    """One document: `name` is its file without ending, `note` says to whom it goes and how often it is printed."""

    kind: str
    name: str
    title: str
    note: str
    html: str


def sheets(program: Program, paper: str = "a4", kinds: Sequence[str] = KINDS, language: str = "en") -> Iterator[Sheet]:
    """The documents of some kinds, in the order of `KINDS`; those with nothing in them are left out."""
    title = str(program.scenario.title)

    def made(kind: str, name: str, what: str, note: str, body: Html) -> Sheet:
        return Sheet(
            kind, name, what, note, page(f"{title}: {what}", body, paper=paper, language=language, foot=f"{title}: {what}")
        )

    if "rules" in kinds:
        yield made("rules", "rules", "rules", "One for every table. Public.", booklet(Book(program)))
    if "seats" in kinds:
        for seat, name in enumerate(program.seats):
            book = Book(program)
            note = "One for its players. Secret from the other seats."
            yield made("seats", f"seat-{name}", book.seat(seat), note, packet(book, seat))
    if "agendas" in kinds and program.agendas:
        yield made("agendas", "agendas", "agenda cards", "Once, to cut out. Secret.", agendas(Book(program)))
    if "cards" in kinds and program.cards:
        yield made("cards", "cards", "inject cards", "Once, to cut out. For the facilitators.", cards(Book(program)))
    if "white-cell" in kinds:
        note = "One for each facilitator. Secret."
        yield made("white-cell", "white-cell", "white cell", note, white_cell(Book(program, white_cell=True)))


def contents(program: Program, made: Sequence[Sheet], paper: str, language: str, *, pdf: bool) -> str:
    """The page that lists the sheets, with links to the files beside it."""
    rows = [
        (
            el("a", el("strong", sheet.title), href=f"{sheet.name}.html"),
            el("a", "PDF", href=f"{sheet.name}.pdf") if pdf else "",
            sheet.note,
        )
        for sheet in made
    ]
    title = str(program.scenario.title)
    body = join(
        el("h1", title),
        p("Everything to play on paper. Open a sheet and print it, or print its PDF."),
        table(("Sheet", "", "Print"), rows, "plain"),
    )
    return page(title, body, paper=paper, language=language, foot=title)


def write_pdfs(made: Sequence[Sheet], folder: Path) -> Iterator[int]:
    """Writes the PDF of every sheet into a folder, on all cores; gives the pages of each as it is done, in any order.

    Raises `NoPdfError`, and `OSError` where nothing can be written.
    """
    workers = min(len(made), os.cpu_count() or 1)
    if workers <= 1:
        for sheet in made:
            yield write_pdf(sheet.html, folder / f"{sheet.name}.pdf")
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        # The longest first, so that no core is left with it at the end.
        longest = sorted(made, key=lambda sheet: -len(sheet.html))
        for done in as_completed([pool.submit(write_pdf, sheet.html, folder / f"{sheet.name}.pdf") for sheet in longest]):
            yield done.result()


def write_pdf(html: str, path: Path) -> int:
    """Writes a page as PDF and gives its number of sheets. Nothing is fetched. Raises `NoPdfError`."""
    try:
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError) as error:  # OSError: Pango is missing
        raise NoPdfError(
            "PDF needs WeasyPrint and its system library Pango. Install them with `pip install 'wargame[pdf]'` and the "
            "package of Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0), or open the HTML and print it from a browser."
        ) from error
    document = HTML(string=html, url_fetcher=_refuse).render(font_config=FontConfiguration())
    document.write_pdf(str(path))
    return len(document.pages)


def _refuse(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError(f"a sheet fetches nothing, not {url}")
