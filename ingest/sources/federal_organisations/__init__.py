"""Bodies of the Federation and their sites, from the address register of the Bund."""
