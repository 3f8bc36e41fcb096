"""Conditions on properties: which things fulfil one."""

from collections.abc import Iterable
from typing import Final

from kg.errors import BadQueryError
from kg.placenames import BY_LENGTH
from kg.reconciliation.properties import Column, Properties, Value, folded
from kg.reconciliation.queries import OF_NUMBERS, QUALIFIERS, Condition

_DIGITS: Final = frozenset({"ars", "ags", "postcode", "key", "verbandKey", "leikaKey"})
"""Keys that tables write as numbers, so that a zero before them is lost."""
_EVERY: Final = (*QUALIFIERS, *OF_NUMBERS)


class Filter:
    """A condition on a property, made ready to be asked of many things."""

    def __init__(self, condition: Condition, properties: Properties) -> None:
        """Look up the property; `BadQueryError` where it, or the way to compare, is unknown."""
        self.property = properties.named(condition.property)
        if condition.qualifier not in _EVERY:
            there_are = ", ".join(_EVERY)
            raise BadQueryError(
                f"There is no qualifier {condition.qualifier!r}; there are {there_are}."
            )
        self.required = condition.required
        self._condition = condition
        self._column: Column = properties.column(self.property.id)
        self._holding = [
            self._holders(value) if condition.qualifier == "alike" else None
            for value in condition.values
        ]

    def holds(self, iri: str) -> bool:
        """Tell whether a thing fulfils the condition."""
        each = (
            iri in holders if holders is not None else self._compared(iri, value)
            for holders, value in zip(self._holding, self._condition.values, strict=True)
        )
        match self._condition.quantifier:
            case "all":
                return all(each)
            case "none":
                return not any(each)
            case _:
                return any(each)

    def holders(self) -> Iterable[str]:
        """Return the things that have the property and fulfil the condition."""
        known = [holders for holders in self._holding if holders is not None]
        narrow = self._condition.quantifier != "none" and len(known) == len(self._holding)
        some = frozenset().union(*known) if narrow else self._column.values
        return [iri for iri in some if self.holds(iri)]

    def _holders(self, value: str) -> frozenset[str]:
        held = self._column.holders
        found = held.get(folded(value))
        if found is None and self.property.id in _DIGITS and value.isdecimal():
            found = held.get(f"0{value}")
        if found is None and self.property.id in {"ars", "key"} and value.isdecimal():
            found = held.get(value.ljust(12, "0")) or held.get(f"0{value}".ljust(12, "0"))
        if found is None and self.property.id == "homepage":
            return self._of_host(value)
        if found is None:
            plain = value.strip().casefold()
            word = next((one for one in BY_LENGTH if plain.startswith(f"{one} ")), None)
            found = held.get(folded(plain.removeprefix(f"{word} "))) if word else None
        return found or frozenset()

    def _of_host(self, value: str) -> frozenset[str]:
        """Return the things whose website is on the host of this one."""
        wanted = host(value)
        values = self._column.values.items()
        return frozenset(
            iri for iri, held in values if wanted and any(host(one.text) == wanted for one in held)
        )

    def _compared(self, iri: str, wanted: str) -> bool:
        return any(self._is(value, wanted) for value in self._column.values.get(iri, ()))

    def _is(self, value: Value, wanted: str) -> bool:
        match self._condition.qualifier:
            case "exact":
                return wanted in {value.text, value.iri}
            case "begins":
                return folded(value.text).startswith(folded(wanted))
            case word:
                number = _number(wanted)
                if value.number is None:
                    return False
                return value.number >= number if word == "at-least" else value.number <= number


def host(address: str) -> str:
    """Return the host of a web address, without `www.`; empty for what is no address."""
    bare = address.strip().casefold().partition("://")[2] or address.strip().casefold()
    name = bare.partition("/")[0].partition(":")[0].removeprefix("www.")
    return name if "." in name else ""


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise BadQueryError(f"{text!r} is no number to compare with.") from error
