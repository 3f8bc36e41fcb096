"""`/api/v1/boundaries`: Länder and Kreise as GeoJSON."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from api.service import ExchangeDep
from kg.answers.boundaries import boundaries

router = APIRouter(prefix="/api/v1", tags=["Lists"])

GEOJSON: Final = {"geojson": "application/geo+json", "json": "application/json"}
_OPTIONS: Final[dict[str, Any]] = {
    "responses": {200: {"content": {media_type: {} for media_type in GEOJSON.values()}}}
}


@router.get("/boundaries", summary="Boundaries as GeoJSON", **_OPTIONS)
def list_boundaries(
    exchange: ExchangeDep,
    level: Annotated[str, Query(description="land, kreis")] = "land",
    place: Annotated[
        str | None,
        Query(
            description="IRI, Schlüssel oder Name / IRI, key or name: "
            "nur was darin liegt / only what lies in it"
        ),
    ] = None,
) -> Response:
    """Return the boundaries of all Länder or Kreise, simplified, as a FeatureCollection."""
    chosen = exchange.media_type(GEOJSON)
    found = boundaries(exchange.release.graph, level, place or None, exchange.lang)
    return JSONResponse(found, headers=exchange.headers(), media_type=chosen)
