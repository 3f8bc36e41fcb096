"""Berlin's clock: local time → a moment with its zone, by the rule of the European Union.

Summer time runs from 1:00 UTC on the last Sunday of March to 1:00 UTC on the last Sunday of
October (since 1996). The rule stands here because a transform must give the same on machines
with and without a table of time zones.
"""

import datetime
from typing import Final

_WINTER: Final = datetime.timezone(datetime.timedelta(hours=1))
_SUMMER: Final = datetime.timezone(datetime.timedelta(hours=2))
_FIRST_YEAR: Final = 1996
_MARCH: Final = 3
_OCTOBER: Final = 10
_SUNDAY: Final = 7


def in_berlin(local: datetime.datetime) -> datetime.datetime:
    """Return a local time of Berlin with its zone; the hour that comes twice is the first one.

    Raises `ValueError` for a time before 1996.
    """
    if local.year < _FIRST_YEAR:
        message = f"{local.isoformat()} lies before {_FIRST_YEAR}"
        raise ValueError(message)
    begins = _change(local.year, _MARCH).replace(hour=2)
    ends = _change(local.year, _OCTOBER).replace(hour=3)
    return local.replace(tzinfo=_SUMMER if begins <= local < ends else _WINTER)


def _change(year: int, month: int) -> datetime.datetime:
    """Return midnight of the last Sunday of a month of 31 days."""
    last = datetime.datetime(year, month, 31)  # noqa: DTZ001 (local on purpose)
    return last - datetime.timedelta(days=last.isoweekday() % _SUNDAY)
