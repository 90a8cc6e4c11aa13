"""A sheet that is small as a file and huge as a table ends in a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from wargame.analysis.msel.sheets import SheetError, read_grids


def _workbook_with(cells: str, merges: str = "") -> bytes:
    """A workbook of one sheet whose XML holds these cells and merges."""
    book = Workbook()
    book.active.append(["id", "title"])
    made = io.BytesIO()
    book.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(out, "w") as other:
        for entry in packed.infolist():
            data = packed.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                data = data.replace(b"</sheetData>", cells.encode() + b"</sheetData>" + merges.encode())
            other.writestr(entry, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "bomb",
    [
        _workbook_with('<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'),
        _workbook_with("", '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ],
)
def test_a_small_file_that_spreads_over_a_huge_sheet_is_refused(bomb: bytes) -> None:
    """A cell in the last corner and a merge over everything end in a sentence, without making the cells between."""
    with pytest.raises(SheetError, match="larger than"):
        read_grids(bomb)
