"""XLSX with typed cells: a string is never a formula, a long number never loses a digit.

What a reader would get wrong: the sheet is written as text, column by column, because ten million cells one by one
take most of a minute.  The checker writes the same text again and compares, so any change of form here is a new
``MANIFEST_FORMAT``.  Source: ECMA-376 part 1, SpreadsheetML (inline strings, cell types n and b).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from release.nouns.dataset import FieldType
from release.publish.formats.rows import Rows
from release.publish.formats.text import TEXT, glue, joined_bytes, replace_null

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELL = 32_767
EXACT_DIGITS = 15
UNIX_EPOCH = 25_569  # days from Excel's day 0 (1899-12-30) to 1970-01-01
FIRST_DAY = "1900-03-01"  # earlier serials are off by one, because Excel believes in 1900-02-29
EPOCH = (1980, 1, 1, 0, 0, 0)
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": f'{XML}<Types xmlns="{PACK}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/{SHEET}" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'{XML}<Relationships xmlns="{PACK}/relationships">'
    f'<Relationship Id="rId1" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELS}">'
    '<sheets><sheet name="data" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACK}/relationships">'
    f'<Relationship Id="rId1" Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'{XML}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}  # fmt: skip
HEADER_STYLE, TEXT_STYLE, DATE_STYLE, TIME_STYLE = 1, 2, 3, 4

Cells = Callable[[pa.Array, str, pa.Array], pa.Array]


def unfit(rows: Rows) -> str:
    """Why these rows cannot become one sheet without loss, as a sentence; empty when they can."""
    if rows.count + 1 > MAX_ROWS:
        return f"No XLSX: the table has {rows.count:,} rows and a sheet holds {MAX_ROWS - 1:,} under its header."
    if len(rows.columns) > MAX_COLUMNS:
        return f"No XLSX: the table has {len(rows.columns):,} fields and a sheet holds {MAX_COLUMNS:,}."
    for batch in rows.batches():
        for column, values in zip(rows.columns, batch.columns, strict=True):
            longest = pc.max(pc.utf8_length(values)).as_py() or 0
            if longest > MAX_CELL // 2 and longest > _room(values):
                return f"No XLSX: field {column.name} holds a text longer than a cell of a sheet may be."
    return ""


def _room(values: pa.Array) -> int:
    """The longest text of ``values`` may have this many characters: a sheet counts UTF-16 units."""
    return MAX_CELL // 2 if pc.any(pc.match_substring_regex(values, "[^\\x00-\\x{FFFF}]")).as_py() else MAX_CELL


def write_xlsx(rows: Rows, out: Path) -> None:
    """Writes the workbook: the same rows and zlib give the same bytes.  ``unfit(rows)`` must be empty."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in PARTS.items():
            archive.writestr(_member(name), text)
        with archive.open(_member(SHEET), "w", force_zip64=True) as sink:
            for piece in sheet(rows):
                sink.write(piece)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = 1  # type: ignore[attr-defined]  # fastest; there is no public way for one member
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def sheet(rows: Rows) -> Iterator[bytes]:
    """The text of the one worksheet in pieces."""
    spellings = _spellings(rows)
    letters = [column_letters(index) for index in range(len(rows.columns))]
    yield _head(rows, letters).encode()
    number = 2
    for batch in rows.batches():
        count = batch.num_rows
        labels = pc.cast(pa.array(range(number, number + count), pa.int64()), TEXT)
        cells = [
            spell(values, letter, labels)
            for spell, values, letter in zip(spellings, batch.columns, letters, strict=True)
        ]
        yield joined_bytes(glue('<row r="', labels, '">', *cells, "</row>"))
        number += count
    yield b"</sheetData></worksheet>"


def _head(rows: Rows, letters: list[str]) -> str:
    names = pa.array([column.name for column in rows.columns], TEXT)
    titles = zip(letters, xml_text(names).to_pylist(), strict=True)
    cells = "".join(
        f'<c r="{letter}1" s="{HEADER_STYLE}" t="inlineStr"><is><t xml:space="preserve">{title}</t></is></c>'
        for letter, title in titles
    )
    widths = "".join(
        f'<col min="{index}" max="{index}" width="{_width(column.name)}" customWidth="1"/>'
        for index, column in enumerate(rows.columns, 1)
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData><row r="1">{cells}</row>'
    )


