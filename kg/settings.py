"""What a deployment can set, by environment variable (prefix `LOTSE_`)."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.namespaces import BASE


class Settings(BaseSettings):
    """The settings with their defaults; `LOTSE_BASE` is read in `kg.namespaces`."""

    model_config = SettingsConfigDict(env_prefix="LOTSE_", extra="ignore")

    data: Path = Path("data")
    """The data directory: releases, pointer, locks, judgements of this deployment."""
    public_url: str = ""
    """The address under which others reach the service; empty: as the request says."""
    query_seconds: float = 10.0
    query_memory_mib: int = 1024
    query_rows: int = 100_000
    query_mib: int = 64
    query_readers: int = 2
    """Limits of free SPARQL: time, memory, rows, size of a result, readers at a time."""
    query_kept_mib: int = 16
    """How much is held of short results, for who asks the same of the same release."""
    publisher: str = "Innovationslotse"
    publisher_iri: str = f"{BASE}catalog#publisher"
    """Who runs this service, as its catalogue names it."""
    contact_url: str = ""
    """Where people reach whoever runs it; empty: the page about this service."""
    contributor_id: str = ""
    """Under `http://dcat-ap.de/def/contributors/`, given by GovData; empty: `publisher_iri`."""
