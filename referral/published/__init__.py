"""What may be told to outsiders in numbers, and what has been told already."""
