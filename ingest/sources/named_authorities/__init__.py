"""Authorities of Berlin and Munich, each with the pages of other sources that name it."""
