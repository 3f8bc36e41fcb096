"""Which profile of a document is asked for: `_profile=`, else `Accept-Profile`."""

import re
from typing import Annotated, Final

from fastapi import Depends, Header, Query, Request

from api.service import NotAcceptableError, header
from kg.documents import DESCRIBED, PROFILES

_ELEMENT: Final = re.compile(r"<([^>]*)>\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?")


async def profile_of(
    request: Request,
    name: Annotated[
        str | None,
        Query(alias="_profile", description="Profil / profile: " + ", ".join(PROFILES)),
    ] = None,
    wished: Annotated[str | None, Header(alias="Accept-Profile")] = None,
) -> str:
    """Return the short name of the profile asked for.

    A `_profile` that there is not is not acceptable; of `Accept-Profile`, as of any wish, the best
    that there is, else the plain one: `Content-Profile` says which it became.
    """
    if name is not None:
        found = next((one for one, iri in PROFILES.items() if name in {one, iri}), None)
        if found is None:
            raise NotAcceptableError(PROFILES)
        return found
    del wished  # all lines of it are read together
    rated = {iri: float(quality or 1) for iri, quality in _elements(request)}
    best = max(PROFILES, key=lambda one: rated.get(PROFILES[one], 0.0))
    return best if rated.get(PROFILES[best], 0.0) > 0 else DESCRIBED


def _elements(request: Request) -> list[tuple[str, str]]:
    return _ELEMENT.findall(header(request, "accept-profile") or "")


ProfileDep = Annotated[str, Depends(profile_of)]
