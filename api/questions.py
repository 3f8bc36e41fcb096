"""The questions as pages show them: path, fields of the form, an example that has an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Question:
    """A question that people can ask; its words are the messages `question.<name>.*`."""

    name: str
    fields: tuple[str, ...]
    """Names of parameters, in the order of the form."""
    required: frozenset[str]
    examples: tuple[Mapping[str, str], ...]

    @property
    def path(self) -> str:
        """Return the path of the page."""
        return f"/{self.name}"


QUESTIONS: Final = (
    Question(
        "who-does-what", ("q", "theme", "place", "role", "kind"), frozenset(),
        ({"theme": "Umwelt", "place": "Brandenburg"},
         {"theme": "Verwaltung", "kind": "innovation-lab"},
         {"place": "Berlin", "kind": "innovation-lab"}),
    ),
    Question(
        "adopters", ("solution",), frozenset({"solution"}),
        ({"solution": "Smart Village App"},),
    ),
    Question(
        "solutions-in", ("place",), frozenset({"place"}),
        ({"place": "Bad Belzig"}, {"place": "Landkreis Havelland"}),
    ),
    Question(
        "scales-where", ("solution",), frozenset({"solution"}),
        ({"solution": "Smart Village App"},),
    ),
    Question(
        "fits-here", ("place",), frozenset({"place"}),
        ({"place": "Falkenberg/Elster"},),
    ),
    Question(
        "responsible", ("q", "place"), frozenset({"place"}),
        ({"q": "Ampel", "place": "Rostock"}, {"q": "Sperrmüll", "place": "Köln"}),
    ),
    Question("about", ("thing",), frozenset({"thing"}), ({"thing": "Flensburg"},)),
)  # fmt: skip
BY_NAME: Final = {question.name: question for question in QUESTIONS}
