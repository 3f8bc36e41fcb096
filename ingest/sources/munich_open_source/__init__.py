"""Open source that the Landeshauptstadt München uses and develops, by its own list."""
