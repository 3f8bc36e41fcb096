"""What the documentation shows, read from the files that hold it: nothing is said twice."""
