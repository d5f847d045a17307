"""What somebody said that ends or changes everything: died, wrong number, moved away."""
