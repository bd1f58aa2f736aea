"""Country pack Serbia."""
