"""The shapes of reconciliation for OpenAPI: what both versions answer."""

from pydantic import BaseModel, ConfigDict, RootModel


class ManifestOut(BaseModel):
    """What the service is and can do."""

    model_config = ConfigDict(extra="allow")

    versions: list[str]
    name: str
    batchSize: int  # noqa: N815 (of the protocol)


class NamedOut(BaseModel):
    """A type or a property."""

    id: str
    name: str
    description: str | None = None


class TypeOut(NamedOut):
    """A type, and the broader ones."""

    broader: list[NamedOut] = []


class QualifiedOut(NamedOut):
    """A property, and how its values may be compared."""

    matchQualifiers: list[NamedOut] = []  # noqa: N815 (of the protocol)


class FeatureOut(BaseModel):
    """One reason for or against a candidate; its name in version 1.0 only."""

    id: str
    name: str | None = None
    value: float | bool


class CandidateOut(NamedOut):
    """A thing that may be meant."""

    type: list[NamedOut]
    score: float
    features: list[FeatureOut]
    match: bool


class FailureOut(BaseModel):
    """Why one query of a batch failed."""

    type: str
    detail: str


class ResultOut(BaseModel):
    """The candidates of a query (0.2)."""

    result: list[CandidateOut]
    error: FailureOut | None = None


class CandidatesOut(BaseModel):
    """The candidates of a query (1.0)."""

    candidates: list[CandidateOut]
    error: FailureOut | None = None


class ResultsOut(BaseModel):
    """The candidates of each query, in their order (1.0)."""

    results: list[CandidatesOut]


class ValueOut(BaseModel):
    """A value: a thing with id and name, a text, or a number."""

    model_config = ConfigDict(extra="allow")


class MetaOut(NamedOut):
    """A property that a table is extended by, and the type of its values."""

    type: NamedOut | None = None


class ExtensionOut(BaseModel):
    """The values by id and property (0.2)."""

    meta: list[MetaOut]
    rows: dict[str, dict[str, list[ValueOut]]]
    errors: dict[str, str] = {}


class CellOut(BaseModel):
    """The values of a property of a thing."""

    id: str
    values: list[ValueOut]


class RowOut(BaseModel):
    """The values of a thing, or why there are none."""

    id: str
    properties: list[CellOut]
    error: str | None = None


class TableOut(BaseModel):
    """The values row by row (1.0)."""

    meta: list[MetaOut]
    rows: list[RowOut]


class BatchOut(RootModel[ManifestOut | ExtensionOut | dict[str, ResultOut]]):
    """The manifest; the values; or the candidates of each query by its key (0.2)."""


class ThingOut(NamedOut):
    """A thing that is suggested, and its types."""

    notable: list[NamedOut]


class ThingsOut(BaseModel):
    """Things that are suggested."""

    result: list[ThingOut]


class TypesOut(BaseModel):
    """Types that are suggested."""

    result: list[TypeOut]


class PropertiesOut(BaseModel):
    """Properties that are suggested."""

    result: list[QualifiedOut]


class ProposalOut(BaseModel):
    """Properties that things of a type may have."""

    properties: list[NamedOut]
    type: str | None = None
    limit: int | None = None
