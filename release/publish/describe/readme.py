"""README.txt: what lies here and how to check it, for whoever unpacks the folder without any tool."""

from __future__ import annotations

from release.nouns.openness import Openness
from release.publish.describe.contents import Contents

OPENNESS = {
    Openness.UNCONDITIONAL: ("无条件开放", "open to everyone"),
    Openness.CONDITIONAL: ("有条件开放", "open to approved applicants"),
    Openness.CLOSED: ("不予开放", "not open"),
}
PURPOSES = (
    (".excel.csv", "供表格软件打开(公式已化解)", "for spreadsheets, formulas defused"),
    (".csv", "标准 CSV(UTF-8,RFC 4180)", "canonical CSV (UTF-8, RFC 4180)"),
    (".xlsx", "Excel 工作簿,单元格带类型", "workbook with typed cells"),
    (".parquet", "Parquet,列带类型", "Parquet with typed columns"),
)
REST = (
    ("report.html", "一页报告:每个字段做了什么、依据哪一条", "one-page report: what was done to each field and why"),
    ("datapackage.json", "Frictionless 数据包描述", "Frictionless Data Package"),
    ("dcat.jsonld", "DCAT-AP 3 描述", "DCAT-AP 3 description"),
    ("plan.json", "处理计划(公开部分)", "treatment plan, public form"),
    ("evidence/public.json", "证据(公开部分)", "evidence, public part"),
    ("MANIFEST.json", "全部文件的摘要", "digests of all files"),
    ("MANIFEST.sig", "Ed25519 签名", "Ed25519 signature"),
)


def readme(contents: Contents, key_id: str) -> str:
    """The text, lines ending in CR LF so that every editor shows them."""
    about = contents.about
    zh, en = OPENNESS[contents.openness]
    files = []
    for file in contents.data:
        _, chinese, english = next(entry for entry in PURPOSES if file.path.endswith(entry[0]))
        files.append(f"  {file.path}\n      {chinese} / {english}")
    files += [f"  {path}\n      {chinese} / {english}" for path, chinese, english in REST]
    lines = [
        about.title,
        "=" * 40,
        about.description,
        "",
        f"发布 / publisher:  {about.publisher}",
        f"开放 / openness:   {zh} / {en}",
        f"许可 / licence:    {about.licence}",
        f"时间 / created:    {contents.created}",
        f"规模 / size:       {contents.rows:,} × {len(contents.columns)}",
        "",
        "文件 / files",
        *files,
        "",
        "核验 / verify",
        "  sluice verify .",
        f"  签名密钥 / signing key: {key_id}",
    ]
    if contents.notes:
        lines += ["", "说明 / notes", *(f"  {note}" for note in contents.notes)]
    return "\r\n".join("\n".join(line for line in lines if line is not None).split("\n")) + "\r\n"
