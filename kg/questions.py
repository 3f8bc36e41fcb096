"""Questions are files: `kg/queries/<name>.rq`, with typed parameters in `VALUES` slots.

# title:  …            what the question asks, for people (English)
# titel:  …            the same in German
# cq:     CQ-03        the competency question
# param:  theme optional      a slot `VALUES ?theme { UNDEF }` in the text
# example: theme=lotse:theme-environment      an argument with which it has rows: a term of ours,
#                                             a thing (`solution/…`) or a graph (`graph/…`)
# about:  involvement         the column whose things an answer in RDF tells of
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import BadQueryError
from kg.files import QUERIES
from kg.namespaces import GRAPH, ID, VOCABULARY

Term: TypeAlias = NamedNode | Literal | BlankNode
Argument: TypeAlias = "NamedNode | Literal | Sequence[NamedNode] | Sequence[Literal] | None"

_HEAD: Final = re.compile(
    r"^#\s*(title|titel|cq|param|example|about)\s*:\s*(.+?)\s*$", re.MULTILINE
)
_SELECT: Final = re.compile(r"^SELECT\s+(.+?)\s+WHERE", re.MULTILINE | re.DOTALL)
_COLUMN: Final = re.compile(r"\(.*?AS \?(\w+)\)|\?(\w+)")
_SLOT: Final = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")


@dataclass(frozen=True, slots=True)
class Query:
    """A saved question: its text around the slots, its titles, its parameters."""

    name: str
    title: str
    titel: str
    cq: str
    parameters: Mapping[str, bool]
    """Parameter names; True where one is required."""
    text: str
    examples: Mapping[str, str] = field(default_factory=dict)
    """Parameter names and the arguments with which the question has rows."""
    about: str = ""
    """The column whose things the answer is about."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of its columns."""
        head = _SELECT.search(self.text)
        found = _COLUMN.findall(head.group(1)) if head is not None else []
        return tuple(made or plain for made, plain in found)

    @property
    def example(self) -> dict[str, NamedNode]:
        """Return the arguments of its example."""
        return {name: _expanded(value) for name, value in self.examples.items()}

    @classmethod
    def load(cls, name: str, folder: Path = QUERIES) -> "Query":
        """Return the question of the file `<name>.rq`."""
        return cls.parse(name, (folder / f"{name}.rq").read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, name: str, text: str) -> "Query":
        """Return the question of a text; its slots and `# param:` lines must agree."""
        heads: dict[str, str] = {}
        parameters: dict[str, bool] = {}
        examples: dict[str, str] = {}
        for key, value in _HEAD.findall(text):
            if key == "param":
                parameter, _, need = value.partition(" ")
                parameters[parameter] = need.strip().startswith("required")
            elif key == "example":
                parameter, _, examples[parameter] = (one.strip() for one in value.partition("="))
            else:
                heads[key] = value
        slots = set(_SLOT.findall(text))
        if slots != set(parameters):
            message = f"{name}.rq: slots {sorted(slots)} and params {sorted(parameters)} differ"
            raise BadQueryError(message)
        return cls(
            name, heads.get("title", ""), heads.get("titel", ""), heads.get("cq", ""),
            parameters, text, examples, heads.get("about", ""),
        )  # fmt: skip

    def bind(self, **arguments: Argument) -> str:
        """Return the text with the arguments in their slots; one left out stays `UNDEF`."""
        unknown = sorted(set(arguments) - set(self.parameters))
        missing = [
            name for name, needed in self.parameters.items()
            if needed and arguments.get(name) is None
        ]  # fmt: skip
        if unknown or missing:
            message = f"{self.name}: unknown parameters {unknown}, missing parameters {missing}"
            raise BadQueryError(message)

        def filled(slot: re.Match[str]) -> str:
            name = slot.group(1)
            argument = arguments.get(name)
            if argument is None:
                return slot.group(0)
            terms = [argument] if isinstance(argument, NamedNode | Literal) else argument
            return f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"

        return _SLOT.sub(filled, self.text)


def _expanded(value: str) -> NamedNode:
    """Return the IRI that an example writes short."""
    for prefix, base in (("lotse:", VOCABULARY), ("graph/", GRAPH)):
        if value.startswith(prefix):
            return NamedNode(base + value.removeprefix(prefix))
    return NamedNode(ID + value)
