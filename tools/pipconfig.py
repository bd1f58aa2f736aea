"""Indexes, proxies and certificates as pip is told them, so that uv and our own download follow too."""

from __future__ import annotations

import configparser
import os
import sys
from collections.abc import Mapping
from pathlib import Path

# pip's option -> uv's variable. uv reads neither pip's variables nor its files.
FOR_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "no-index": "UV_NO_INDEX",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}


def config_files(env: Mapping[str, str]) -> list[Path]:
    """Return pip's configuration files, the strongest last."""
    home = Path(env.get("HOME", "~")).expanduser()
    shared = env.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")
    files = [Path(folder) / "pip" / "pip.conf" for folder in reversed(shared) if folder]
    files += [Path("/etc/pip.conf"), home / ".pip" / "pip.conf"]
    files += [Path(env.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / "pip.conf"]
    files += [Path(sys.prefix) / "pip.conf"]
    named = env.get("PIP_CONFIG_FILE")
    if named == os.devnull:
        return []
    return [*files, Path(named)] if named else files


def pip_options(env: Mapping[str, str]) -> dict[str, str]:
    """Return the options of ``FOR_UV`` that pip's files and variables set."""
    found: dict[str, str] = {}
    for file in config_files(env):
        reader = configparser.RawConfigParser()
        try:
            reader.read(file, encoding="utf-8")
        except (OSError, configparser.Error, UnicodeDecodeError):
            continue
        for section in ("global", "install"):
            if reader.has_section(section):
                found |= {
                    key.replace("_", "-"): " ".join(value.split()) for key, value in reader.items(section)
                }
    for name in FOR_UV:
        value = env.get(f"PIP_{name.replace('-', '_').upper()}")
        if value is not None:
            found[name] = value
    return {name: found[name] for name in FOR_UV if found.get(name)}


def uv_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return ``env`` with pip's settings said in uv's words; what is set for uv itself wins."""
    result = dict(env)
    for name, value in pip_options(env).items():
        result.setdefault(FOR_UV[name], ",".join(value.split()) if name == "find-links" else value)
    return result
