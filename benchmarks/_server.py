"""The site as it is served, with the least page that a browser can paint beside it at ``/hello``; http or https."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HELLO = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hello</title>'
    b'<meta name="viewport" content="width=device-width"></head><body><p>Hello</p></body></html>'
)


def load(target: str) -> Callable[..., Any]:
    """Return the application, whole before the first connection (granian calls this in its worker)."""
    from tools.server import load as load_site

    site = load_site(target)

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/hello":
            return site(environ, start)  # type: ignore[no-any-return]
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(HELLO)))])
        return [HELLO]

    return application


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 with its issuer's, as large as real ones are, and its key; return both."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    now = datetime.now(UTC)
    issuer_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))

    def certificate(name: str, public: rsa.RSAPublicKey) -> bytes:
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Bench")])
        made = x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number())
        made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        return made.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(
        certificate("127.0.0.1", key.public_key()) + certificate("Bench", issuer_key.public_key())
    )
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return chain, private


def main() -> int:
    """Serve until SIGTERM."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    parser = argparse.ArgumentParser()
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--tls", type=Path, help="a folder for the certificate; without it, plain http")
    options = parser.parse_args()
    tls = {}
    if options.tls:
        tls["ssl_cert"], tls["ssl_key"] = write_certificate(options.tls)
    server = Granian(
        "portal.wsgi:application",
        address="127.0.0.1",
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.error,
        **tls,
    )
    server.serve(target_loader=load)
    return 0


if __name__ == "__main__":
    sys.exit(main())
