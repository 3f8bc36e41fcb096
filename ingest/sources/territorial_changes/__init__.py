"""Changes of territory and of official keys since the register's date: a cited table of our own."""
