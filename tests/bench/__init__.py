"""How fast the answers are: `python -m tests.bench`."""
