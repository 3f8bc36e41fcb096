"""Projects that the Prototype Fund paid for, as its demo weeks showed them."""
