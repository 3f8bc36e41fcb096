"""Model projects that the federal programme “Modellprojekte Smart Cities” pays for."""
