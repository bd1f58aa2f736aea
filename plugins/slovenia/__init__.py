"""Country pack Slovenia."""
