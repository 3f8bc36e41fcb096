"""`python -m kg.backstage COMMAND …`: a command of the pipeline, without loading the others.

So `api` has the gate and the worker run in processes of their own, and imports neither.
"""

import sys
from importlib.metadata import entry_points
from typing import Final

from kg.cli import GROUP

COMMAND: Final = (sys.executable, "-m", "kg.backstage")
"""What starts it; the command follows."""


def main() -> None:
    """Run the command."""
    (pipeline,) = entry_points(group=GROUP, name="ingest")
    pipeline.load()()


if __name__ == "__main__":
    main()
