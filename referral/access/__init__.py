"""Who may do what: permissions, the role table, the actor and the guard on every page."""
