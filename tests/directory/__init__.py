"""Tests of the package directory."""
