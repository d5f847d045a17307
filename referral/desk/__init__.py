"""Who is this? Somebody new, or somebody who comes back and goes on where they stopped."""
