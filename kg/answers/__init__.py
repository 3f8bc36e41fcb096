"""Typed answers: one module a question, rows with evidence."""
