"""A corpus on a Ray cluster of two nodes, both on this machine: an actor killed, a node lost, and the bytes of one process."""

import os
import signal
import threading
from contextlib import suppress

import pytest
import ray
from ray.cluster_utils import Cluster

from service.corpus.custody import Unanswerable
from tests.corpus import stand_ins
from tests.corpus.conftest import article, digests, lines_of, wait_for_shards
from tests.corpus.stand_ins import FATAL, FAULTY, SLOW

STORE_BYTES = 80 * 1024 * 1024
QUICK = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 500, "health_check_failure_threshold": 3}  # to see that a node is lost


@pytest.fixture(name="cluster")
def _cluster(notes):  # noqa: ARG001 — actors inherit the variable that it sets
    """Return a cluster of two nodes of one core each, and a head that answers nothing, so that either may be lost."""
    head = {"num_cpus": 0, "object_store_memory": STORE_BYTES, "include_dashboard": False, "_system_config": QUICK}
    cluster = _patiently(lambda: Cluster(initialize_head=True, head_node_args=head))
    cluster.answering = [_patiently(lambda: cluster.add_node(num_cpus=1, object_store_memory=STORE_BYTES)) for _ in range(2)]
    ray.init(address=cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def _patiently(start):
    """Return what starts; on a busy machine a node may miss the half minute that Ray gives it."""
    for _ in range(2):
        with suppress(Exception):  # Ray raises it bare
            return start()
    return start()


@pytest.fixture(name="slow_articles")
def _slow_articles(tmp_path):
    """Return a pattern of two files, poison among their articles, slow enough for a disaster to come in between."""
    texts = {20: f"خبر {FATAL}", 70: f"خبر {FAULTY}"}
    for name, numbers in {"a": range(60), "b": range(60, 120)}.items():
        lines = lines_of(article(number, texts.get(number, f"قال الوزير إن الأمر انتهى. {SLOW}")) for number in numbers)
        (tmp_path / f"{name}.jsonl").write_bytes(lines + b"not JSON\n")
    return f"{tmp_path}/*.jsonl"


def test_a_cluster_survives_and_answers_as_one_process_does(corpus, cluster, slow_articles, tmp_path):
    """An actor is killed and then a node lost: every article is answered or set apart, and the files are those of one process."""
    killed = []

    def strike():
        wait_for_shards(tmp_path / "out", 3)
        killed.append(int(stand_ins.noted("keepers")[0]))
        os.kill(killed[0], signal.SIGKILL)
        wait_for_shards(tmp_path / "out", 7)
        cluster.remove_node(cluster.answering[0], allow_graceful=False)

    striking = threading.Thread(target=strike)
    striking.start()
    counts = corpus(slow_articles, tmp_path / "out", engine="ray", workers=None).counts
    striking.join()
    assert killed
    assert counts.reasons == {"died": 1, "exception": 1, "invalid": 2}
    assert corpus(slow_articles, tmp_path / "alone").counts == counts
    assert digests(tmp_path / "out") == digests(tmp_path / "alone")

    with pytest.raises(Unanswerable, match="no weights"):
        corpus(slow_articles, tmp_path / "unusable", engine="ray", workers=1, load=stand_ins.load_nothing)
