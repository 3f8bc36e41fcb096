"""The decisions behind the model, as pages: `ontology/decisions/NNNN-….md`."""

from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt

from kg.errors import NotFoundError, Suggestion
from kg.files import ontology


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: its number, its title, and its text as HTML."""

    number: str
    title: str
    html: str


@lru_cache(maxsize=1)
def all_decisions() -> tuple[Decision, ...]:
    """Return all decisions by number."""
    found = []
    for path in sorted((ontology() / "decisions").glob("[0-9]*.md")):
        first, _, rest = path.read_text(encoding="utf-8").lstrip("# ").partition("\n")
        number = path.name[:4]
        title = first.removeprefix(number).strip(" .:–—")
        found.append(Decision(number, title, MarkdownIt().enable("table").render(rest)))
    return tuple(found)


def decision(number: str) -> Decision:
    """Return the decision of a number; `NotFoundError` with all others where there is none."""
    for one in all_decisions():
        if one.number == number:
            return one
    near = [Suggestion("", "decision", one.number) for one in all_decisions()]
    raise NotFoundError(number, "decision", near)
