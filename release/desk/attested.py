"""A protected table on disk: the CSV, its card with the CSV's digest, and the card's signature.

Written so that the CSV comes last: a CSV without a card is never left behind.  Checked in the reverse order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from release.nouns.errors import Tampered
from release.publish.proof.result import Check, CheckResult
from release.publish.signature import SigningKey, holds, read_signature, sign

CARD, SIGNATURE = ".card.json", ".card.sig"
MOST_BYTES = 1 << 30


def write(
    out: Path, text: str, card: Mapping[str, Any], key: SigningKey, more: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """Writes the three files, and those of ``more`` (suffix → text) beside them; gives the card as written, with the
    digest of every other file in it."""
    body, others = text.encode("utf-8"), {suffix: other.encode("utf-8") for suffix, other in (more or {}).items()}
    integrity: dict[str, Any] = {"file": out.name, "sha256": hashlib.sha256(body).hexdigest()}
    if others:
        integrity["beside"] = {
            beside(out, suffix).name: hashlib.sha256(other).hexdigest() for suffix, other in others.items()
        }
    whole = {**card, "integrity": integrity}
    told = (json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")
    files = {beside(out, suffix): other for suffix, other in others.items()}
    files |= {beside(out, CARD): told, beside(out, SIGNATURE): sign(told, key).to_bytes(), out: body}
    for path, content in files.items():
        staged = path.with_name(path.name + ".part")
        staged.write_bytes(content)
        staged.replace(path)
    return whole


def beside(out: Path, suffix: str) -> Path:
    """The card or the signature of the CSV at ``out``."""
    return out.with_name(out.name + suffix)


def check_card(path: Path, *, trusted_key: bytes | None = None) -> CheckResult:
    """Re-proves a protected table by the path of its CSV or of its card; stops at the first thing that is off."""
    out = path.with_name(path.name.removesuffix(CARD))
    checks: list[Check] = []
    for name, step in (("signature", _signed), ("table", _digest)):
        try:
            checks.append(Check(name, True, step(out, trusted_key)))
        except Tampered as error:
            return CheckResult((*checks, Check(name, False, error.message)))
    return CheckResult(tuple(checks))


def is_card(path: Path) -> bool:
    """Whether ``path`` is a protected table or its card, by what lies beside it."""
    return path.is_file() and (path.name.endswith(CARD) or beside(path, CARD).is_file())


def _signed(out: Path, trusted: bytes | None) -> str:
    signature = read_signature(_read(beside(out, SIGNATURE)))
    if not holds(_read(beside(out, CARD)), signature):
        raise Tampered("The card is not what was signed: the signature does not fit it.")
    if trusted is not None and signature.public_key != trusted:
        raise Tampered(f"The card is signed by key {signature.key_id()}, not by the key that is trusted.")
    return f"Signed by key {signature.key_id()}, {'trusted' if trusted else 'which nobody vouched for'} here."


def _digest(out: Path, trusted: bytes | None) -> str:
    try:
        integrity = json.loads(_read(beside(out, CARD)))["integrity"]
        name, digest = str(integrity["file"]), str(integrity["sha256"])
        more = {str(other): str(told) for other, told in integrity.get("beside", {}).items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Tampered("The card does not say which bytes it is about.") from None
    if name != out.name:
        raise Tampered("The card is about a file of another name.")
    if hashlib.sha256(_read(out)).hexdigest() != digest:
        raise Tampered(f"{out.name} is not the table that the card is about.")
    for other, told in more.items():
        # Only what lies right beside the table, so that a card cannot make a check read elsewhere.
        if not other.startswith(f"{out.name}.") or Path(other).name != other:
            raise Tampered("The card speaks of a file that does not belong to the table.")
        if hashlib.sha256(_read(out.with_name(other))).hexdigest() != told:
            raise Tampered(f"{other} is not the file that the card is about.")
    return f"{', '.join((out.name, *more))}: each has the digest that the card states."


def _read(path: Path) -> bytes:
    """The bytes of a plain file of a size that such files have.  Raises Tampered when it is none."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise Tampered(f"{path.name} is not there, is no plain file or is too large.")
        return path.read_bytes()
    except OSError:
        raise Tampered(f"{path.name} cannot be read.") from None
