"""Kreise and kreisfreie Städte with their NUTS-3 code (NUTS 2016 and 2021)."""
