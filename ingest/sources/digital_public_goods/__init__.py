"""Solutions that the Digital Public Goods Alliance lists, and the countries that they serve."""
