"""Official keys: which body a row of the register speaks of, and in which place it directly lies.

A row names one level of a body. Three levels can be one body: the kreisfreie Stadt Kiel stands
as Kreis, as its own Verband (text key 50, “verbandsfrei”) and as Gemeinde, and its key is
010020000000 each time; Berlin and Hamburg are Länder besides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BUND: Final = "000000000000"
LAND, BEZIRK, REGION, KREIS, VERBAND, GEMEINDE = "10", "20", "30", "40", "50", "60"
"""The values of `satzart`."""
ALONE: Final = "50"
"""Text key of a row that stands at the level of Verbände for a Gemeinde that is in none."""
PARTS: Final = ("land", "rb", "kreis", "vb", "gemeinde")
WIDTHS: Final[Mapping[str, tuple[int, ...]]] = {
    LAND: (2, 0, 0, 0, 0),
    BEZIRK: (2, 1, 0, 0, 0),
    REGION: (2, 1, 1, 0, 0),
    KREIS: (2, 1, 2, 0, 0),
    VERBAND: (2, 1, 2, 4, 0),
    GEMEINDE: (2, 1, 2, 4, 3),
}
"""How many digits each part of the key has, by level."""
FORMER: Final = frozenset({"071", "072", "073", "145", "146", "147"})
"""Regierungs- and Direktionsbezirke that are dissolved but live on in the keys of Kreise."""
_WITH_REGIONS: Final = "08"
"""The Land whose Kreise lie in Regionen (Baden-Württemberg)."""
_ARS: Final = 12


@dataclass(frozen=True, slots=True)
class Key:
    """The official key of one row: its level (`satzart`) and its digits."""

    level: str
    digits: str
    alone: bool = False
    """The row repeats a Gemeinde that is in no Verband at the level of Verbände."""

    @property
    def ars(self) -> str:
        """Return the key of the body that the row speaks of, filled up to twelve digits."""
        if self.alone:
            return self.digits + self.vb[1:]
        return self.digits.ljust(_ARS, "0")

    @property
    def vb(self) -> str:
        """Return the four digits of the Verband, empty above that level."""
        return self.digits[5:9]

    @property
    def ags(self) -> str | None:
        """Return the AGS of the row's level: 2, 3, 5 or 8 digits; None where a level has none."""
        if self.level in {REGION, VERBAND}:
            return None
        return self.digits[:5] + self.digits[9:]

    @property
    def parent(self) -> str:
        """Return the ARS of the place in which the row's level directly lies."""
        land, bezirk = self.digits[:2], self.digits[:3]
        if self.level == LAND:
            return BUND
        if self.level == GEMEINDE and self.vb.startswith("5"):
            above = self.digits[:9]
        elif self.level in {GEMEINDE, VERBAND}:
            above = self.digits[:5]
        elif self.level == KREIS and land == _WITH_REGIONS:
            above = self.digits[:4]
        elif self.level in {KREIS, REGION} and bezirk[2] != "0" and bezirk not in FORMER:
            above = bezirk
        else:
            above = land
        return above.ljust(_ARS, "0")


def key_of(row: Mapping[str, object]) -> Key:
    """Return the key of a row; `ValueError` says which part has not the digits it must have."""
    level = str(row["satzart"]).strip()
    widths = WIDTHS.get(level)
    if widths is None:
        message = f"field 'satzart' is {level!r}; allowed are {', '.join(WIDTHS)}"
        raise ValueError(message)
    parts = [str(row[name]).strip() for name in PARTS]
    for name, part, width in zip(PARTS, parts, widths, strict=True):
        if len(part) != width or (part and re.fullmatch("[0-9]+", part) is None):
            message = (
                f"field {name!r} is {part!r} where level {level} has {width} digits; zeros at the "
                "beginning are lost when a spreadsheet saves keys as numbers: read them as text"
            )
            raise ValueError(message)
    alone = level == VERBAND and str(row["textkennzeichen"]).strip() == ALONE
    return Key(level, "".join(parts), alone)
