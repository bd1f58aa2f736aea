"""Settings in four small files; only the server, the commands and the tests import them."""
