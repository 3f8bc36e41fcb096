"""Boundaries of Länder and Kreise (VG5000), simplified with shared borders kept."""
