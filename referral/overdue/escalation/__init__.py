"""What is late: it goes from its owner to the team lead to the managers, and is never forgotten."""
