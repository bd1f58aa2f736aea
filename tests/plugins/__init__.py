"""Tests of plugins: the contract suite, the bundled packs and a third-party example."""
