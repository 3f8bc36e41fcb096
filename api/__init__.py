"""HTTP: asks `kg` and translates."""
