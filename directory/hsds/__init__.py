"""HSDS 3.1: what leaves the house as data for machines (profile: docs/hsds-profile.md)."""
