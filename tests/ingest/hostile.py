"""Inputs that must be refused: each makes one file (or URL), and says what the refusal must speak of.

CANARY stands in a cell of every file that has cells.  It must appear in nothing that anybody is told.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import sqlite3
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from release.ingest.bounds import Bounds

CANARY = "Kanarie7731"
ROWS = f"name,age\n{CANARY},31\nAnna,42\n"

Make = Callable[[Path], Path | str]


@dataclass(frozen=True)
class Case:
    """``settings`` are those of the ``[input]`` table of a job file; ``bounds`` differ from the default rarely."""

    name: str
    make: Make
    expect: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    bounds: Bounds = field(default_factory=Bounds)


def data(content: bytes | str, name: str = "in.csv", encoding: str = "utf-8") -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


def nowhere(folder: Path) -> Path:
    return folder / "nowhere.csv"


def a_folder(folder: Path) -> Path:
    path = folder / "folder.csv"
    path.mkdir()
    return path


def a_link(folder: Path) -> Path:
    (folder / "real.csv").write_text(ROWS)
    path = folder / "link.csv"
    path.symlink_to(folder / "real.csv")
    return path


def a_pipe(folder: Path) -> Path:
    path = folder / "pipe.csv"
    os.mkfifo(path)
    return path


def a_device(folder: Path) -> Path:
    return Path("/dev/zero")


def two_gigabytes_in_a_line(folder: Path) -> Path:
    path = folder / "long.csv"
    with path.open("wb") as out:
        out.write(ROWS.encode() + b"x" * 100)
        out.truncate(2 << 30)  # sparse: takes no room
    return path


def wide(columns: int) -> str:
    return ",".join(f"c{i}" for i in range(columns)) + "\n" + ",".join([CANARY] * columns) + "\n"


def zipped(entries: Mapping[str, bytes], name: str = "in.zip") -> Make:
    def make(folder: Path) -> Path:
        with warnings.catch_warnings(), zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            warnings.simplefilter("ignore")
            for entry, content in entries.items():
                archive.writestr(entry, content)
        return folder / name

    return make


def zip_of(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    return buffer.getvalue()


def encrypted_zip(folder: Path) -> Path:
    plain = bytearray(zip_of(("in.csv", ROWS.encode())))
    plain[6] |= 1  # general purpose flag, bit 0, in the local header …
    at = plain.find(b"PK\x01\x02")
    plain[at + 8] |= 1  # … and in the directory
    return data(bytes(plain), "in.zip")(folder)  # type: ignore[return-value]


def linked_zip(folder: Path) -> Path:
    entry = zipfile.ZipInfo("in.csv")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "in.zip", "w") as archive:
        archive.writestr(entry, "/etc/hostname")
    return folder / "in.zip"


def lying_zip(folder: Path) -> Path:
    """The directory says 20 bytes; 80 MB come out."""
    plain = bytearray(zip_of(("in.csv", b"a,b\n1,2\n" * 10_000_000)))
    at = plain.find(b"PK\x01\x02")
    struct.pack_into("<I", plain, at + 24, 20)
    struct.pack_into("<I", plain, 22, 20)
    return data(bytes(plain), "in.zip")(folder)  # type: ignore[return-value]


def cut(content: bytes, name: str, share: float = 0.6) -> Make:
    return data(content[: int(len(content) * share)], name)


def numbers(rows: int) -> bytes:
    """A CSV that does not compress to nothing."""
    chance = random.Random(1)
    return b"name,value\n" + b"".join(f"{CANARY},{chance.random()}\n".encode() for _ in range(rows))


def parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


FLAT = parquet(pa.table({"name": [CANARY, "Anna"] * 500, "age": list(range(1000))}))


def lying_footer() -> bytes:
    return FLAT[:-8] + struct.pack("<I", 0x7FFFFFF0) + b"PAR1"


def bent_pages() -> bytes:
    bent = bytearray(FLAT)
    bent[20:200] = bytes(180)
    return bytes(bent)


WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{}</sheets></workbook>'
)
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(*sheets: str, shared: str = "", extra: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook from the XML of its rows."""
    names = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId{i}"/>' for i in range(1, len(sheets) + 1))
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{RELATION}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    if shared:
        links += f'<Relationship Id="rId99" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    parts = [
        ("[Content_Types].xml", TYPES.encode()),
        (
            "_rels/.rels",
            _relations(f'<Relationship Id="r" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/>'),
        ),
        ("xl/workbook.xml", WORKBOOK.format(names).encode()),
        ("xl/_rels/workbook.xml.rels", _relations(links)),
        *((f"xl/worksheets/sheet{i}.xml", SHEET.format(rows).encode()) for i, rows in enumerate(sheets, start=1)),
        *((name, content) for name, content in (extra or {}).items()),
    ]
    if shared:
        parts.append(("xl/sharedStrings.xml", shared.encode()))
    return zip_of(*parts)


