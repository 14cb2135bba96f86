"""The privacy accounts of a workspace: what each lineage may lose, has lost, and on what.

What a reader would get wrong: ε is told of the sum of ρ, by the tight curve; the ε of several answers do not add up to
it.  An account near its cap, or with a cap so large that little is promised, is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from release.dp.opendp import epsilon_at
from release.ledger import chain, ledger
from release.nouns.errors import BadInput
from release.store.work import Store

DELTA = 1e-6
# Where the literature and OpenDP's own warnings begin; a policy may set less (``warn_rho``).
WARN_RHO = 0.5
NEARLY = 0.9
BAR = 24
VERIFY = "verify"


def document(store: Store, lineage: str | None = None) -> dict[str, Any]:
    """Every account, or those of ``lineage`` with its charges.  Raises BadInput where there is none of that name."""
    ledger.create(store.engine)
    found = ledger.balances(store.engine)
    if lineage is None:
        return {"accounts": [account(one) for one in found]}
    name = lineage.removeprefix("lineage:")
    wanted = f"lineage:{name}"
    if wanted not in {balance.account for balance in found}:
        raise BadInput(f"There is no account {wanted} in this workspace.", "See: sluice budget.")
    theirs = [one for one in found if one.account == wanted or one.account.endswith(f"@{name}")]
    lines = ledger.charges(store.engine, wanted)
    charges = [{"created": c.created, "rho": c.nrho / ledger.NANO, "state": c.state, "for": c.purpose} for c in lines]
    return {"accounts": [account(one) for one in theirs], "charges": charges}


def account(balance: ledger.Balance) -> dict[str, Any]:
    """What an account holds, in ρ, in δ, and as the ε that this amounts to."""
    delta = balance.spent_ndelta / ledger.DELTA_PARTS
    return {
        "account": balance.account,
        "cap_rho": balance.cap_nrho / ledger.NANO,
        "spent_rho": balance.spent_nrho / ledger.NANO,
        "left_rho": (balance.cap_nrho - balance.spent_nrho) / ledger.NANO,
        "spent_delta": delta,
        f"spent_epsilon_at_delta_{DELTA:g}": epsilon_of(balance.spent_nrho, delta),
        f"cap_epsilon_at_delta_{DELTA:g}": epsilon_of(balance.cap_nrho, 0.0),
        "warnings": warnings(balance),
    }


def epsilon_of(nrho: int, delta: float) -> float | None:
    """ε at ``DELTA`` in all, of which ``delta`` is spent already; None where nothing of it is left."""
    if nrho == 0:
        return 0.0
    return epsilon_at(nrho, DELTA - delta) if delta < DELTA * (1 - 1e-9) else None


def warnings(balance: ledger.Balance, warn_rho: float | None = None) -> list[str]:
    """What whoever spends this budget ought to hear."""
    said = []
    most = WARN_RHO if warn_rho is None else min(warn_rho, WARN_RHO)
    if balance.spent_nrho > most * ledger.NANO:
        said.append(f"{balance.account} has lost more than ρ = {most:g}: little is promised any more.")
    elif balance.cap_nrho > most * ledger.NANO:
        said.append(f"{balance.account} may lose more than ρ = {most:g}, where little is promised any more.")
    if balance.spent_nrho >= NEARLY * balance.cap_nrho:
        said.append(f"{balance.account} has less than a tenth of its budget left.")
    return said


def lines(document: dict[str, Any]) -> Iterator[str]:
    """A gauge an account, its warnings, then one line a charge."""
    for one in document["accounts"]:
        epsilon = one[f"spent_epsilon_at_delta_{DELTA:g}"]
        lost = f"ε = {epsilon:.4g} at δ = {DELTA:g}" if epsilon is not None else f"δ = {one['spent_delta']:.3g}"
        told = f"spent ρ = {one['spent_rho']:.6g} of {one['cap_rho']:.6g} ({lost}), {one['left_rho']:.6g} left"
        yield f"{one['account']}: {gauge(one['spent_rho'], one['cap_rho'])} {told}"
        for warning in one["warnings"]:
            yield f"  ! {warning}"
    for one in document.get("charges", ()):
        yield f"  {one['created'][:19]}  {one['state']:<9} ρ = {one['rho']:.6g}  {one['for']}"
    if not document["accounts"]:
        yield "No protected table has been made in this workspace."


def gauge(spent: float, cap: float) -> str:
    """A bar of text that is full when the budget is."""
    full = min(BAR, round(BAR * spent / cap)) if cap else BAR
    return "█" * full + "░" * (BAR - full)


def proof(store: Store) -> chain.Proof:
    """Recomputes every account's chain of events and its balance from them."""
    ledger.create(store.engine)
    return chain.verify(store.engine)


def proof_document(found: chain.Proof) -> dict[str, Any]:
    """``sluice budget verify --json``."""
    return {"holds": not found.breaks, "events": found.events, "heads": found.heads, "breaks": list(found.breaks)}


def proof_lines(found: chain.Proof) -> Iterator[str]:
    """What does not fit, or the heads that an auditor may keep elsewhere."""
    for broken in found.breaks:
        yield f"✗ {broken}"
    if not found.breaks:
        yield f"{found.events} events of {len(found.heads)} accounts follow from each other and add up."
        for name, head in sorted(found.heads.items()):
            yield f"  {name}: {head or 'no event yet'}"
