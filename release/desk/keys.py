"""The keys and the ledger of a workspace, for the command line.

The same workspace holds the service's keys, so a package made at the terminal and one made by the worker carry the
same signature.  Keys never lie beside the data they protect.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from release.desk.road import Keys
from release.nouns.digest import digest
from release.store.work import Store
from release.vault.workspace import Vault, default_home, open_vault


def home_of(home: Path | None) -> Path:
    """The folder of a workspace: ``home``, or the default place."""
    return (home if home is not None else default_home()).expanduser().absolute()


def vault_of(home: Path | None) -> Vault:
    """The vault in ``home``, or in the default place; made on first use."""
    return open_vault(home if home is not None else default_home())


def keys_of(home: Path | None, lineage: str) -> Keys:
    """The keys for everything that is released of ``lineage``: a dataset's name in this workspace."""
    keyring = vault_of(home).keyring
    return Keys(keyring.release_key(digest(lineage)), keyring.signing_seed())


def salt_of(home: Path | None, lineage: str) -> str:
    """The secret salt that decides which rows of a person count; stable, so that an answer can be repeated."""
    return vault_of(home).keyring.release_key(digest(f"salt:{lineage}")).hex()


@contextmanager
def ledger_of(home: Path | None) -> Iterator[Store]:
    """The database that holds the privacy ledger of the workspace."""
    from release.store.engine import open_store, sqlite_url

    store = open_store(sqlite_url(vault_of(home).database))
    try:
        yield store
    finally:
        store.close()