def _width(name: str) -> int:
    wide = sum(2 if ord(sign) > 0x2E80 else 1 for sign in name)
    return min(40, max(10, wide + 2))


def column_letters(index: int) -> str:
    """A, B, … Z, AA … for 0, 1, …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _spellings(rows: Rows) -> list[Cells]:
    """How each column is written: typed where every value survives as a number, as text otherwise."""
    exact = [column.type is not FieldType.TEXT for column in rows.columns]
    if any(exact):
        for batch in rows.batches():
            for index, column in enumerate(rows.columns):
                exact[index] = exact[index] and _survives(batch.column(index), column.type)
    return [_TYPED[column.type] if fit else _text for column, fit in zip(rows.columns, exact, strict=True)]


def _survives(values: pa.Array, kind: FieldType) -> bool:
    if kind in (FieldType.INTEGER, FieldType.DECIMAL):
        digits = pc.utf8_ltrim(pc.replace_substring_regex(values, "[eE].*$|[^0-9]", ""), "0")
        return bool((pc.max(pc.utf8_length(digits)).as_py() or 0) <= EXACT_DIGITS)
    if kind in (FieldType.DATE, FieldType.DATETIME):
        return (pc.min(values).as_py() or FIRST_DAY) >= FIRST_DAY
    return True


def _text(values: pa.Array, letter: str, labels: pa.Array) -> pa.Array:
    opening = f'" s="{TEXT_STYLE}" t="inlineStr"><is><t xml:space="preserve">'
    return _cells(xml_text(values), letter, labels, opening, "</t></is></c>")


def _number(values: pa.Array, letter: str, labels: pa.Array) -> pa.Array:
    return _cells(values, letter, labels, '"><v>', "</v></c>")


def _boolean(values: pa.Array, letter: str, labels: pa.Array) -> pa.Array:
    bits = pc.if_else(pc.equal(values, "true"), pa.scalar("1", TEXT), pa.scalar("0", TEXT))
    return _cells(bits, letter, labels, '" t="b"><v>', "</v></c>")


def _date(values: pa.Array, letter: str, labels: pa.Array) -> pa.Array:
    days = pc.add(pc.cast(pc.cast(pc.cast(values, pa.string()), pa.date32()), pa.int32()), UNIX_EPOCH)
    return _cells(pc.cast(days, TEXT), letter, labels, f'" s="{DATE_STYLE}"><v>', "</v></c>")


def _datetime(values: pa.Array, letter: str, labels: pa.Array) -> pa.Array:
    moments = pc.cast(pc.cast(pc.cast(values, pa.string()), pa.timestamp("us")), pa.int64())
    serial = pc.add(pc.divide(pc.cast(moments, pa.float64(), safe=False), 86_400_000_000.0), float(UNIX_EPOCH))
    return _cells(pc.cast(serial, TEXT), letter, labels, f'" s="{TIME_STYLE}"><v>', "</v></c>")


_TYPED: dict[FieldType, Cells] = {
    FieldType.TEXT: _text,
    FieldType.INTEGER: _number,
    FieldType.DECIMAL: _number,
    FieldType.BOOLEAN: _boolean,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
}


def _cells(values: pa.Array, letter: str, labels: pa.Array, opening: str, closing: str) -> pa.Array:
    """One cell a row; a missing value is no cell at all."""
    return replace_null(glue(f'<c r="{letter}', labels, opening, values, closing), "")


def xml_text(values: pa.Array) -> pa.Array:
    """``values`` as XML character data.  What XML cannot hold becomes ``_xHHHH_``, the way spreadsheets spell it."""
    looks_escaped = pc.match_substring_regex(values, "_x[0-9A-Fa-f]{4}")
    if pc.any(looks_escaped).as_py():
        values = pc.if_else(looks_escaped, pc.replace_substring(values, "_x", "_x005F_x"), values)
    if pc.any(pc.match_substring_regex(values, "[\\x00-\\x08\\x0B-\\x1F\\x{FFFE}\\x{FFFF}]")).as_py():
        for code in (*range(0x09), *range(0x0B, 0x20), 0xFFFE, 0xFFFF):
            values = pc.replace_substring(values, chr(code), f"_x{code:04X}_")
    if pc.any(pc.match_substring_regex(values, "[&<>]")).as_py():
        for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            values = pc.replace_substring(values, sign, name)
    return values
