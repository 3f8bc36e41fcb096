"""One folder per source; see CONTRIBUTING.md."""
