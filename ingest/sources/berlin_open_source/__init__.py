"""Software of Berlin's administration, by the Berlin Open Source Portal."""
