"""The decrees that renamed ministries: a table of our own, each row with its citation.

The upstream lists say which ministries a legislature had, not since when. The Federal Chancellor
renames ministries by a decree “with immediate effect” (§ 9 GO BReg): a name holds from the day of
its decree and to the day before the next. Where no decree is listed, a name is only known from
the beginning of the legislature in whose list it stands, and stays open at its end.

Housing was taken from the Interior in 2021 (BMWSB): a new ministry that replaces none.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Decree:
    """A decree on the organisation of the Federal Government."""

    day: str
    day_before: str
    citation: str
    page: str | None


LEGISLATURES: Final = {"2017-2021": "2017-10-24", "2021-2025": "2021-10-26"}
"""First day of the 19th and of the 20th German Bundestag."""

_2018: Final = Decree(
    "2018-03-14",
    "2018-03-13",
    "Organisationserlass der Bundeskanzlerin vom 14. März 2018 (BGBl. I S. 374)",
    "https://www.gesetze-im-internet.de/bkorgerl_2018/",
)
_2021: Final = Decree(
    "2021-12-08",
    "2021-12-07",
    "Organisationserlass des Bundeskanzlers vom 8. Dezember 2021 (BGBl. I S. 5176)",
    "https://www.gesetze-im-internet.de/bkorgerl_2021/",
)
_2025: Final = Decree(
    "2025-05-06",
    "2025-05-05",
    "Organisationserlass des Bundeskanzlers vom 6. Mai 2025",
    None,
)

BEGUN: Final = {
    "bmi-2017": _2018,
    "bmu-2017": _2018,
    "bmwk-2021": _2021,
    "bmi-2021": _2021,
    "bmj-2021": _2021,
    "bmdv-2021": _2021,
    "bmuv-2021": _2021,
    "bmwsb-2021": _2021,
}
"""Body → the decree that gave it its name, or made it."""

ENDED: Final = {
    "bmwi-2017": _2021,
    "bmi-2017": _2021,
    "bmjv-2017": _2021,
    "bmvi-2017": _2021,
    "bmu-2017": _2021,
    "bmwk-2021": _2025,
    "bmi-2021": _2025,
    "bmj-2021": _2025,
    "bmdv-2021": _2025,
    "bmuv-2021": _2025,
    "bmel-2017": _2025,
    "bmfsfj-2017": _2025,
    "bmbf-2017": _2025,
}
"""Body → the decree that gave it another name; the names of 2025 are in no source here yet."""

REPLACES: Final = {
    "bmwk-2021": "bmwi-2017",
    "bmi-2021": "bmi-2017",
    "bmj-2021": "bmjv-2017",
    "bmdv-2021": "bmvi-2017",
    "bmuv-2021": "bmu-2017",
}
"""Body → the body whose name it took over."""
