"""Referrals to services: what is sent, what is answered."""
