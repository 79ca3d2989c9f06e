"""What a machine may do to the program: its output is gone, a server's certificate is nobody's, one cannot be read."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cases.test_cases import SHORT, Run
from tests.cli.conftest import Outcome
from tests.conftest import ROOT


def in_a_shell(end: str) -> Outcome:
    """A summary whose output goes somewhere."""
    command = f'"{sys.executable}" -m summarizer summarize "{SHORT}" -m extractive {end}'
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment, check=False)
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    ("end", "said"),
    [(">&-", "standard output is closed"), (">/dev/full", "the output cannot be written (no space left on device)")],
    ids=["closed", "full"],
)
def test_95_an_output_that_is_gone(end: str, said: str) -> None:
    """One line, and the status of what cannot be written."""
    outcome = in_a_shell(end)
    (line,) = [line for line in outcome.err.splitlines() if line != "read by extractive"]
    assert (3, True) == (outcome.status, line.startswith(f"summarizer: {said}"))


class Quiet(BaseHTTPRequestHandler):
    """Is not reached."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name is the base class's
        """Keep the test's output clean."""


class Unsigned(HTTPServer):
    """Says nothing about clients that turn away."""

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust the certificate."""


@pytest.fixture
def unsigned(tmp_path: Path) -> Iterator[str]:
    """The address of a server whose certificate nobody signed."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Unsigned(("127.0.0.1", 0), Quiet) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"https://localhost:{server.server_port}/v1"
        server.shutdown()


def test_93_a_certificate_that_nobody_signed(run: Run, unsigned: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says so, and where an authority of one's own is named."""
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    outcome = run("summarize", SHORT, "-m", "openai/m", "--base-url", unsigned)
    (line,) = [line for line in outcome.err.splitlines() if line.startswith("summarizer: ")]
    assert (5, True, True) == (outcome.status, "certificate" in line, "SSL_CERT_FILE" in line)


def test_93_a_file_of_certificates_that_is_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a server without any, too."""
    monkeypatch.setenv("SSL_CERT_FILE", "/nope.pem")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    outcome = run("summarize", SHORT, "-m", "openai/m", "--base-url", "http://127.0.0.1:9/v1")
    (line,) = [line for line in outcome.err.splitlines() if line.startswith("summarizer: ")]
    assert (5, True) == (outcome.status, "SSL_CERT_FILE=/nope.pem" in line)
