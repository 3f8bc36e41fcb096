"""A parameter that an operation does not know is an error, not a wish that nobody hears."""

from typing import Final

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

EVERYWHERE: Final = frozenset({"lang", "format"})


async def only_known_parameters(request: Request) -> None:
    """Raise an error of validation where the query string names what the operation lacks."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known = _names(route.dependant) | EVERYWHERE
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        raise RequestValidationError(
            [
                {
                    "type": "unknown_parameter",
                    "loc": ("query", name),
                    "msg": f"There is no such parameter; there are {', '.join(sorted(known))}.",
                    "input": request.query_params[name],
                }
                for name in unknown
            ]
        )


def _names(dependant: Dependant) -> frozenset[str]:
    own = frozenset(field.alias for field in dependant.query_params)
    return own.union(*(_names(one) for one in dependant.dependencies))
