"""The categories of Züri wie neu, a FixMyStreet site."""
