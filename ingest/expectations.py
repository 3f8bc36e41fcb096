"""What a source must come to before a release may be published."""

from collections.abc import Iterator
from typing import Final

from ingest.admitted import Admitted

_LEAST_SHARE: Final = 0.8
"""A file that is not the shipped one may hold at most 20 % fewer records than last time."""
_SHOWN: Final = 5


def failures(admission: Admitted, *, shipped: bool, last: int | None) -> Iterator[str]:
    """Yield why this source must not be published; nothing where it may.

    `shipped`: the extract is the one whose exact counts `source.toml` states. `last`: how many
    records the release that is served was read from.
    """
    slug = admission.source.slug
    yield from _parking(admission)
    counts = _counts(admission)
    if shipped:
        for name, wanted in admission.source.expect.items():
            if counts.get(name, 0) != wanted:
                yield (
                    f"{slug}: {counts.get(name, 0)} {name} where source.toml expects {wanted}. If "
                    "the change is meant, correct [expect]; if not, look at `lotse parked`."
                )
        return
    for name, least in admission.source.at_least.items():
        if counts.get(name, 0) < least:
            yield (
                f"{slug}: only {counts.get(name, 0)} {name}; at least {least} are expected "
                "([expect.at_least] in source.toml). The file may be incomplete; fetch it again."
            )
    if last is not None and admission.read < _LEAST_SHARE * last:
        fewer = 100 * (last - admission.read) / last
        yield (
            f"{slug}: {admission.read} records, {fewer:.0f} % fewer than the {last} of the release "
            "that is served (at most 20 % fewer are let through). Compare the file with its "
            "upstream; if that many are really gone, build with "
            f"`--accept-drift {slug}`, or ship the new extract with `make extracts`."
        )


def _parking(admission: Admitted) -> Iterator[str]:
    limit = admission.source.parking_limit
    if not admission.parked or len(admission.parked) <= limit * admission.read:
        return
    shown = "".join(f"\n    {one.key}: {one.reasons[0]}" for one in admission.parked[:_SHOWN])
    more = len(admission.parked) - _SHOWN
    yield (
        f"{admission.source.slug}: {len(admission.parked)} of {admission.read} records are parked; "
        f"the limit is {limit:.1%}.{shown}" + (f"\n    … and {more} more" if more > 0 else "")
    )


def _counts(admission: Admitted) -> dict[str, int]:
    return {
        "records": admission.read,
        "quads": admission.quads.count(b"\n"),
        **{f"records.{kind}": n for kind, n in admission.kinds.items()},
    }
