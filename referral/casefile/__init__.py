"""One case as its worker sees it, and what is decided on it: agree, withdraw, unmet, close."""
