"""The index in Elasticsearch as a follower of the database's: level with it, or known not to be."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from portal.plugins import Progress
from search import analysis
from search.engines import following
from search.engines.elasticsearch import mapping
from search.engines.elasticsearch.cluster import Cluster
from search.engines.elasticsearch.facts import HERE, body, document_id
from search.engines.elasticsearch.shape import Shape
from search.engines.fallback import Behind, NotAnswering
from search.engines.following import Head
from search.models import IndexedDocument

STATE = "state"
"""The identifier of the document that says up to which change the index goes."""
YOUNG = 120.0
"""Seconds in which an index without the alias may be one that another process is building."""
TURNS = 20


@dataclass(frozen=True, slots=True)
class State:
    """Up to which change an index goes, how much it holds, and what a query must know of its documents."""

    head: Head
    generation: int
    documents: int
    shape: Shape

    @classmethod
    def read(cls, source: Mapping[str, Any]) -> State:
        """Return the state that :meth:`written` wrote; one of another making is behind."""
        found = source.get("state") or {}
        if (found.get("analysis"), found.get("layout")) != (analysis.ANALYSIS_VERSION, mapping.LAYOUT):
            raise Behind("The index in Elasticsearch was made by another analysis: it is built anew.")
        head, shape = Head(found["change"], found["mark"]), Shape.read(found["shape"])
        return cls(head, found["generation"], found["documents"], shape)

    def written(self) -> dict[str, Any]:
        """Return the document of this state."""
        state = {
            "analysis": analysis.ANALYSIS_VERSION,
            "layout": mapping.LAYOUT,
            "change": self.head.number,
            "mark": self.head.mark,
            "generation": self.generation,
            "documents": self.documents,
            "shape": self.shape.written(),
        }
        return {"kind": "", "flags": [HERE], "state": state}


class Store:
    """Writes the index: change by change, or as a whole into a new index behind the same alias."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def state(self) -> State:
        """Return up to which change the index goes."""
        return State.read(self._cluster.get(STATE))

    def catch_up(self) -> None:
        """Send what changed since the index's state; :class:`Behind` when that cannot be told."""
        state = self.state()
        for _ in range(TURNS):
            if (head := following.newest()) == state.head:
                return
            state = self._follow(state, head, "")
        raise Behind("The index in Elasticsearch is behind the database.")

    def _follow(self, state: State, head: Head, index: str) -> State:
        """Send the changes between a state and ``head``; what is read may be newer, never older."""
        changed = following.keys_since(state.head)
        if changed is None or state.generation != following.generation():
            raise Behind("The index in Elasticsearch is too far behind the database: it is built anew.")
        shape = deepcopy(state.shape)
        for kind, keys in changed.items():
            for start in range(0, len(keys), following.BATCH):
                part = keys[start : start + following.BATCH]
                rows = following.rows_of(state.generation, kind, part)
                gone = set(part) - {row.key for row in rows}
                actions = self._writing(rows, shape, head, index)
                actions += [_deleting(document_id(kind, key), head) for key in sorted(gone)]
                self._cluster.send(actions, index)
        fresh = State(head, state.generation, following.number_of_documents(state.generation), shape)
        self._note(fresh, index)
        return fresh

    def _writing(
        self, rows: Iterable[IndexedDocument], shape: Shape, head: Head, index: str
    ) -> list[Mapping[str, Any]]:
        sent = [(document_id(row.kind, row.key), body(row, shape)) for row in rows]
        if fields := mapping.brought(document for _identifier, document in sent):
            self._cluster.add_fields(fields, index)
        return [
            line
            for identifier, document in sent
            for line in (_versioned("index", identifier, head), document)
        ]

    def _note(self, state: State, index: str) -> None:
        """Write the state down and make all that was sent visible."""
        self._cluster.send([_versioned("index", STATE, state.head), state.written()], index, refresh=True)

    # --- the whole ---------------------------------------------------------------------------------------

    def rebuild(self, progress: Progress | None = None, *, is_forced: bool = False) -> None:
        """Build a new index beside the old one and let the alias name it at the end."""
        self._sweep(is_forced)
        build = f"{int(time.time() * 1000)}-{secrets.token_hex(3)}"
        index = f"{self._cluster.alias}-{build}"
        self._cluster.create(index, mapping.index_body(build))
        try:
            state = self._copy(index, progress)
            self._cluster.merge(index)
            self._finish(index, state)
        except BaseException:
            self._cluster.delete(index)
            raise

    def _sweep(self, is_forced: bool) -> None:
        """Delete what killed builds left; unless forced, leave it to another process that builds just now."""
        behind_alias = self._cluster.mappings() if self._cluster.is_there(self._cluster.alias) else {}
        for index, made in self._cluster.indices().items():
            if index in behind_alias:
                continue
            if not is_forced and time.time() - made / 1000 < YOUNG:
                raise NotAnswering("Another process is building the index in Elasticsearch.")
            self._cluster.delete(index)

    def _copy(self, index: str, progress: Progress | None) -> State:
        head, generation = following.newest(), following.generation()
        shape = Shape(large=following.facets_of_many_values(generation))
        total, done = following.number_of_documents(generation), 0
        for rows in following.all_rows(generation):
            self._cluster.send(self._writing(rows, shape, head, index), index, patient=True)
            done += len(rows)
            if progress:
                progress("elasticsearch", done, max(done, total))
        return State(head, generation, done, shape)

    def _finish(self, index: str, state: State) -> None:
        """Take over what changed meanwhile, look whether all is there, and swap."""
        self._note(state, index)
        for _ in range(TURNS):
            if (head := following.newest()) == state.head:
                break
            state = self._follow(state, head, index)
        state = State(
            state.head, state.generation, following.number_of_documents(state.generation), state.shape
        )
        self._note(state, index)
        if self._cluster.count(index) != state.documents + 1 and following.newest() == state.head:
            raise NotAnswering("The new index in Elasticsearch is not whole; the old one stays.")
        self._cluster.swap(index)

    # --- health ------------------------------------------------------------------------------------------

    def wrong_making(self) -> str:
        """Return what is wrong with the index's fields or its making."""
        return _wrong_mapping(self._cluster.mappings())

    def health(self) -> str:
        """Return an empty string when the index is whole, level and of the right making."""
        try:
            if problem := self.wrong_making():
                return problem
            if self._cluster.status() == "red":
                return "The index in Elasticsearch is red: some of it cannot be read."
            state = self.state()
        except NotAnswering as error:
            return str(error)
        if self._cluster.count(self._cluster.alias) != state.documents + 1:
            return "The index in Elasticsearch does not hold what the database holds: run manage.py rebuild_index."
        if state.head != following.newest():
            return "The index in Elasticsearch is behind the database."
        return ""


def _wrong_mapping(found: Mapping[str, dict[str, Any]]) -> str:
    if len(found) != 1:
        return "The search alias in Elasticsearch does not name one index: run manage.py rebuild_index."
    [(_name, one)] = found.items()
    meta = one.get("_meta", {})
    if (meta.get("analysis"), meta.get("layout")) != (analysis.ANALYSIS_VERSION, mapping.LAYOUT):
        return "The index in Elasticsearch was made by another analysis: run manage.py rebuild_index."
    if wrong := mapping.wrong_fields(one):
        return f"Fields of the index in Elasticsearch are wrong ({', '.join(wrong)}): run manage.py rebuild_index."
    return ""


def _versioned(action: str, identifier: str, head: Head) -> dict[str, Any]:
    """Return a bulk action that never puts an older change over a newer one."""
    return {action: {"_id": identifier, "version": head.number, "version_type": "external_gte"}}


def _deleting(identifier: str, head: Head) -> dict[str, Any]:
    return _versioned("delete", identifier, head)
