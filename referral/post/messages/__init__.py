"""Messages by email, text or letter, in words that betray nobody."""
