"""docs/client.md as a notebook: every example, in order, in one session, against the service with its models."""

import doctest
from pathlib import Path

import pytest
from sybil.document import Document
from sybil.parsers.markdown import PythonCodeBlockParser

from tests.conftest import MODELS
from tests.servers import serving

PAGE = Path(__file__).resolve().parents[2] / "docs" / "client.md"
EXAMPLES = 20


@pytest.mark.skipif(not (MODELS / "manifest.json").is_file(), reason="models/ holds no weights")
def test_every_example_of_the_page_is_true(monkeypatch):
    """What a reader sees is what the service answers."""
    examples = list(Document.parse(str(PAGE), PythonCodeBlockParser(doctest_optionflags=doctest.FAIL_FAST)).examples())
    assert len(examples) >= EXAMPLES
    with serving(application=None, ISNAD_MODELS_DIR=MODELS, WEB_CONCURRENCY="1") as server:
        monkeypatch.setenv("ISNAD_URL", f"http://127.0.0.1:{server.port}")
        for example in examples:
            example.evaluate()
        for client in (example.document.namespace["client"], example.document.namespace["patient"]):
            client.close()
