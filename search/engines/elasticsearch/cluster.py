"""The connection to Elasticsearch: every request goes through here, and every failure is put into one word."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.engines.elasticsearch.in_time import InTimeNode
from search.engines.fallback import Behind, NotAnswering

QUERY_SECONDS = 0.3
EDIT_SECONDS = 2.0
BUILD_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server is and how to speak to it; all from the environment."""

    url: str
    prefix: str = "sidro"
    user: str = ""
    password: str = ""
    api_key: str = ""
    certificates: str = ""
    seconds: float = QUERY_SECONDS


def address() -> Address:
    """Return the address that the environment names."""
    read = os.environ.get
    return Address(
        url=read("ELASTICSEARCH_URL", ""),
        prefix=read("ELASTICSEARCH_PREFIX", "sidro"),
        user=read("ELASTICSEARCH_USER", ""),
        password=read("ELASTICSEARCH_PASSWORD", ""),
        api_key=read("ELASTICSEARCH_API_KEY", ""),
        certificates=read("ELASTICSEARCH_CA", ""),
        seconds=float(read("ELASTICSEARCH_SECONDS", "") or QUERY_SECONDS),
    )


def _client(where: Address) -> Elasticsearch:
    options: dict[str, Any] = {
        "node_class": InTimeNode,
        "max_retries": 0,
        "retry_on_timeout": False,
        "request_timeout": where.seconds,
    }
    if where.user:
        options["basic_auth"] = (where.user, where.password)
    if where.api_key:
        options["api_key"] = where.api_key
    if where.certificates:
        options["ca_certs"] = where.certificates
    return Elasticsearch(where.url, **options)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn whatever the client raises into a sentence without a word of the query."""
    try:
        yield
    except NotFoundError as error:
        raise Missing(f"Elasticsearch has no {what}.") from error
    except ApiError as error:
        raise NotAnswering(f"Elasticsearch refused {what} with status {error.meta.status}.") from None
    except TransportError as error:
        raise NotAnswering(f"Elasticsearch does not answer ({type(error).__name__}).") from None


class Missing(Behind):
    """What was asked for is not there: the index is to be built."""


class Cluster:
    """The few requests that the engine makes; each raises :class:`NotAnswering` when it fails."""

    def __init__(self, where: Address) -> None:
        self.alias = where.prefix
        self._client = _client(where)
        self._edit_seconds = max(EDIT_SECONDS, where.seconds)

    def search(self, searches: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the responses of several searches, made one after the other in this order."""
        header = {"index": self.alias, "allow_partial_search_results": False}
        lines = [line for search in searches for line in (header, search)]
        with _told("search"):
            found = self._client.msearch(searches=lines, max_concurrent_searches=1).body["responses"]
        for response in found:
            if response.get("status", 200) == 404:
                raise Missing("Elasticsearch has no search index.")
            if "error" in response or response.get("timed_out"):
                raise NotAnswering(f"Elasticsearch refused a search with status {response.get('status')}.")
        return list(found)

    def get(self, identifier: str) -> dict[str, Any]:
        """Return a stored document as it is now, refreshed or not."""
        with _told("search index"):
            source: dict[str, Any] = self._client.get(index=self.alias, id=identifier).body["_source"]
            return source

    def send(
        self,
        actions: Sequence[Mapping[str, Any]],
        index: str = "",
        *,
        refresh: bool = False,
        patient: bool = False,
    ) -> None:
        """Write several documents; an older version of what is there is no error, anything else is."""
        if not actions:
            return
        client = self._client.options(request_timeout=BUILD_SECONDS if patient else self._edit_seconds)
        with _told("writing"):
            found = client.bulk(
                operations=list(actions), index=index or self.alias, refresh=refresh, require_alias=not index
            ).body
        told = [one for item in found["items"] for one in item.values()]
        if failed := sum(_is_failure(one) for one in told):
            raise NotAnswering(f"Elasticsearch did not take {failed} of {len(told)} documents.")

    def create(self, index: str, body: Mapping[str, Any]) -> None:
        """Make an index."""
        with _told("a new index"):
            self._build().indices.create(index=index, **body)

    def add_fields(self, fields: Mapping[str, Any], index: str = "") -> None:
        """Add fields to a mapping; fields that are there stay."""
        with _told("new fields"):
            self._build().indices.put_mapping(index=index or self.alias, properties=dict(fields))

    def merge(self, index: str) -> None:
        """Make an index quick to read, and visible."""
        with _told("merging"):
            self._build().indices.forcemerge(index=index, max_num_segments=1)
            self._build().indices.refresh(index=index)

    def count(self, index: str) -> int:
        """Return the number of visible documents of an index."""
        with _told("counting"):
            return int(
                self._client.options(request_timeout=self._edit_seconds).count(index=index).body["count"]
            )

    def mappings(self) -> dict[str, dict[str, Any]]:
        """Return the mapping of each index behind the alias; as quick as a search, of which it is a part."""
        with _told("search index"):
            found = self._client.indices.get_mapping(index=self.alias).body
        return {name: each["mappings"] for name, each in found.items()}

    def status(self) -> str:
        """Return "green", "yellow" or "red" of the index."""
        with _told("search index"):
            client = self._client.options(request_timeout=self._edit_seconds)
            return str(client.cluster.health(index=self.alias, timeout="1s").body["status"])

    def indices(self) -> dict[str, int]:
        """Return our indices with the time of their making in milliseconds."""
        with _told("indices"):
            client = self._client.options(request_timeout=self._edit_seconds)
            found = client.indices.get_settings(index=f"{self.alias}-*").body
        return {name: int(each["settings"]["index"]["creation_date"]) for name, each in found.items()}

    def is_there(self, index: str) -> bool:
        """Whether an index or alias of this name exists."""
        with _told("index"):
            return bool(self._client.options(request_timeout=self._edit_seconds).indices.exists(index=index))

    def swap(self, index: str) -> None:
        """Let the alias name this index and no other, in one step; the others go."""
        with _told("alias"):
            there = self._build().indices.get(index=self.alias, ignore_unavailable=True).body
            actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": self.alias}}]
            actions += [{"remove_index": {"index": old}} for old in there if old != index]
            self._build().indices.update_aliases(actions=actions)

    def delete(self, index: str) -> None:
        """Delete an index; one that is not there is no error."""
        with _told("index"):
            self._build().indices.delete(index=index, ignore_unavailable=True)

    def _build(self) -> Elasticsearch:
        return self._client.options(request_timeout=BUILD_SECONDS)


def _is_failure(told: Mapping[str, Any]) -> bool:
    """Whether a document was not taken; deleting what is not there and an older version are none."""
    return told["status"] not in (200, 201, 404, 409) or (told["status"] == 404 and "error" in told)
