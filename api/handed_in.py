"""What is handed in to be judged: as the body itself, or as the parts of a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData, UploadFile

from kg.validation import FORMATS, Given, Limits, format_of

MOST_BYTES: Final = int(Limits().mib * 1024 * 1024)
TAKEN: Final = {media_type: form for form, (media_type, _) in FORMATS.items()}
FORM: Final = "multipart/form-data"
_FIELDS: Final = ("profile", "engine", "base", "format")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Data, perhaps shapes, and what a form said beside them."""

    data: Given
    shapes: Given | None = None
    said: Mapping[str, str] = field(default_factory=dict)


async def handed_in(request: Request) -> HandedIn:
    """Return what a request brings; 415 for types that we do not read, 413 above the size."""
    kind = (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
    base = str(request.url.replace(query=""))
    if kind == FORM:
        return await _of_form(request, base)
    if kind not in TAKEN:
        raise HTTPException(415, f"Say in Content-Type what you send: {', '.join([*TAKEN, FORM])}.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise _too_large()
    return HandedIn(Given(bytes(body), TAKEN[kind], base))


HandedInDep = Annotated[HandedIn, Depends(handed_in)]


async def _of_form(request: Request, base: str) -> HandedIn:
    try:
        length = int(request.headers["content-length"])
    except (KeyError, ValueError) as error:
        raise HTTPException(400, "Say in Content-Length how long the form is.") from error
    if length > 2 * MOST_BYTES:
        raise _too_large()
    async with request.form(max_files=2, max_fields=10, max_part_size=MOST_BYTES) as form:
        data = await _part(form, "data", base) or await _part(form, "text", base)
        if data is None:
            raise HTTPException(400, "The form has no part `data` (a file) and no `text`.")
        said = {name: str(form[name]) for name in _FIELDS if form.get(name)}
        return HandedIn(data, await _part(form, "shapes", base), said)


async def _part(form: FormData, name: str, base: str) -> Given | None:
    """Return a file or a text of the form, None where it is left empty."""
    part = form.get(name)
    named = form.get("input-format") if name != "shapes" else None
    if isinstance(part, UploadFile):
        content = await part.read()
        written = str(named or "") or format_of(part.content_type or "")
        form_of = written or format_of(part.filename or "")
    else:
        content, form_of = (part or "").encode(), str(named or "turtle")
    if not content:
        return None
    if len(content) > MOST_BYTES:
        raise _too_large()
    if form_of is None:
        raise HTTPException(415, f"What is in `{name}`? Give its type, or a name like data.ttl.")
    return Given(content, form_of, base)


def _too_large() -> HTTPException:
    return HTTPException(413, f"At most {MOST_BYTES} bytes can be validated at once.")
