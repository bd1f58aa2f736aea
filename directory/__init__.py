"""Organizations, services and places: the directory, named as HSDS names things."""
