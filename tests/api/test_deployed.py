"""The service as it is deployed, weights and all, in real processes."""

import json
import shutil
import subprocess

import pytest

from tests.conftest import MODELS
from tests.servers import serving

pytestmark = pytest.mark.skipif(not (MODELS / "manifest.json").is_file(), reason="models/ holds no weights")

READ_ONLY = ("unshare", "-m", "sh", "-c", 'mount -o remount,bind,ro / && exec "$@"', "sh")
ARTICLE = {"text": "قال وزير الخارجية أحمد سالم للصحفيين إن المحادثات ستستأنف غدا. وأضاف أن الوفد سيصل مساء."}


def assert_answers(server):
    """Both workers answer, and they answer the same."""
    answers = [server.post(ARTICLE) for _ in range(12)]
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    report = json.loads(answers[0].body)
    assert [attribution["cue"]["text"] for attribution in report["attributions"]] == ["قال", "وأضاف"] or len(report["attributions"]) == 2
    assert report["versions"]["models"] == json.loads((MODELS / "manifest.json").read_text("utf-8"))["version"]


@pytest.mark.parametrize("threads", [None, "1", "4"])
def test_forked_workers_answer(threads):
    """However many threads the environment asks of OpenMP, models loaded before the fork work after it."""
    variables = {} if threads is None else {"OMP_NUM_THREADS": threads}
    with serving(application=None, ISNAD_MODELS_DIR=MODELS, **variables) as server:
        assert_answers(server)


def test_it_needs_no_network_and_writes_no_file():
    """Start, load and answer without a name resolved, a connection made or a file opened for writing."""
    with serving(application="tests.offline_app:application()", ISNAD_MODELS_DIR=MODELS) as server:
        assert_answers(server)


def test_it_runs_on_a_read_only_file_system():
    """With everything mounted read-only but /dev/shm, as the Dockerfile's container has it, it starts and answers."""
    if not (shutil.which("unshare") and _may_remount()):
        pytest.skip("mounting needs privileges that this run does not have")
    with serving(application=None, wrapper=READ_ONLY, ISNAD_MODELS_DIR=MODELS, HOME="/nonexistent") as server:
        assert_answers(server)


def _may_remount():
    return subprocess.run([*READ_ONLY, "true"], capture_output=True, check=False).returncode == 0
