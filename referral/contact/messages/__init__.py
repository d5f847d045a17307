"""Messages to the person themselves: only as they agreed, when it is safe, in neutral words."""
