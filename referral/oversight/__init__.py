"""The trail, looks at joined records, and who may do what: for the privacy guardian and all."""
