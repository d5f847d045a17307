"""How a person is to be reached after custody, when they are asked how they are, and each try."""
