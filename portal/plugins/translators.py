"""What a machine translator is to the portal, so that a plugin can bring one and a site may have several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable


@runtime_checkable
class MachineTranslator(Protocol):
    """Translates sentences by machine; what it gives is marked as such until a person has read it.

    ``name`` is shown to editors. Texts are sentences that may hold inline HTML (``<b>``, ``<a id="a1">``), which
    must come back as it was. A translator that asks another computer for help belongs into a plugin of its own.
    """

    name: str

    def can_translate(self, source_language: str, target_language: str) -> bool:
        """Tell whether this pair of codes of the catalogue is offered; asks nobody."""
        ...

    def translate(self, source_language: str, target_language: str, texts: Sequence[str]) -> Sequence[str]:
        """Return the translations in the order of ``texts``; an empty one means that there is none."""
        ...
