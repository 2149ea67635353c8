"""outlets.toml is tidy, and names fold: media are told from speakers whatever their spelling."""

import unicodedata
from collections import Counter

import pytest

from service import arabic, outlets
from service.attribution import Article
from service.lexicon.outlets import load_outlets
from service.pages import read_page

LEXICON = load_outlets()
NAMES = [(entry.id, name) for entry in LEXICON.outlets for name in (entry.name, *entry.aliases)]


def test_enough_of_them():
    """The issue asks for at least 150."""
    assert len(LEXICON.outlets) >= 150


def test_ids_are_unique_and_sorted():
    """Ids are unique and in order."""
    ids = [entry.id for entry in LEXICON.outlets]
    assert ids == sorted(set(ids))


def test_every_alias_maps_to_one_outlet():
    """No name, once folded, belongs to two outlets or stands twice in one."""
    folded = Counter(outlets._key(outlets._words(name)) for _, name in NAMES)
    assert [name for name, times in folded.items() if times > 1] == []


def test_hosts_are_unique():
    """A host serves one outlet."""
    hosts = Counter(host for entry in LEXICON.outlets for host in entry.hosts)
    assert [host for host, times in hosts.items() if times > 1] == []


def test_strings_are_tidy():
    """Names are composed, trimmed and free of harakat and invisible marks."""
    for _, name in NAMES:
        assert name == unicodedata.normalize("NFC", name).strip()
        assert not set(name) & set(arabic.INVISIBLE + arabic.HARAKAT + arabic.TATWEEL)


def test_common_names_are_names():
    """What is marked as a common word is one of the entry's names."""
    for entry in LEXICON.outlets:
        assert entry.common <= {entry.name, *entry.aliases}, entry.id


def test_every_name_is_found():
    """Every listed name leads to its own entry."""
    for entry, name in NAMES:
        found = outlets.known(name)
        assert found is not None
        assert found.id == entry, name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("أ ف ب", "فرانس برس"),
        ("ا ف ب", "فرانس برس"),
        ("أ.ف.ب", "فرانس برس"),
        ("وكالة فرانس برس", "فرانس برس"),
        ("وكالة الصحافة الفرنسية", "فرانس برس"),
        ("«فرانس برس»", "فرانس برس"),
        ("روسيا اليوم", "RT Arabic"),
        ("قناة RT", "RT Arabic"),
        ("سكاي نيوز عربية", "سكاي نيوز عربية"),
        ('صحيفة "نيويورك تايمز" الأميركية', "نيويورك تايمز"),
        ("صحيفة نيويورك تايمز الأمريكية", "نيويورك تايمز"),
        ("موقع أكسيوس الإخباري الأميركي", "أكسيوس"),
        ("وكالة الأناضول للأنباء", "الأناضول"),
        ("السومرية العراقية", "السومرية نيوز"),
        ("صحيفة إسرائيل هيوم العبرية", "يسرائيل هيوم"),
        (" جريدة الضاحية ", "جريدة الضاحية"),
    ],
)
def test_canonical(written, name):
    """Spellings, heads, marks and adjectives fold to one name; an unknown one stays as written."""
    assert outlets.canonical(written) == name


@pytest.mark.parametrize(
    "name", ["رويترز", "أكسيوس", "صحيفة إسرائيل هيوم", "صحيفة الضاحية", "صحيفة البيان", "«البيان»", "وكالة أنباء الضاحية", "موقع «الضاحية»"]
)
def test_media(name):
    """A listed name, or a head that only media have, makes a medium."""
    assert outlets.is_medium(name)


@pytest.mark.parametrize(
    "name", ["البيان", "الرياض", "قناة السويس", "موقع الحادث", "وكالة الطاقة الذرية", "شبكة الكهرباء", "المتحدث باسم الوزارة", "رئيس البلدية", ""]
)
def test_speakers(name):
    """A common word, a canal, a site or an authority is none."""
    assert not outlets.is_medium(name)


def test_agency_head_is_no_newspaper():
    """A newspaper's name behind وكالة, or before a mere adjective, is another body's name."""
    assert outlets.known("وكالة الصحافة العربية") is None


@pytest.mark.parametrize(
    ("host", "name"),
    [("www.aljazeera.net", "الجزيرة"), ("arabic.rt.com", "RT Arabic"), ("arabic.cnn.com", "سي إن إن بالعربية"), ("edition.cnn.com", "سي إن إن")],
)
def test_hosts(host, name):
    """The longest listed suffix of a host tells the outlet."""
    entry = outlets.by_host(host)
    assert entry is not None
    assert entry.name == name


def test_unknown_host():
    """A host we do not know, and a mere suffix, tell nothing."""
    assert outlets.by_host("example.org") is None
    assert outlets.by_host("notaljazeera.net") is None


@pytest.mark.parametrize(("ending", "name"), [("// انتهى //\n15:37 ت م", "واس"), ("15:37 ت م", None)])
def test_an_agency_names_itself_under_its_end_mark(ending, name):
    """An agency is spoken to in everybody's pages; in an item with an agency's end mark it is the publisher."""
    text = f'افتتح المتحف أمس في الحي القديم.\nوأوضح المدير لـ"واس" أن الدخول مجاني هذا الشهر.\n{ending}'
    item = read_page(Article("museum", text))[0]
    assert (item.outlet.name if item.outlet else None) == name
    assert item.span.of(text).endswith("هذا الشهر.")
