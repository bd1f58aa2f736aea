"""Loading and saving the guided finder's questions: what editors changed is kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from directory import models
from directory.actions.columns import assign, digest, replace_rows, text_columns
from directory.actions.importing import ImportReport
from directory.actions.publishing import save_record
from directory.choices import FinderKind, OrganizationKind
from directory.finder_values import is_value
from directory.importers.errors import ImportProblem, UnreadableImport
from directory.importers.files import read_json

FINDER_FILE = Path(__file__).resolve().parents[1] / "data" / "finder.json"
TEXTS = ("title", "title_other", "text", "text_other", "text_none")


def load_finder(path: Path = FINDER_FILE) -> ImportReport:
    """Create or update the finder's questions from their file; a question edited here is kept.

    Raises ``UnreadableImport`` for a file that cannot be read or that names what does not exist.
    """
    rows: list[dict[str, Any]] = read_json(path, [])
    if problems := list(_problems(rows, path.name)):
        raise UnreadableImport(problems)
    report = ImportReport()
    with transaction.atomic():
        due = [row for row in rows if _load_question(row, report)]
        questions = {question.key: question for question in models.FinderQuestion.objects.all()}
        for row in due:
            _link(questions[row["key"]], row, questions)
    return report


def save_finder_question(question: models.FinderQuestion) -> models.FinderQuestion:
    """Check and save a question with its answers; later loads keep it. Raises ``ValidationError``."""
    question.locally_edited = True
    return save_record(question)


def _problems(rows: list[dict[str, Any]], file: str) -> list[ImportProblem]:
    keys = {row["key"] for row in rows}
    found = []
    for row in rows:
        bad = [] if row["kind"] in FinderKind.values else [f"kind {row['kind']!r}"]
        if row.get("organization_kind", "") not in ("", *OrganizationKind.values):
            bad.append(f"organization_kind {row['organization_kind']!r}")
        for answer in row.get("answers", []):
            if answer.get("next", row["key"]) not in keys:
                bad.append(f"question {answer['next']!r}")
            if answer.get("filter") and not is_value(answer["filter"], answer.get("value", "")):
                bad.append(f"{answer['filter']} {answer.get('value')!r}")
        found += [ImportProblem(file, row["key"], f"not understood: {word}") for word in bad]
    return found


def _load_question(row: Mapping[str, Any], report: ImportReport) -> bool:
    """Write a question without its links; return whether its links are to be written too."""
    key, mark = row["key"], digest(row)
    question = models.FinderQuestion.objects.filter(key=key).first()
    if question is not None and (question.locally_edited or question.loaded_digest == mark):
        (report.unchanged if question.loaded_digest == mark else report.kept).append(key)
        return False
    (report.updated if question else report.created).append(key)
    question = question or models.FinderQuestion(key=key)
    values = {name: row.get(name, "") for name in ("kind", "order", "organization_kind", "pages")}
    values |= {name: bool(row.get(name)) for name in ("branch", "shows_lines")}
    values["term"] = models.TaxonomyTerm.objects.filter(key=row.get("term", "")).first()
    for name in TEXTS:
        values |= text_columns(name, row.get(name, {}))
    assign(question, {**values, "loaded_digest": mark})
    question.save()
    return True


def _link(
    question: models.FinderQuestion, row: Mapping[str, Any], questions: Mapping[str, models.FinderQuestion]
) -> None:
    """Set what points to other questions, once all of them exist."""
    question.next = questions.get(row.get("next", ""))
    question.save()
    answers = [
        {
            "order": order,
            "icon": answer.get("icon", ""),
            "filter": answer.get("filter", ""),
            "value": answer.get("value", ""),
            "for_other": bool(answer.get("for_other")),
            "next": questions.get(answer.get("next", "")),
            **text_columns("text", answer.get("text", {})),
            **text_columns("text_other", answer.get("text_other", {})),
        }
        for order, answer in enumerate(row.get("answers", []))
    ]
    replace_rows(models.FinderAnswer, {"question": question}, answers)
