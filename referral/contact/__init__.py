"""Everything that reaches the person: messages, their own page, whether it was worth it."""
