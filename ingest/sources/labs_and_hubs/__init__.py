"""Labs, hubs, networks, programmes and companies, read by hand from published pages."""