def _relations(links: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{links}</Relationships>'.encode()


def cells(*rows: tuple[str, ...]) -> str:
    """Rows of inline text."""
    return "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(64 + c)}{r}" t="inlineStr"><is><t>{value}</t></is></c>' for c, value in enumerate(row, start=1)
        )
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )


SMALL = cells(("name", "age"), (CANARY, "31"), ("Anna", "42"))
FAR_CELL = SMALL + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
REPEATED = '<row r="1">{}</row>'.format('<c t="s"><v>0</v></c>' * 100_000)
ONE_LONG = (
    f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"y" * 30_000}</t></si></sst>'
)


def locked_workbook() -> bytes:
    """What an XLSX behind a password looks like from outside: an OLE file with an EncryptedPackage."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + CANARY.encode() * 50
    )


def database(statement: str = "", url: str = "sqlite:///{}") -> Make:
    def make(folder: Path) -> str:
        path = folder / "in.db"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE person (name TEXT, photo BLOB)")
            connection.execute("INSERT INTO person VALUES (?, ?)", (CANARY, CANARY.encode()))
            if statement:
                connection.execute(statement)
        connection.close()
        return url.format(path)

    return make


def line(number: int, before: str = f"{CANARY},1\n") -> bytes:
    """UTF-8 up to ``number``, where a line in GB18030 stands."""
    wide = "姓名张三\n".encode() * 0
    rows = b"name,age\n" + wide + ("张三李四王五," + before).replace(",", "", 1).encode() * (number - 2)
    return rows + f"{CANARY}张三,2\n".encode("gb18030")


BOMB = b"a,b\n1,2\n" * 10_000_000
NESTED = {"name": CANARY, "place": {"city": CANARY}}

CASES: tuple[Case, ...] = (
    # what is no file
    Case("no such file", nowhere, "no such input file"),
    Case("a folder", a_folder, "is a folder"),
    Case("a symbolic link", a_link, "symbolic link"),
    Case("a pipe", a_pipe, "device, pipe or socket"),
    Case("a device", a_device, "device, pipe or socket"),
    Case("an empty file", data(b""), "empty"),
    Case("only blank lines", data("\n\n  \n"), "only blank lines"),
    Case("too many bytes", data(ROWS), "more than the 10", bounds=Bounds(file=10)),
    # rows and headers
    Case("a long row", data(f"a,b\n1,2\n{CANARY},2,3\n"), "Row 3 has 3 values where the table has 2 columns"),
    Case("a short row", data(f"a,b,c\n1,2,3\n4,5,{CANARY}\n6,7\n"), "Row 4 has 2 values where the table has 3 columns"),
    Case("a header that is short of one", data(f"a,b\n1,2,3\n{CANARY},5,6\n"), "Row 2 has 3 values"),
    Case("a title above the header", data(f"Register {CANARY}\nname,age\nAnna,2\nBert,3\n"), "Row 2 has 2 values"),
    Case("a repeated header", data(f"name,age,name\n{CANARY},1,x\n"), "Columns 1 and 3 have the same header"),
    Case("an empty header", data(f"name,,age\n{CANARY},x,1\n"), "Column 2 has an empty header"),
    Case("empty headers", data(f",,age\n{CANARY},x,1\n"), "Columns 1, 2 have an empty header"),
    Case("a header and no rows", data("name,age\n"), "a header and no rows"),
    Case("a header longer than a name", data(f"{CANARY * 200},age\nAnna,1\n"), "header of column 1 is longer"),
    Case("too many columns", data(wide(11_000)), "more than the 10000"),
    Case("too many rows", data(ROWS), "more than 1 rows", bounds=Bounds(rows=1)),
    Case("a lone carriage return", data(f"a,b\n{CANARY},2\n3\r,4\n"), "Row 3 has 1 value"),
    # quotes, lines, cells
    Case("a quote that swallows the rest", data(f'a,b\n1,2\n"{CANARY},3\n' + "4,5\n" * 2_000_000), "opens in row 3"),
    Case("a quote open at the end", data(f'a,b\n1,2\n3,"{CANARY}\n'), "opens in row 3 is never closed"),
    Case("a quote open in the header", data(f'"a,b\n1,{CANARY}\n'), "opens in row 1 is never closed"),
    Case("two gigabytes in a line", two_gigabytes_in_a_line, "Line 4 is longer than"),
    Case("a long line", data(f"{ROWS}{'x' * 300},3\n"), "Line 4 is longer than 200 bytes", bounds=Bounds(line=200)),
    Case("a huge cell", data(f"{ROWS}{CANARY * 120_000},3\n"), "Row 4, column 1 holds more than 1048576 characters"),
    # encodings and bytes
    Case("a zero byte", data(f"name,age\n{CANARY}\0,31\n"), "Line 2 holds a NUL byte"),
    Case("binary garbage", data(random.Random(3).randbytes(50_000)), "NUL byte"),
    Case("control characters", data(bytes(range(1, 9)) * 500), "binary data"),
    Case("a picture called CSV", data(b"\x89PNG\r\n\x1a\n" + bytes(100)), "a picture"),
    Case(
        "declared UTF-8 and is not",
        data(f"姓名,年龄\n{CANARY}张三,1\n", encoding="gb18030"),
        "Line 1 is not UTF-8",
        {"encoding": "utf-8"},
    ),
    Case(
        "declared GB18030 and is not",
        data(f"姓名,年龄\n{CANARY}张三,1\n"),
        "is UTF-8, not gb18030",
        {"encoding": "gb18030"},
    ),
    Case(
        "declared Big5 and is not",
        data(f"姓名,年龄\n{CANARY}张三丽,1\n", encoding="gb18030"),
        "cannot be read as big5",
        {"encoding": "big5"},
    ),
    Case("an encoding nobody knows", data(ROWS), "encoding 'klingon' is not known", {"encoding": "klingon"}),
    Case("UTF-8 that turns into GB18030", data(line(700)), "Line 700 is not UTF-8"),
    Case(
        "a broken byte in GB18030",
        data(f"姓名,年龄\n{CANARY}张三丰,1\n".encode("gb18030") * 900 + b"\xff\xff,2\n"),
        "Line 1801 cannot be read as gb18030",
    ),
    Case("UTF-16 cut in half", data(ROWS.encode("utf-16")[:-1]), "cannot be read as utf-16"),
    # what only looks like a table
    Case("HTML called CSV", data(f"<html><table><tr><td>{CANARY}</td></tr></table></html>"), "HTML or XML"),
    Case("HTML called XLS", data(f"\n<!DOCTYPE html><table><td>{CANARY}</td></table>", "in.xls"), "HTML or XML"),
    Case("XML called XLS", data(f'<?xml version="1.0"?><Workbook>{CANARY}</Workbook>', "in.xls"), "HTML or XML"),
    Case("a PDF", data(b"%PDF-1.7\n" + CANARY.encode()), "a PDF document"),
    Case("an SQLite file", lambda folder: Path(database()(folder)[10:]), "an SQLite database"),  # type: ignore[index]
    # archives
    Case("a cut gzip", cut(gzip.compress(numbers(20_000)), "in.csv.gz"), "damaged or cut off"),
    Case("a cut zstd", cut(pa.compress(numbers(20_000), "zstd", asbytes=True), "in.csv.zst"), "damaged or cut off"),
    Case("a cut ZIP", cut(zip_of(("in.csv", numbers(20_000))), "in.zip"), "damaged or cut off"),
    Case("a ZIP in a ZIP", zipped({"in.zip": zip_of(("in.csv", ROWS.encode()))}), "another archive"),
    Case("a gzip in a ZIP", zipped({"in.csv.gz": gzip.compress(ROWS.encode())}), "another archive"),
    Case("two tables in a ZIP", zipped({"a.csv": ROWS.encode(), "b.csv": ROWS.encode()}), "holds 2 files"),
    Case("a ZIP of nothing", zipped({"folder/": b""}), "holds 0 files"),
    Case("a ZIP that climbs out", zipped({"../../in.csv": ROWS.encode()}), "leads out of it"),
    Case("a ZIP from the root", zipped({"/etc/in.csv": ROWS.encode()}), "leads out of it"),
    Case("a ZIP with a link", linked_zip, "symbolic link"),
    Case("an encrypted ZIP", encrypted_zip, "encrypted"),
    Case("a ZIP bomb", zipped({"in.csv": BOMB}), "more than 200 times"),
    Case("a ZIP that lies of its size", lying_zip, "damaged or cut off"),
    Case("a gzip bomb", data(gzip.compress(BOMB), "in.csv.gz"), "more than 200 times"),
    Case("a zstd bomb", data(pa.compress(BOMB, "zstd", asbytes=True), "in.csv.zst"), "more than 200 times"),
    Case(
        "a gzip above the bound",
        data(gzip.compress(numbers(5_000)), "in.csv.gz"),
        "unpacks to more than 10000 bytes",
        bounds=Bounds(decompressed=10_000),
    ),
    # Parquet
    Case("a cut Parquet", cut(FLAT, "in.parquet"), "Parquet file is damaged"),
    Case("a Parquet with a lying footer", data(lying_footer(), "in.parquet"), "Parquet file is damaged"),
    Case("a Parquet with bent pages", data(bent_pages(), "in.parquet"), "Parquet file is damaged"),
    Case(
        "a Parquet with records",
        data(parquet(pa.table({"a": ["x"], "b": [NESTED]})), "in.parquet"),
        "Column 2 holds records",
    ),
    Case("a Parquet with bytes", data(parquet(pa.table({"a": [CANARY.encode()]})), "in.parquet"), "holds bytes"),
    Case("a Parquet with no rows", data(parquet(pa.table({"a": pa.array([], pa.string())})), "in.parquet"), "no rows"),
    # JSON
    Case("a JSON of values", data(json.dumps([CANARY, "b"]), "in.json"), "Record 1 of the JSON is not an object"),
    Case("a JSON of lists", data(json.dumps([[CANARY], ["b"]]), "in.json"), "Record 1 of the JSON is not an object"),
    Case(
        "a JSON with objects inside", data(json.dumps([{"name": "x"}, NESTED]), "in.json"), "Record 2 holds an object"
    ),
    Case("one JSON object around a table", data(json.dumps({"rows": [NESTED]}), "in.json"), "Record 1 holds an object"),
    Case("an empty JSON array", data("[]", "in.json"), "holds no records"),
    Case("a cut JSON", data(json.dumps([{"name": CANARY}] * 9)[:-30], "in.json"), "is broken or cut off"),
    Case(
        "a broken line of NDJSON",
        data(f'{{"a": "{CANARY}"}}\n' * 4 + '{"a": }\n{"a": 1}\n', "in.ndjson"),
        "Record 5 of the JSON is broken",
    ),
    Case(
        "a key twice", data(f'[{{"a": "{CANARY}", "a": 2}}]', "in.json"), "Record 1 of the JSON has the same key twice"
    ),
    Case("a JSON nested without end", data("[" + '{"a":' * 200_000, "in.json"), "nested too deeply"),
    Case("a JSON called so that is none", data(ROWS, "in.json"), "is broken or cut off"),
    # workbooks
    Case("a cut workbook", cut(xlsx(SMALL), "in.xlsx"), "damaged or cut off"),
    Case("a workbook of rubbish", data(xlsx("<row><c"), "in.xlsx"), "damaged"),
    Case("a workbook with macros", data(xlsx(SMALL, extra={"xl/vbaProject.bin": b"x"}), "in.xlsm"), "macros"),
    Case("a workbook behind a password", data(locked_workbook(), "in.xlsx"), "protected with a password"),
    Case("a workbook with a header only", data(xlsx(cells(("name", "age"))), "in.xlsx"), "a header and no rows"),
    Case("a workbook with nothing", data(xlsx(""), "in.xlsx"), "no visible sheet"),
    Case("a workbook with two tables", data(xlsx(SMALL, SMALL), "in.xlsx"), "2 sheets that hold something: 'S1', 'S2'"),
    Case("a sheet that is not there", data(xlsx(SMALL), "in.xlsx"), "no such sheet; it has 'S1'", {"sheet": "S9"}),
    Case("a workbook bomb", data(xlsx(SMALL + " " * 80_000_000), "in.xlsx"), "more than 200 times"),
    Case("a cell at the end of the world", data(xlsx(FAR_CELL), "in.xlsx"), "spans more than"),
    Case("one long text used for ever", data(xlsx(REPEATED, shared=ONE_LONG), "in.xlsx"), "unpacks to more than"),
    Case(
        "a document, not a workbook",
        zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"}, "in.xlsx"),
        "not a workbook",
    ),
    # databases
    Case("a database and no table", database(), "holds many tables"),
    Case("a table that is not there", database(), "no table 'people'", {"table": "people"}),
    Case(
        "a database that is not there", database(url="sqlite:///{}.missing"), "cannot be reached", {"table": "person"}
    ),
    Case("a query that writes", database(), "not a SELECT", {"query": "DELETE FROM person"}),
    Case("a query that is wrong", database(), "refuses the query", {"query": f"SELECT '{CANARY}' FROM nothing"}),
    Case("a column of bytes", database(), "Column 2 holds bytes", {"table": "person"}),
    Case("a driver that is missing", lambda _: f"oracle://a:{CANARY}@nowhere/x", "is not installed", {"table": "t"}),
    Case("a database nobody knows", lambda _: f"klingon://a:{CANARY}@nowhere/x", "not known", {"table": "t"}),
    Case("a URL that is none", lambda _: f"://{CANARY}", "cannot be understood", {"table": "t"}),
    # settings that the table contradicts
    Case("a type that does not fit", data(ROWS), "Field 'name' was declared integer", {"types": {"name": "integer"}}),
    Case(
        "a type for no field", data(ROWS), "field 'size' that the table does not have", {"types": {"size": "integer"}}
    ),
)
