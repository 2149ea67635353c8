"""Datelines: where they end, and whom they name."""

import pytest

from service.attribution import Span
from service.pages.datelines import dateline_at

REST = "قال مدير المركز إن العمل سيبدأ غدا في الموقعين."


@pytest.mark.parametrize(
    ("head", "parties"),
    [
        ("سرايا - ", ["سرايا"]),
        ("لندن (رويترز) - ", ["رويترز"]),
        ("بغداد 15-7 (اف ب)- ", ["اف ب"]),
        ("القدس 15 - 7 (أ ف ب) - ", ["أ ف ب"]),
        ("دبي، الإمارات العربية المتحدة (CNN)-- ", ["CNN"]),
        ("أثينا 2 مايو / شينخوا / ", ["شينخوا"]),
        ("الدوحة في 09 يوليو /قنا/ ", ["قنا"]),
        ("رام الله 25-6-2012 وفا- ", ["وفا"]),
        ("تونس - ، د ب أ - ", ["د ب أ"]),
        ("وادي القمح 3-7-2012 وفا- ", ["وفا"]),
        ("سبق- وكالات: ", ["سبق", "وكالات"]),
        ("مراسل الشؤون المحلية- سبق- جدة: ", ["سبق"]),
        ("تونس – القدس خاص من مراسلها - ", ["القدس"]),
        ("موسكو - سبوتنيك. ", ["سبوتنيك"]),
        ("الجزائر - ", []),
        ("عمان- ", []),
        ("رام الله (فلسطين المحتلة) - ", []),
    ],
)
def test_cut(head, parties):
    """The dateline is cut off before the first sentence, and its parties are those it names."""
    text = head + REST
    dateline = dateline_at(text, Span(0, len(text)))
    assert dateline is not None
    assert [party.of(text) for party in dateline.parties] == parties
    assert text[dateline.span.end :] in (REST, "")


@pytest.mark.parametrize(
    "line",
    [
        "السومرية نيوز – دوليات",
        "إسطنبول/ الأناضول",
        "عين اليوم – الرياض",
        "الدمام: «الشرق الأوسط»",
        "القاهرة – وكالات",
        "المساءنشر في المساء يوم 10 - 08 - 2012",
    ],
)
def test_whole(line):
    """A line that is nothing but a dateline is one wholly."""
    dateline = dateline_at(line, Span(0, len(line)))
    assert dateline is not None
    assert dateline.whole
    assert dateline.parties


@pytest.mark.parametrize(
    "line",
    [
        "أكسيوس: الوزير يزور العاصمة غدا",
        "رويترز: النفط يرتفع",
        'نشرت "الوطن" في عددها رقم (5386) تقريرا عن المياه',
        "توفرت - كما يقول الشهود - معلومات جديدة عن الحادث",
        "الوزير - الذي زار المدينة أمس - قال إن العمل سيبدأ",
        "القاهرة تستضيف مؤتمر المناخ - وفد كبير يصل غدا",
        "غزة (القطاع كله) تشهد موجة حر",
        "المنتخب.. وعودة إلى التدريب",
        "المنتخب - استعدادات مكثفة للمباراة",
        "نتيجة المباراة 3 - 2 بعد وقت إضافي",
        REST,
        "-",
        "",
    ],
)
def test_none(line):
    """A medium that speaks, a parenthesis between dashes or a score is no dateline."""
    assert dateline_at(line, Span(0, len(line))) is None
