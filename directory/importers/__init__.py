"""Readers of files: each turns a file into records and never touches the database."""

from directory.importers.errors import ImportProblem, UnreadableImport
from directory.importers.pack import read_pack, read_pages

__all__ = ["ImportProblem", "UnreadableImport", "read_pack", "read_pages"]
