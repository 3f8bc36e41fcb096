"""Cases of good practice in German administrations, read by hand from published pages."""
