"""The published JSON contract: what a service's own program may see and say, as its pages may."""
