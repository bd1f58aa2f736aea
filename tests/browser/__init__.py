"""Whole journeys, as a visitor makes them."""
