"""Bodies that Wikidata knows by their official key: identity links, websites, other names."""
