"""Which body is served by which municipal IT provider, and what that rests on."""
