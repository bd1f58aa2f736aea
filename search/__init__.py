"""Finding: the search port and its engines; knows nothing of services or pages."""
