"""The categories that the platform Mark-a-Spot brings along."""
