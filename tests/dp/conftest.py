"""Both databases for the ledger, the same as for the service."""

from __future__ import annotations

from tests.service.conftest import database, pg_server, pg_url

__all__ = ["database", "pg_server", "pg_url"]
