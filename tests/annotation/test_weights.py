"""Weights are used as published or not at all."""

import hashlib
import json

import pytest

from service.weights import UNVERIFIED, WeightsUnusable, unverified, verified

CONTENT = b"weights " * 1000


@pytest.fixture(name="directory")
def _directory(tmp_path):
    (tmp_path / "ar").mkdir()
    (tmp_path / "ar" / "news.pt").write_bytes(CONTENT)
    promised = {"sha256": hashlib.sha256(CONTENT).hexdigest(), "bytes": len(CONTENT)}
    (tmp_path / "manifest.json").write_text(json.dumps({"version": "news-2026.11", "files": {"ar/news.pt": promised}}), "utf-8")
    return tmp_path


def test_intact_weights_have_a_version_and_hashes(directory):
    """A directory that holds what its manifest promises is named by it."""
    weights = verified(directory)
    assert weights.version == "news-2026.11"
    assert weights.sha256 == {"ar/news.pt": hashlib.sha256(CONTENT).hexdigest()}


def test_a_missing_file_is_named(directory):
    """The message says which file is missing."""
    (directory / "ar" / "news.pt").unlink()
    with pytest.raises(WeightsUnusable, match=r"ar/news\.pt is missing"):
        verified(directory)


def test_a_truncated_file_is_refused(directory):
    """A half download is told by its size, with both sizes in the message."""
    (directory / "ar" / "news.pt").write_bytes(CONTENT[:-1])
    with pytest.raises(WeightsUnusable, match="7,999 bytes instead of 8,000: truncated"):
        verified(directory)


def test_one_flipped_bit_is_refused(directory):
    """A file of the right size and the wrong content is told by its hash."""
    (directory / "ar" / "news.pt").write_bytes(bytes([CONTENT[0] ^ 1]) + CONTENT[1:])
    with pytest.raises(WeightsUnusable, match="another SHA-256"):
        verified(directory)


NO_MANIFESTS = ("", "[]", "{}", '{"version": "x", "files": {}}', '{"version": "x", "files": {"a": {"sha256": "0"}}}', '{"version": "x", "files": 3}')


@pytest.mark.parametrize("manifest", NO_MANIFESTS)
def test_a_manifest_that_is_none_is_refused(directory, manifest):
    """What cannot be read as a manifest, or promises nothing, verifies nothing."""
    (directory / "manifest.json").write_text(manifest, "utf-8")
    with pytest.raises(WeightsUnusable, match=r"manifest\.json"):
        verified(directory)


def test_no_manifest_says_what_to_do(tmp_path):
    """The message names the setting that points elsewhere and the one that does without."""
    with pytest.raises(WeightsUnusable, match=r"ISNAD_MODELS_DIR.*ISNAD_VERIFY_MODELS"):
        verified(tmp_path)


def test_other_models_go_unverified(tmp_path):
    """Stanza's own models have no manifest of ours: they are used on demand, and the answer says that they are unverified."""
    with pytest.raises(WeightsUnusable, match=r"no resources\.json"):
        unverified(tmp_path)
    (tmp_path / "resources.json").write_text("{}", "utf-8")
    assert unverified(tmp_path).version == UNVERIFIED
