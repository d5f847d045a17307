"""The second factor: asked at sign-in, set up, renewed and removed."""
