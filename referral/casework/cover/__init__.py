"""Who stands in while somebody of the team is on leave."""
