"""After somebody took back their yes: each service says that it has stopped, or somebody rings."""
