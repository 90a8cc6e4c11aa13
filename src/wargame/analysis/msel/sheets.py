"""Sheets as files: CSV in whatever encoding a spreadsheet wrote it, and XLSX, into a plain grid of texts and back."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from wargame.analysis.export.cells import csv_text, guarded, plain
from wargame.wire.plain import clean

Grid: TypeAlias = list[list[str]]

MOST_BYTES = 20_000_000  # of a file, and of what an XLSX file unpacks to
MOST_ROWS = 5_000
MOST_COLUMNS = 200
MOST_TEXT = 32_000  # characters of a cell; spreadsheets hold no more
BOM = "\ufeff"


class SheetError(ValueError):
    """A file that is no sheet. The argument is a sentence without the file's name."""


def decoded(data: bytes) -> str:
    """The text of a file by whatever it is encoded in: UTF-8 or UTF-16 with or without a mark, else Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    head = data[:400]
    if head.count(0) * 3 > len(head):  # every other byte of Latin text in UTF-16
        return data.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_grids(data: bytes) -> list[Grid]:
    """The sheets of a CSV or XLSX file, cells as texts: dates as `2026-03-01 09:30`, merged cells filled in all over.

    Raises SheetError.
    """
    if not data.strip():
        raise SheetError("It is empty.")
    if len(data) > MOST_BYTES:
        raise SheetError(f"It has {len(data) // 1_000_000} MB; the most is {MOST_BYTES // 1_000_000}.")
    if data.startswith(b"PK"):
        return _workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError("It is an old Excel file (.xls). Save it as .xlsx or CSV first.")
    return [_csv(decoded(data))]


def _csv(text: str) -> Grid:
    if "\0" in text:
        raise SheetError("It is neither CSV nor XLSX.")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    grid: Grid = []
    usual = csv.field_size_limit(MOST_BYTES)  # of the whole process, so it is put back
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            _within(len(grid) + 1, len(row))
            grid.append([_cell(plain(cell)) for cell in row])
    except csv.Error as error:
        raise SheetError(f"It cannot be read as CSV ({error}).") from None
    finally:
        csv.field_size_limit(usual)
    return grid


def _within(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise SheetError(f"It is larger than {MOST_ROWS:,} rows by {MOST_COLUMNS} columns.")


def _cell(text: str) -> str:
    return clean(text.replace(BOM, "")[:MOST_TEXT], newlines=True).strip()


def _workbook(data: bytes) -> list[Grid]:
    from openpyxl import load_workbook  # a fifth of a second, for XLSX only

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_BYTES:
                raise SheetError(f"It unpacks to more than {MOST_BYTES // 1_000_000} MB.")
            for entry in packed.infolist():
                if entry.filename.startswith("xl/worksheets/"):
                    _merges_within(packed.read(entry))
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        return [_sheet(sheet) for sheet in book.worksheets]
    except SheetError:
        raise
    except Exception as error:  # the library raises whatever its parsers do; to people they are all the same
        raise SheetError("It cannot be read as an Excel file (.xlsx). Save it again, or as CSV.") from error


_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*["\']([A-Za-z]+)([0-9]+):([A-Za-z]+)([0-9]+)')


def _merges_within(sheet: bytes) -> None:
    """Raises SheetError for merged cells larger than any sheet that is read: the library would make every one of them."""
    from openpyxl.utils import column_index_from_string

    spread = 0
    for left, top, right, bottom in _MERGED.findall(sheet):
        columns = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
        spread += columns * (int(bottom) - int(top) + 1)
    if spread > MOST_ROWS * MOST_COLUMNS:
        raise SheetError(f"Its merged cells are larger than {MOST_ROWS:,} rows by {MOST_COLUMNS} columns.")


def _sheet(sheet: Any) -> Grid:
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        # Formats alone make a sheet large: what counts is where something stands.
        # Only the cells that the file holds: going through rows would make every cell up to the last one.
        filled = [cell for cell in sheet._cells.values() if cell.value is not None]
        _within(max((cell.row for cell in filled), default=0), max((cell.column for cell in filled), default=0))
    rows, columns = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    grid = [[_shown(sheet.cell(row, column).value) for column in range(1, columns + 1)] for row in range(1, rows + 1)]
    for merged in sheet.merged_cells.ranges:
        value = grid[merged.min_row - 1][merged.min_col - 1] if merged.min_row <= rows and merged.min_col <= columns else ""
        for row in range(merged.min_row, min(merged.max_row, rows) + 1):
            for column in range(merged.min_col, min(merged.max_col, columns) + 1):
                grid[row - 1][column - 1] = value
    while grid and not any(grid[-1]):
        grid.pop()
    return grid


def _shown(value: object) -> str:
    """A cell's value as a text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if (value.hour, value.minute, value.second) == (0, 0, 0) else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _cell(plain(str(value)))


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The sheet as CSV in UTF-8, with the mark that spreadsheets want to know it by."""
    return (BOM + csv_text(head, rows)).encode()


def as_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> bytes:
    """The sheet as an Excel workbook: the heading stays in view, texts wrap, no cell is a formula. The same rows make the
    same bytes but for the time that the format keeps."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "".join(sign for sign in clean(title) if sign not in r"[]:*?/\\'")[:31] or "MSEL"
    for number, row in enumerate([head, *rows], 1):
        for place, words in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value = guarded(words)[:MOST_TEXT]
            cell.data_type = "s"  # a text, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.cell(1, place).font = Font(bold=True)
        sheet.cell(1, place).fill = PatternFill("solid", start_color="DDE6EE")
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
