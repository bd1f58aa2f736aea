"""Every page that comes in files reads plainly in every language (R75); ``./run bench reading`` prints it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from home.written import Written, written

ROOT = Path(__file__).resolve().parents[2]
TEXTS = list(written())


def test_there_is_something_to_measure_in_the_first_languages():
    by_language = {code: sum(text.language == code for text in TEXTS) for code in settings.PORTAL_LANGUAGES}
    assert min(by_language[code] for code in ("en", "sr-latn", "sr-cyrl", "sl")) >= 45


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.key}-{text.language}")
def test_no_text_is_over_a_limit(text):
    assert (text.faults, text.long_sentences) == ([], []), text.reading


def test_a_hard_text_is_over_every_limit():
    hard = " ".join(["Unquestionably"] + ["administrative"] * 24) + ". "
    assert Written("hard", "en", hard * 6).faults == ["average", "longest", "lix"]


def test_the_benchmark_prints_a_line_for_each_page():
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", "--language", "sl"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"DJANGO_SETTINGS_MODULE": "portal.settings.test", "PATH": "/usr/bin:/bin"},
    )
    lines = answer.stdout.splitlines()
    assert (answer.returncode, lines[-1].endswith("0 over a limit.")) == (0, True), answer.stdout[-500:]
    assert any(line.startswith("sl        si-stay") for line in lines)
