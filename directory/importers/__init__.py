"""Readers of files: each turns a file into records and never touches the database."""

from directory.importers.errors import ImportProblem, UnreadableImport
from directory.importers.pack import read_pack, read_pages
from directory.importers.settlements import SettlementRecord, read_settlements

__all__ = [
    "ImportProblem",
    "SettlementRecord",
    "UnreadableImport",
    "read_pack",
    "read_pages",
    "read_settlements",
]
