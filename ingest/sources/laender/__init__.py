"""The Federation and the sixteen Länder: codes, names in two languages, dcat-ap.de URIs."""
