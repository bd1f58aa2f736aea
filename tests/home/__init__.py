"""Tests of the package home."""
