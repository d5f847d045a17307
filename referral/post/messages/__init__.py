"""What goes out by e-mail, text or letter, in words that betray nobody."""
