"""Articles and clients for tests under load: invented, seeded, of the length of a news agency's."""

import json
import os
import random
from pathlib import Path

SPEAKERS = ("وزير الخارجية", "الرئيس", "المتحدث باسم الحكومة", "مصدر مسؤول", "رئيس الوفد", "مدير المستشفى", "محافظ المدينة", "ناطق عسكري")
CUES = ("قال", "أعلن", "أكد", "أوضح", "كشف", "ذكر", "صرح")
NAMES = ("أحمد سالم", "ليلى حداد", "كريم منصور", "سامي الخطيب", "نورة العلي", "خالد درويش")
SAID = (
    "المحادثات ستستأنف الأسبوع المقبل في العاصمة",
    "الاتفاق بين الطرفين بات قريبا ولا ينقصه سوى التوقيع",
    "الأضرار التي لحقت بالمباني كبيرة والفرق تواصل عملها",
    "الموازنة الجديدة ستعرض على البرلمان قبل نهاية الشهر",
    "الطرق المؤدية إلى المدينة أعيد فتحها أمام الشاحنات",
)
TAILS = ("", "، مشيرا إلى أن القرار نهائي", "، وفقا لما نقلته وكالة الأنباء", "، مضيفا أن اللجنة ستجتمع غدا")


def article(number):
    """Return the article with this number: the same every time, some 1,500 characters, with words that no other article has."""
    dice = random.Random(number)
    sentences = [_sentence(dice) for _ in range(14)]
    return {"id": f"a{number}", "text": ".\n".join(sentences) + "."}


def _sentence(dice):
    name = dice.choice(NAMES)
    strange = "".join(dice.choices("بتثجحخدرزسشصضطعغفقكلمنهوي", k=6))
    if dice.random() < 0.3:
        return f"وقال {dice.choice(SPEAKERS)} {name}: «إن {dice.choice(SAID)} في و{strange}»"
    return f"و{dice.choice(CUES)} {dice.choice(SPEAKERS)} {name} أن {dice.choice(SAID)} لل{strange}{dice.choice(TAILS)}"


def articles(count):
    """Return so many articles: invented, or those of the JSON lines file that LOAD_ARTICLES names, over and over."""
    source = os.environ.get("LOAD_ARTICLES")
    if not source:
        return [article(number) for number in range(count)]
    lines = [json.loads(line) for line in Path(source).read_text("utf-8").splitlines()]
    return [{"text": lines[number % len(lines)]["text"]} for number in range(count)]
