"""Fifty reports to the city of Köln of 2016: what, when, where roughly, open or closed."""
