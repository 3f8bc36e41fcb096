"""`POST /api/v1/validate`: SHACL as a service."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from api.service import ExchangeDep
from kg.validation import FORMATS, Limits, held_by, validate

router = APIRouter(prefix="/api/v1", tags=["Validation"])

_OFFERS: Final = {
    "json": "application/json",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
}
_TAKEN: Final = {media_type: form for form, (media_type, _) in FORMATS.items()}
_MOST_BYTES: Final = int(Limits().mib * 1024 * 1024)


async def body_of(request: Request) -> tuple[bytes, str]:
    """Return the data sent and its format; 415 for other types, 413 above the size."""
    kind = (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
    if kind not in _TAKEN:
        raise HTTPException(415, f"Say in Content-Type what you send: {', '.join(_TAKEN)}.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, f"At most {_MOST_BYTES} bytes can be validated at once.")
    return bytes(body), _TAKEN[kind]


@router.post(
    "/validate",
    summary="Validate data against our shapes",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {media_type: {"schema": {"type": "string"}} for media_type in _TAKEN},
        }
    },
    responses={200: {"content": {media_type: {} for media_type in _OFFERS.values()}}},
)
def validate_data(
    exchange: ExchangeDep,
    sent: Annotated[tuple[bytes, str], Depends(body_of)],
    profile: Annotated[str, Query(description="Profil / profile")] = "lotse",
) -> Response:
    """Return the W3C validation report of the data sent as Turtle or JSON-LD, or plain JSON.

    Things that the data refer to and do not describe may be things of our release.
    """
    chosen = exchange.media_type(_OFFERS)
    report = validate(*sent, profile, known=held_by(exchange.release.graph))
    form = next(name for name, media_type in _OFFERS.items() if media_type == chosen)
    return Response(report.as_text(form), headers=exchange.headers(), media_type=chosen)
