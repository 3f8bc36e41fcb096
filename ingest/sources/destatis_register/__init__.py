"""The register of municipalities (GV-ISys): all levels, one thing per territorial body."""
