"""Was it worth it? Asked of the person themselves by a link, apart from any service's view."""
