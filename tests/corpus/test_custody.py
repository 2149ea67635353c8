"""A process that answers, and what ends it: the article that does is found, the others are answered."""

import os
import signal
import threading
import time

import pytest

from service.corpus.custody import Custody, Unanswerable
from service.corpus.records import Record
from tests.corpus import stand_ins
from tests.corpus.conftest import article, lines_of
from tests.corpus.stand_ins import ENDLESS, FATAL, FAULTY, IDENTITY, SLOW


def records_of(*texts):
    return [Record(number, lines_of([article(number, text)])) for number, text in enumerate(texts, 1)]


@pytest.fixture(name="custody")
def _custody():
    custody = Custody(stand_ins.load, IDENTITY, {}, seconds=20)
    yield custody
    custody.close()


def reasons(outcomes):
    return [outcome["quarantine"][0]["reason"] if outcome["quarantine"] else None for outcome in outcomes]


def test_records_are_answered_in_order(custody):
    """One outcome a record, by its number."""
    outcomes = custody.outcomes("in.jsonl", records_of("قال الوزير إن الأمر انتهى.", "لا شيء", "قال المدير إن العمل بدأ."))
    assert [(outcome["record"], len(outcome["attributions"])) for outcome in outcomes] == [(1, 1), (2, 0), (3, 1)]
    assert outcomes[0]["attributions"][0] | {"file": "in.jsonl", "record": 1, "report": "a1"} == outcomes[0]["attributions"][0]


@pytest.mark.parametrize(
    ("word", "reason", "detail"),
    [
        (FATAL, "died", "its process ended: SIGKILL"),
        (FAULTY, "exception", "ZeroDivisionError: division by zero"),
        (ENDLESS, "slow", "no answer within 2 s"),
    ],
)
def test_a_poison_article_is_set_apart(word, reason, detail):
    """What kills the process, fails in it or hangs it is in quarantine with its line; those that were asked with it are answered."""
    custody = Custody(stand_ins.load, IDENTITY, {}, seconds=2 if word == ENDLESS else 20)
    poisoned = records_of("قال الوزير إن الأمر انتهى.", f"هذا خبر {word}", "قال المدير إن العمل بدأ.")
    outcomes = custody.outcomes("in.jsonl", poisoned)
    custody.close()
    assert reasons(outcomes) == [None, reason, None]
    assert outcomes[1]["quarantine"] == [{"file": "in.jsonl", "record": 2, "reason": reason, "detail": detail, "line": poisoned[1].line}]
    assert len(outcomes[2]["attributions"]) == 1


def test_no_article_is_blamed_for_a_killed_process(custody):
    """A process that somebody kills while it answers is replaced, and asked for the same again."""
    assert reasons(custody.outcomes("in.jsonl", records_of("لا شيء"))) == [None]
    process, _ = custody._kept
    threading.Timer(0.3, os.kill, (process.pid, signal.SIGKILL)).start()
    assert reasons(custody.outcomes("in.jsonl", records_of(*[f"خبر {SLOW}"] * 50))) == [None] * 50
    assert custody._kept[0].pid != process.pid


def test_nothing_is_lost_with_an_idle_process(custody):
    """A process that dies between two calls is replaced by the next."""
    custody.outcomes("in.jsonl", records_of("لا شيء"))
    custody._kept[0].kill()
    custody._kept[0].join()
    assert reasons(custody.outcomes("in.jsonl", records_of("لا شيء"))) == [None]


@pytest.mark.parametrize(
    ("load", "told"),
    [
        (stand_ins.load_nothing, "FileNotFoundError: no weights"),
        (stand_ins.load_and_die, "ends before it is ready: SIGKILL"),
        (stand_ins.load_another, "another engine than the corpus was begun with: lexicon another instead of test"),
    ],
)
def test_an_engine_that_cannot_answer_blames_no_article(load, told):
    """Models that are not there, a process that has no room and another engine end the run; no article is in quarantine for it."""
    custody = Custody(load, IDENTITY, {}, seconds=20)
    with pytest.raises(Unanswerable, match=told):
        custody.outcomes("in.jsonl", records_of("لا شيء"))
    custody.close()


def test_a_process_ends_with_its_keeper(custody):
    """A keeper that is gone leaves no process behind: the pipe it reads is closed."""
    custody.outcomes("in.jsonl", records_of("لا شيء"))
    process, pipe = custody._kept
    pipe.close()
    process.join(20)
    assert process.exitcode == 0


def test_closing_stops_a_call_that_waits(custody):
    """Whoever waits for an answer in another thread hears that it will not come."""
    custody.outcomes("in.jsonl", records_of("لا شيء"))
    raised = []

    def ask():
        try:
            custody.outcomes("in.jsonl", records_of(ENDLESS))
        except Unanswerable as error:
            raised.append(str(error))

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.3)
    custody.close()
    asking.join(20)
    assert raised == ["stopped"]
