"""The labs of Code for Germany, active and inactive."""
