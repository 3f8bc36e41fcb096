"""`/validate`: a form for a file or a text, and the report; `/validate/history`: what changed."""

from typing import Final

from fastapi import APIRouter, Response

from api.handed_in import HandedInDep
from api.pages import page
from api.replies import PAGE
from api.routes.validation import New, Old, Status, judged, reply, shown_at
from api.service import ExchangeDep, Reading, ReadingDep
from kg.profiles import OURS, profiles
from kg.release import listed
from kg.report_forms import FORMS, as_fragment
from kg.validation import FORMATS, Limits
from kg.validator import IN_THE_DATA
from kg.verdicts import STATUSES, between

router = APIRouter(prefix="/validate", include_in_schema=False)

_SHOWN: Final = 200
"""Lines of a history on one page; the whole of it is there as CSV."""


@router.get("")
def form_page(reading: ReadingDep) -> Response:
    """Return the form; there need be no release."""
    reading.media_type(PAGE)
    return _page(reading, {}, None)


@router.post("")
def judge_page(exchange: ExchangeDep, sent: HandedInDep) -> Response:
    """Return the page of the report, or the report as the file that was asked for."""
    asked = {"profile": OURS, "engine": "auto", **sent.said}
    report = judged(exchange, sent, asked)
    if asked.get("format", "html") in {*FORMS} - {"html"}:
        found = reply(exchange, report, FORMS[asked["format"]])
        found.headers["Content-Disposition"] = f'attachment; filename="report.{asked["format"]}"'
        return found
    return _page(exchange, asked, as_fragment(report, exchange.lang, shown_at))


@router.get("/history")
def history_page(
    exchange: ExchangeDep, old: Old = None, new: New = None, status: Status = None
) -> Response:
    """Return the page of what is new, fixed or persisting between two releases."""
    exchange.media_type(PAGE)
    data = exchange.service.settings.data
    before, after, found = between(data, old or None, new or exchange.release.id, exchange.lang)
    rows = [one for one in found if not status or one.status == status]
    return page(
        exchange.request, exchange.lang, "history.html", headers=exchange.headers(),
        old=before, new=after, rows=rows[:_SHOWN], total=len(rows), wanted=status or "",
        counts={name: sum(one.status == name for one in found) for name in STATUSES},
        releases=listed(data), shown_at=shown_at,
    )  # fmt: skip


def _page(exchange: Reading, asked: dict[str, str], report: str | None) -> Response:
    return page(
        exchange.request, exchange.lang, "validate.html", headers=exchange.headers(),
        profiles=[*profiles(), IN_THE_DATA], asked=asked, report=report, limits=Limits(),
        inputs=FORMATS, forms=FORMS,
    )  # fmt: skip
