"""Innovative public services in Europe, with artificial intelligence or blockchain."""
