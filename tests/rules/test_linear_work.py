"""The rules' work grows with the text, not with its square: executed lines are counted, for seconds depend on the machine."""

import sys
from pathlib import Path

import pytest

from service import extraction
from service.attribution import Article
from service.extraction import Extractor
from tests.rules.factories import annotate

SERVICE = str(Path(extraction.__file__).parent)
NEWS = """قالت وزارة النقل في بيانها رقم {0} إن الجسر سيغلق {0} يوما، مشيرة إلى أن الحافلات ستغير مسارها. وأضافت أن العمل سيجري ليلا.
ونقلت وكالة رويترز عن مهندس المشروع {0} قوله: «الأعمدة سليمة. سنبدل {0} لوحا وحدها». وبحسب البلدية، تكلف الأعمال {0} ألفا.
"""
QUOTED = "وقال الحارس رقم {0}: «قال المدير إن الباب {0} مغلق، وأكد أن المفتاح ضاع».\n"
STRAY = "قال الرجل: «لا أعرف الرقم {0}. وأضافت المرأة أن الساعة بلغت {0}\n"
ENDLESS = "سقط المطر على {0} قرية طوال الليل ثم صفا الجو في الصباح وخرج الناس إلى الحقول "
MAKES = {"news": NEWS, "quoted": QUOTED, "stray marks": STRAY, "one endless sentence": ENDLESS}


def work(text):
    """Return how many lines of the service are executed to answer a text."""
    executed = 0

    def trace(frame, event, _argument):
        nonlocal executed
        if event == "call" and not frame.f_code.co_filename.startswith(SERVICE):
            return None
        executed += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        report = Extractor(annotate).extract([Article("x", text)])[0]
    finally:
        sys.settrace(before)
    assert report.articles[0].paragraphs, "nothing of the text was read"
    return executed


@pytest.mark.parametrize("text", MAKES.values(), ids=MAKES)
def test_four_times_the_text_is_four_times_the_work(text):
    """Four times the text costs about four times the lines executed, whatever it is made of."""
    many = [text.format(number) for number in range(100, 260)]
    work(many[0])  # what is done once is done: the lexicon read
    assert work("".join(many)) <= 4.5 * work("".join(many[:40]))
