"""Which public body uses which solution: 4,104 facts, each with the page that says so."""
