"""How fresh a source is: when it was fetched and looked at, how old it is, when it is due."""

import calendar
import datetime
from dataclasses import dataclass
from pathlib import Path

from ingest.fetching import archive
from ingest.fetching.fetch import can_be_fetched
from ingest.source import EVERY, Source


@dataclass(frozen=True, slots=True)
class Freshness:
    """Where a source stands on a day."""

    state: str
    """`fetched`, `shipped`, `not fetched yet`, or `fixed`: kept by hand, or it changes no more."""
    as_of: str
    retrieved: str
    checked: str | None
    """When upstream was looked at last."""
    age_days: int | None
    """Days since the state of knowledge; None where nothing is there yet."""
    due: str | None
    """The day of the next look; None where there is no rhythm."""
    overdue: bool
    failed: str | None
    """Why the last look came to nothing."""


def freshness(data: Path, source: Source, today: datetime.date) -> Freshness:
    """Return how fresh a source is in a data directory."""
    state = archive.state(data, source.slug)
    (dated,) = archive.alive(data, [source], tried=() if state.entry else (source.slug,))
    looked = datetime.date.fromisoformat(state.checked[:10]) if state.checked else dated.retrieved
    due = _after(looked, source.fetching.every) if can_be_fetched(source) else None
    waiting = not state.entry and not source.shipped
    if due is not None and waiting:
        due = today
    return Freshness(
        state=_state(source, fetched=bool(state.entry)),
        as_of=dated.as_of.isoformat(),
        retrieved=dated.retrieved.isoformat(),
        checked=state.checked or None,
        age_days=None if waiting else (today - dated.as_of).days,
        due=due.isoformat() if due is not None else None,
        overdue=due is not None and due <= today,
        failed=state.failed or None,
    )


def _state(source: Source, *, fetched: bool) -> str:
    if fetched:
        return "fetched"
    if not source.shipped:
        return "not fetched yet"
    return "shipped" if can_be_fetched(source) else "fixed"


def _after(day: datetime.date, every: str) -> datetime.date | None:
    """Return the day a period later; None for no period."""
    found = EVERY.fullmatch(every)
    if found is None or found.group(2) is None:
        return None
    number, unit = int(found.group(2)), found.group(3)
    if unit == "D":
        return day + datetime.timedelta(days=number)
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = months // 12, months % 12 + 1
    return day.replace(
        year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])
    )
