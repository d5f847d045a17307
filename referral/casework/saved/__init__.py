"""What somebody narrows the case list to again and again, kept by a name of their own."""
