"""Takes in raw files: formats, archives and their limits."""
