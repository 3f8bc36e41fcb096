"""What the categories of platforms mean among the common categories of concerns."""
