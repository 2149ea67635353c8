"""Articles for tests under load and for the benchmark: invented, seeded, as long as the news' and as full of attributions as the gold's.

Counted: 240 articles of the news are 500 tokens long on average, every other one shorter than 440, and hold 13 attributions in 1,000 tokens;
those chosen for the development gold hold 33. Here an article has some 440 tokens and 33 attributions in 1,000.
"""

import json
import os
import random
from pathlib import Path

SPEAKERS = (
    "وزير الخارجية", "الرئيس", "المتحدث باسم الحكومة", "رئيس الوفد", "مدير المستشفى", "محافظ المدينة", "الناطق العسكري", "نقيب المهندسين",
)  # fmt: skip
CUES = ("قال", "أعلن", "أكد", "أوضح", "كشف", "ذكر", "صرح")
NAMES = ("أحمد سالم", "حسان الرفاعي", "كريم منصور", "سامي الخطيب", "ماهر القيسي", "خالد درويش")
SAID = (
    "المحادثات ستستأنف الأسبوع المقبل في العاصمة بعد أن توقفت أكثر من شهر بسبب الخلاف على ترتيب البنود",
    "الاتفاق بين الطرفين بات قريبا ولا ينقصه سوى التوقيع وتحديد المواعيد التي تبدأ فيها المرحلة الأولى",
    "الأضرار التي لحقت بالمباني كبيرة والفرق تواصل عملها ليلا ونهارا لإعادة الماء والكهرباء إلى الأحياء الشمالية",
    "الموازنة الجديدة ستعرض على البرلمان قبل نهاية الشهر وفيها زيادة على ما خصص للمدارس والمستشفيات",
    "الطرق المؤدية إلى المدينة أعيد فتحها أمام الشاحنات التي تنقل المواد الغذائية من الميناء",
)
TAILS = ("", "", "، مشيرا إلى أن القرار نهائي ولا رجعة عنه", "، وفقا لما نقلته وكالة الأنباء", "، مضيفا أن اللجنة ستجتمع غدا")
EVENTS = (
    "شهدت العاصمة منذ ساعات الصباح حركة نشطة في الأسواق والشوارع الرئيسية مع اقتراب موسم الأعياد وعودة الطلاب إلى المدارس",
    "تضم المنطقة الصناعية نحو 120 مصنعا صغيرا يعمل فيها أكثر من 4 آلاف عامل ويصدر معظم إنتاجها إلى الدول المجاورة",
    "جرى حفل الافتتاح في قاعة البلدية بحضور عدد من الضيوف وممثلي الجمعيات الأهلية ومديري المدارس في المحافظة",
    "ارتفعت أسعار الخضار والفواكه خلال الأسبوع الماضي بنسبة 7% بعد موجة البرد التي ضربت المزارع في السهل الغربي",
    "يمتد الجسر الجديد على طول 900 متر فوق النهر ويربط بين الضفتين عند المدخل الجنوبي قرب محطة القطار القديمة",
    "فاز الفريق على ضيفه بهدفين مقابل هدف واحد في مباراة أقيمت مساء الجمعة على الملعب البلدي أمام 15 ألف متفرج",
    "كانت الشركة قد بدأت العام الماضي بناء ثلاث محطات لتوليد الطاقة من الرياح بكلفة 80 مليون دولار في شرق البلاد",
    "تستمر أعمال الصيانة في المطار حتى نهاية الصيف وتشمل المدرج الرئيسي وقاعات المغادرة ومواقف السيارات",
)
LETTERS = "بتثجحخدرزسشصضطعغفقكلمنهوي"
SENTENCES = 17
REPORTED = 0.62  # of the sentences; the rest tells what happened


def article(number):
    """Return the article with this number: the same every time, some 2,300 characters, with words that no other article has."""
    dice = random.Random(number)
    return {"id": f"a{number}", "text": ".\n".join(_sentence(dice) for _ in range(SENTENCES)) + "."}


def _sentence(dice):
    where = "في {} و{}".format(*("".join(dice.choices(LETTERS, k=6)) for _ in range(2)))
    if dice.random() >= REPORTED:
        return f"و{dice.choice(EVENTS)} {where}"
    speaker, said = f"{dice.choice(SPEAKERS)} {dice.choice(NAMES)}", f"{dice.choice(SAID)} {where}"
    if dice.random() < 0.3:
        return f"وقال {speaker}: «إن {said}»"
    cue = dice.choice(CUES)
    return f"و{cue} {speaker} {'إن' if cue == 'قال' else 'أن'} {said}{dice.choice(TAILS)}"


def articles(count):
    """Return so many articles: invented, or those of the JSON lines file that LOAD_ARTICLES names, over and over."""
    source = os.environ.get("LOAD_ARTICLES")
    if not source:
        return [article(number) for number in range(count)]
    lines = [json.loads(line) for line in Path(source).read_text("utf-8").splitlines()]
    return [{"text": lines[number % len(lines)]["text"]} for number in range(count)]
