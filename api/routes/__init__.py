"""HTTP routes: each asks and translates."""
