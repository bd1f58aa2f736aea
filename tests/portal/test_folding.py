"""Names fold to one key, whatever script or marks they are typed with."""

from __future__ import annotations

import pytest

from portal.folding import fold


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Čukarica", "cukarica"),
        ("Чукарица", "cukarica"),
        ("ČUKARICA ", "cukarica"),
        ("Đurđevo", "djurdjevo"),
        ("Ђурђево", "djurdjevo"),
        ("Novi  Sad", "novi sad"),
        ("Obalno-kraška", "obalno kraska"),
        ("Žužemberk", "zuzemberk"),
        ("Љубовија", "ljubovija"),
        ("Ниш", "nis"),
        ("", ""),
        ("…", ""),
    ],
)
def test_fold_gives_one_key(typed, key):
    assert fold(typed) == key
