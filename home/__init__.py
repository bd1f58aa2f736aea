"""The site's pages: front page, rights, guidance."""
