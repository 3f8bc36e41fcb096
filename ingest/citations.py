"""Where a row was found, and under which licence: citations as the table writes them → IRIs."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from ingest.fields import FieldError
from kg.terms import NamedNode, link

_FILE: Final = re.compile(
    r"(?P<repo>[\w.-]+/[\w.-]+)@(?P<commit>[0-9a-f]{7,40}):(?P<path>[^#]+?)"
    r"(?:#(?P<entry>\S+))?(?P<note> (?:\(|mx=|spf=|host=|code |dane_supported=).*)?"
)
"""`owner/repository@commit:path`, maybe `#entry`, maybe a note on how the entry was read."""
_PAGE: Final = re.compile(r"(?:(?:date|since [0-9-]+): )?(?P<url>https?://\S+)(?: \(.*\))?")
"""A page on the web, maybe with a note in parentheses."""

_SPDX: Final = "https://spdx.org/licenses/"
_MIT: Final = NamedNode(f"{_SPDX}MIT")
_CC_BY: Final = NamedNode("http://dcat-ap.de/def/licenses/cc-by/4.0")

LICENCES: Final[Mapping[str, tuple[NamedNode, ...]]] = {
    "MIT": (_MIT,),
    "MIT (facts only)": (_MIT,),
    "CC BY 4.0": (_CC_BY,),
    "CC-BY-4.0 (facts only)": (_CC_BY,),
    "CC-BY-3.0": (NamedNode("https://creativecommons.org/licenses/by/3.0/"),),
    "GPL-3.0 (facts only)": (NamedNode(f"{_SPDX}GPL-3.0"),),
    "AGPL-3.0 (facts only)": (NamedNode(f"{_SPDX}AGPL-3.0"),),
    "AGPL-3.0/EUPL-1.2 (facts only)": (
        NamedNode(f"{_SPDX}AGPL-3.0"),
        NamedNode(f"{_SPDX}EUPL-1.2"),
    ),
    "BSD-3-Clause (facts only)": (NamedNode(f"{_SPDX}BSD-3-Clause"),),
    "ODC-PDDL-1.0": (NamedNode("https://opendatacommons.org/licenses/pddl/1-0/"),),
    "none stated (facts only)": (),
    "facts from press pages (no data licence)": (),
}
"""Licence as published → licences of the record; none: the collection's own holds."""


def pages(citations: str) -> list[NamedNode]:
    """Return the pages that a row cites; citations are joined by ` ; `."""
    return [_page(one.strip()) for one in citations.split(" ; ")]


def _page(citation: str) -> NamedNode:
    if page := _PAGE.fullmatch(citation):
        return link(page["url"])
    file = _FILE.fullmatch(citation)
    if file is None:
        message = (
            f"field 'source' cites {citation!r}; wanted is a web address or "
            "owner/repository@commit:path"
        )
        raise FieldError(message)
    address = f"https://github.com/{file['repo']}/blob/{file['commit']}/{quote(file['path'])}"
    entry = file["entry"]
    return link(f"{address}#{quote(entry, safe='/:?=&;~')}" if entry else address)
