"""Public software as its makers describe it: publiccode.yml files of eight repositories."""
