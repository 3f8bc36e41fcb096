"""Commitments that German governments made in the Open Government Partnership."""
