"""Random edits of the small world, to hold incremental builds against clean ones."""

import csv
import io
import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest import judgements
from ingest.files import checksum
from ingest.judgements import Judgement
from ingest.source import Source

_NAMES = (
    ("codefor_labs", "title"), ("federal_ministries", "Abkürzung"),
    ("federal_ministries", "Name_DE"), ("labs_and_hubs", "name"),
)  # fmt: skip
_PUBLISHED = (("adoptions", "adopter_as_published"), ("labs_and_hubs", "operator"),
              ("labs_and_hubs", "name"), ("federal_ministries", "Abkürzung"))  # fmt: skip
_OFTEN = 0.8
Row = dict[str, object]


class World:
    """Sources whose extracts lie in a folder of their own and can be edited."""

    def __init__(self, folder: Path, sources: Sequence[Source]) -> None:
        """Copy the extracts."""
        self._folder = folder
        self._sources = list(sources)
        for source in sources:
            (folder / source.slug).mkdir(parents=True)
            for one in source.extracts:
                shutil.copy(source.folder / one.file, folder / source.slug / one.file)

    def sources(self) -> list[Source]:
        """Return the sources as they are now."""
        return [self._now(source) for source in self._sources]

    def _now(self, source: Source) -> Source:
        folder = self._folder / source.slug
        return replace(
            source,
            folder=folder,
            parking_limit=1.0,
            expect={},
            at_least={},
            extracts=tuple(
                replace(one, sha256=checksum((folder / one.file).read_bytes()))
                for one in source.extracts
            ),
        )

    def edit(self, how: str, seed: int, slug: str | None = None) -> None:
        """Delete a row, repeat one under other values, or give one a value of another row."""
        chance = random.Random(seed)  # noqa: S311 (an edit, no secret)
        source = chance.choice([one for one in self._sources if slug in {None, one.slug}])
        extract = chance.choice(source.extracts)
        path = self._folder / source.slug / extract.file
        rows = _rows(path)
        if not rows:
            return
        at, other = chance.randrange(len(rows)), chance.randrange(len(rows))
        column = chance.choice([name for name in rows[at] if name in rows[other]])
        if how == "delete" and len(rows) > 1:
            del rows[at]
        elif how == "add":
            rows.append({**rows[at], column: rows[other][column]})
        elif how == "edit":
            rows[at] = {**rows[at], column: rows[other][column]}
        _write(path, rows, extract.columns)

    def rename(self, seed: int) -> None:
        """Give an organisation or a place a name that a source published, or take it away."""
        chance = random.Random(seed)  # noqa: S311 (an edit, no secret)
        slug, column = chance.choice(_NAMES)
        published = [name for one in _PUBLISHED for name in self._values(*one)]
        (extract,) = next(one for one in self._sources if one.slug == slug).extracts
        path = self._folder / slug / extract.file
        rows = _rows(path)
        row = chance.choice(rows)
        row[column] = chance.choice(published) if chance.random() < _OFTEN else f"Neu {seed}"
        _write(path, rows, extract.columns)

    def _values(self, slug: str, column: str) -> list[object]:
        (extract,) = next(one for one in self._sources if one.slug == slug).extracts
        rows = _rows(self._folder / slug / extract.file)
        return sorted({str(row[column]) for row in rows if row.get(column)})

    def judge(self, data: Path, seed: int) -> None:
        """Decide about a name that a source publishes."""
        chance = random.Random(seed)  # noqa: S311 (an edit, no secret)
        names = ("Berlin", "Stadt Kiel", "Frankfurt", "Giessen", "Neustadt", "Ruhrgebiet")
        places = ("110000000000", "010020000000", "064120000000")
        row = Judgement(
            chance.choice(("same", "different", "unsure")), "name", "", chance.choice(names),
            f"jurisdiction/{chance.choice(places)}", "", "redaktion", "2026-11-24", "erfunden",
        )  # fmt: skip
        judgements.append(data, [row])


def _rows(path: Path) -> list[Row]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines()]
    return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))]


def _write(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> None:
    if path.suffix == ".jsonl":
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        path.write_text("".join(lines), encoding="utf-8")
        return
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
