"""Short results that were asked for lately, up to a size; a release never changes, nor do they."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final

_LONGEST: Final = 64 * 1024


@dataclass(slots=True)
class Recent:
    """The results asked for last: content and rows by what was asked."""

    most: int
    _held: OrderedDict[Hashable, tuple[bytes, int]] = field(default_factory=OrderedDict)
    _size: int = 0

    def get(self, asked: Hashable) -> tuple[bytes, int] | None:
        """Return content and rows, None where they are not held."""
        found = self._held.get(asked)
        if found is not None:
            self._held.move_to_end(asked)
        return found

    def put(self, asked: Hashable, content: bytes, rows: int) -> None:
        """Hold a result, unless it is long; the ones asked for longest ago go."""
        if len(content) > min(_LONGEST, self.most) or asked in self._held:
            return
        self._held[asked] = (content, rows)
        self._size += len(content)
        while self._size > self.most:
            _, (gone, _) = self._held.popitem(last=False)
            self._size -= len(gone)
