"""One case as its worker sees it, and the decisions on it: agree, withdraw, unmet need, close."""
