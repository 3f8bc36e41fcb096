"""Contact data of people: recognised by their form, and taken out of texts."""

import re
from typing import Final

_MAIL: Final = re.compile(
    r"(?<!\\)(?:mailto:)?[^\s@<>\"'(),;:]{1,64}@[^\s@<>\"'(),;:/]+\.[^\W\d_]{2,}", re.IGNORECASE
)
_PHONE: Final = re.compile(
    r"(?<![\w+./-])(?:\+\d{8,14}(?!\d)|"
    r"(?:\+\d{1,3}|00[1-9]\d{0,2}|\(0[1-9]\d{1,4}\)|0[1-9]\d{1,4})"
    r"[ /()-]{1,3}\d(?:[ ()/-]{0,2}\d){3,})"
)
MARK: Final = "…"


def without_contacts(text: str) -> str:
    """Return a text in which `…` stands for each mail address and telephone number."""
    if "@" in text:
        text = _MAIL.sub(MARK, text)
    return _PHONE.sub(MARK, text) if any(one.isdigit() for one in text) else text


def file_without_contacts(content: bytes) -> bytes:
    """Return a text file in which `…` stands for each mail address and telephone number."""
    text = content.decode(errors="surrogateescape")
    return without_contacts(text).encode(errors="surrogateescape")
