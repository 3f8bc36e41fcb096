"""Contributed sources: what others hand in, its gate, and the worker that publishes it."""
