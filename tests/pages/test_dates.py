"""Days of publication in the spellings of Arabic pages; null where a reader would not be sure."""

import pytest

from service.pages.dates import date_in, is_stamp
from service.pages.lines import words_of


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("12/5/2021", "2021-05-12"),
        ("٢٩ أغسطس ٢٠١٢", "2012-08-29"),
        ("21st, June 2024 GMT", "2024-06-21"),
        ("June 21, 2024", "2024-06-21"),
        ("Fri, 21 Jun 2024 10:00:00 GMT", "2024-06-21"),
        ("2021-05-12", "2021-05-12"),
        ("2012.11.04", "2012-11-04"),
        ("30 - 08 - 2012", "2012-08-30"),
        ("الأربعاء 11 تموز 2012", "2012-07-11"),
        ("7 تشرين الثاني / نوفمبر 2019", "2019-11-07"),
        ("1 كانون الأول 2016", "2016-12-01"),
        ("الأحد 12 غشت 2012 - 16:36", "2012-08-12"),
        ("18 جويلية 2012", "2012-07-18"),
        ("السبت, 5 أيلول, 2020م", "2020-09-05"),
        ("26 شوال 1436 هـ الموافق 11 أغسطس 2015 م", "2015-08-11"),
    ],
)
def test_read(printed, day):
    """One plain date is read, day before month."""
    assert date_in(printed) == day


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "15-7",
        "31/2/2020",
        "أمس",
        "1436/10/26",
        "12/5/21",
        "05-30-2012",
        "12/5/2021 و 13/5/2021",
        "99/99/9999",
        "مايو 2021",
        "0212345678",
        "3/4 من السكان",
    ],
)
def test_unsure(printed):
    """No year, no such day, another calendar or two dates: null."""
    assert date_in(printed) is None


@pytest.mark.parametrize(
    "line",
    ["17:48 ت م", "منذ 3 ساعات", "الأربعاء, 22 فبراير, 2012, 09:20 بتوقيت القدس", "10:56:09 بتوقيت تونس العاصمة", "12/5/2021", "21st, June 2024 GMT"],
)
def test_stamp(line):
    """A line of date and clock words is a stamp."""
    assert is_stamp(words_of(line, 0, len(line)))


@pytest.mark.parametrize("line", ["", "اليوم السبت", "وصل 12 جريحا صباح اليوم", "رمضان شهر الخير", "2030 رؤية"])
def test_text(line):
    """A line with another word, or without a figure, is none."""
    assert not is_stamp(words_of(line, 0, len(line)))
