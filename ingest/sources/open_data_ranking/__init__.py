"""Open Data Ranking 2025: points of the Bund and the Länder for each of 35 criteria."""
