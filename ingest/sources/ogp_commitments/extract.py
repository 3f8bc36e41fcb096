"""The list without notes, assessments and the groups that support a commitment.

The supporting bodies are mostly kinds of people (“citizens; associations; private sector”).
"""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.themes import COLUMNS as CONCLUDED
from ingest.themes import concluded

UPSTREAM: Final = "ogp-germany-commitments.csv"
EXTRACT: Final = "commitments.csv"
USED: Final = (
    "commitment_id", "plan", "number", "title_de", "title_en", "title_en_ogp", "lead_body",
    "start", "end", "theme", "jurisdiction", "id_status", "source_url",
)  # fmt: skip
COLUMNS: Final = (*USED, *CONCLUDED)
IGNORED: Final = frozenset({"note", "status_completion", "supporting_bodies"})


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list with the columns we use."""
    rows = select(UPSTREAM, files[UPSTREAM], USED, IGNORED)
    return {EXTRACT: as_csv(COLUMNS, ({**row, **_about(row)} for row in rows))}


def _about(row: Mapping[str, str]) -> dict[str, str]:
    """Return what the titles, which are all there is, say of the theme."""
    english = [row["title_en"], row["title_en_ogp"]]
    name = row["title_de"] or " / ".join(english)
    themes = [one.strip() for one in row["theme"].split(";")]
    return concluded(row, name, english, themes)
