"""Upstream files: got politely, archived by hash, made into extracts that builds read."""
