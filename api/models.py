"""The shapes of answers for OpenAPI and for those who generate clients from it."""

from pydantic import BaseModel, ConfigDict, Field


class ThingOut(BaseModel):
    """A thing."""

    iri: str
    kind: str
    label: str
    key: str | None = None


class TotalOut(BaseModel):
    """How many there are in all; `gte` where counting ended early."""

    value: int
    relation: str


class FacetOut(BaseModel):
    """How many things have one value."""

    value: str
    label: str
    count: int


class EvidenceOut(BaseModel):
    """Who says so."""

    source: str
    title: str
    graph: str
    record: str
    retrieved: str | None = None
    licence: str | None = None
    published: str | None = None


class RowOut(BaseModel):
    """A thing with the fields of its kind."""

    model_config = ConfigDict(extra="allow")

    iri: str
    kind: str
    label: str
    key: str | None = None
    sources: list[ThingOut] = []
    evidence: list[EvidenceOut] = []


class ListOut(BaseModel):
    """A page of a list."""

    name: str = Field(alias="list")
    parameters: dict[str, ThingOut | str]
    total: TotalOut
    rows: list[RowOut]
    facets: dict[str, list[FacetOut]]
    release: str
    next: str | None


class SuggestedOut(ThingOut):
    """A thing, and what tells it from others of its name: type, Kreis and Land, or its kind."""

    hint: str


class SuggestOut(BaseModel):
    """Things that a text may become."""

    rows: list[SuggestedOut]
    release: str


class StewardOut(BaseModel):
    """A page of what waits for a steward."""

    model_config = ConfigDict(extra="allow")

    total: TotalOut
    rows: list[dict[str, object]]
    release: str
    next: str | None


class HistoryOut(StewardOut):
    """A page of findings, and how many are new, fixed or persisting between two releases."""

    old: str | None
    new: str
    counts: dict[str, int]


class AnswerOut(BaseModel):
    """An answer: the question as understood, and a page of rows with their evidence."""

    model_config = ConfigDict(extra="allow")

    question: str
    parameters: dict[str, ThingOut | str]
    total: TotalOut
    rows: list[dict[str, object]]
    release: str
    next: str | None
    query: str


class ProblemOut(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
