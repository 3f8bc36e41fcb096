"""Which postcodes lie in which Gemeinden, after OpenStreetMap; a graph of its own (ODbL)."""
