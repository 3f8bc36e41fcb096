"""The web addresses in a field that holds addresses, blanks, prose or nothing."""

import re
from typing import Final

_NEXT: Final = re.compile(r"(?=https?://)|[\n\r]+")
_FILE: Final = re.compile(r"\.(html?|pdf)$")
_FOLDER_OF_A_PERSON: Final = re.compile(r"/~[a-z]")
_END: Final = " ,;\xa0"


def addresses(published: str) -> list[str]:
    """Return the addresses that begin with http:// or https://, each once, in their order.

    An address may hold blanks if it ends with the name of a file; else it ends at the first. A
    person's folder on a server (`/~muster/`) is left out.
    """
    found: dict[str, None] = {}
    for part in _NEXT.split(published.replace("\xa0", " ")):
        address = part.strip(_END)
        if not _FILE.search(address):
            address = address.partition(" ")[0].rstrip(_END)
        if address.startswith(("http://", "https://")) and not _FOLDER_OF_A_PERSON.search(address):
            found[address] = None
    return list(found)
