"""Adoptions that only a passage in a solution's own page states."""
