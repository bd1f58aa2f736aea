"""The Elasticsearch engine: the only place that knows the library of that name."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
