"""Klarschiff: the categories of concerns, and which office of three Ämter deals with which."""
