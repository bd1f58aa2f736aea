"""Country packs that come with the portal; each could move out unchanged."""
