"""What an importer says when a file cannot be read: every problem with its file, row and reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One thing to mend: where it is and what to do."""

    file: str
    row: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, {self.row}: {self.message}"


class UnreadableImport(ValueError):
    """Raised when files have problems; nothing has been changed then."""

    def __init__(self, problems: list[ImportProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))
