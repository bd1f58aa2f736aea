"""The engines; reached through the port only."""
