"""datapackage.json: the package as a Frictionless Data Package (version 2).

What a reader would get wrong: only the two CSV files are tabular resources here; the sheet and the Parquet file hold
the same rows and are listed as files, so that a validator without readers for them still proves their digests.
"""

from __future__ import annotations

import re
from typing import Any

from release.nouns.dataset import FieldType
from release.publish.about import LICENCES
from release.publish.describe.contents import CSV, Contents, Written
from release.publish.formats.delimited import defused_name
from release.publish.formats.rows import Column

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {
    FieldType.TEXT: "string",
    FieldType.INTEGER: "integer",
    FieldType.DECIMAL: "number",
    FieldType.DATE: "date",
    FieldType.DATETIME: "datetime",
    FieldType.BOOLEAN: "boolean",
}
# ending → name and title of the resource; the first that fits
SPELLINGS = {
    ".excel.csv": ("spreadsheet", "CSV for spreadsheets, formulas defused"),
    ".csv": ("canonical", "canonical CSV"),
    ".xlsx": ("workbook", "workbook with typed cells"),
    ".parquet": ("parquet", "Parquet with typed columns"),
}


def datapackage(contents: Contents) -> dict[str, Any]:
    """The descriptor as a JSON value."""
    about = contents.about
    licence: dict[str, str] = {"name": about.licence, "title": about.licence}
    if about.licence in LICENCES:
        licence["path"] = LICENCES[about.licence]
    return {
        "$schema": PROFILE,
        "name": slug(contents.name),
        "title": about.title,
        "description": about.description or about.title,
        "version": about.version,
        "created": contents.created,
        "keywords": list(about.keywords) or [about.title],
        "licenses": [licence],
        "contributors": [{"title": about.publisher, "roles": ["publisher"], "role": "publisher"}],
        "resources": [_resource(contents, file) for file in contents.data],
    }


def _resource(contents: Contents, file: Written) -> dict[str, Any]:
    ending = next(ending for ending in SPELLINGS if file.path.endswith(ending))
    name, title = SPELLINGS[ending]
    resource: dict[str, Any] = {
        "name": name,
        "type": "file",
        "title": f"{contents.about.title}: {title}",
        "path": file.path,
        "format": ending.rsplit(".", 1)[-1],
        "mediatype": file.media_type,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    if file.media_type == CSV:
        spreadsheet = ending == ".excel.csv"
        resource |= {
            "type": "table",
            "encoding": "utf-8-sig" if spreadsheet else "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
            "schema": table_schema(contents.columns, defused=spreadsheet),
        }
    return resource


def table_schema(columns: tuple[Column, ...], *, defused: bool = False) -> dict[str, Any]:
    """The Table Schema of the columns; ``defused`` gives the header names as the spreadsheet spelling writes them."""
    fields = []
    for column in columns:
        field: dict[str, Any] = {"name": defused_name(column.name) if defused else column.name}
        field["type"] = TYPES[column.type]
        if column.type is FieldType.BOOLEAN:
            field |= {"trueValues": ["true"], "falseValues": ["false"]}
        if column.title:
            field["title"] = column.title
        fields.append(field)
    return {"fields": fields, "missingValues": [""]}


def slug(name: str) -> str:
    """``name`` in the signs a Data Package name may have: Chinese as pinyin, other signs as dashes."""
    from pypinyin import lazy_pinyin

    latin = "-".join(lazy_pinyin(name)) if not name.isascii() else name
    return re.sub(r"[^a-z0-9._]+", "-", latin.lower()).strip("-._") or "data"
