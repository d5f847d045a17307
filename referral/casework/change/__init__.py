"""The same short measures asked again after weeks, and how far somebody has come since."""
