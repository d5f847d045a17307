"""The page kit: forms, fields, filters and one-time submit keys. It knows nothing of the domain."""
