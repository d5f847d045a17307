"""Who signs in: their accounts, the second factor, and the way back to both."""
