"""The privacy accounts of a workspace: what each lineage may lose, has lost, and on what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from release.ledger import ledger
from release.nouns.errors import BadInput
from release.store.work import Store


def document(store: Store, lineage: str | None = None) -> dict[str, Any]:
    """Every account, or the one of ``lineage`` with its charges.  Raises BadInput where there is none of that name."""
    ledger.create(store.engine)
    found = ledger.balances(store.engine)
    if lineage is None:
        return {"accounts": [_account(one) for one in found]}
    account = lineage if lineage.startswith("lineage:") else f"lineage:{lineage}"
    one = next((balance for balance in found if balance.account == account), None)
    if one is None:
        raise BadInput(f"There is no account {account} in this workspace.", "See: sluice budget.")
    lines = ledger.charges(store.engine, account)
    charges = [{"created": c.created, "rho": c.nrho / ledger.NANO, "state": c.state, "for": c.purpose} for c in lines]
    return {"accounts": [_account(one)], "charges": charges}


def _account(balance: ledger.Balance) -> dict[str, Any]:
    return {
        "account": balance.account,
        "cap_rho": balance.cap_nrho / ledger.NANO,
        "spent_rho": balance.spent_nrho / ledger.NANO,
        "left_rho": (balance.cap_nrho - balance.spent_nrho) / ledger.NANO,
    }


def lines(document: dict[str, Any]) -> Iterator[str]:
    """One line an account, then one a charge."""
    for one in document["accounts"]:
        yield f"{one['account']}: spent ρ = {one['spent_rho']:.6g} of {one['cap_rho']:.6g}, {one['left_rho']:.6g} left"
    for one in document.get("charges", ()):
        yield f"  {one['created'][:19]}  {one['state']:<9} ρ = {one['rho']:.6g}  {one['for']}"
    if not document["accounts"]:
        yield "No protected table has been made in this workspace."
