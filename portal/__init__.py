"""The ground floor: languages, plugins, privacy, base templates; imports no package above it."""
