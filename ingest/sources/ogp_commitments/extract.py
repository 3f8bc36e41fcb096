"""The list without notes, assessments and the groups that support a commitment.

The supporting bodies are mostly kinds of people (“citizens; associations; private sector”).
"""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "ogp-germany-commitments.csv"
EXTRACT: Final = "commitments.csv"
COLUMNS: Final = (
    "commitment_id", "plan", "number", "title_de", "title_en", "title_en_ogp", "lead_body",
    "start", "end", "theme", "jurisdiction", "id_status", "source_url",
)  # fmt: skip
IGNORED: Final = frozenset({"note", "status_completion", "supporting_bodies"})


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list with the columns we use."""
    return {EXTRACT: as_csv(COLUMNS, select(UPSTREAM, files[UPSTREAM], COLUMNS, IGNORED))}
