"""How to reach a person after custody, when to ask how they are, and each attempt."""
