"""Two records that were joined are two people after all: each gets back exactly what was theirs."""
