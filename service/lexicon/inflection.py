"""From principal parts to the forms that news uses: third person throughout, first person for what stands in quotation marks.

Forms are look-up keys (`arabic.key`), unvowelled: a passive is spelt like its active, تقول is *she says* and *you say*.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from service import arabic

OBJECT_SUFFIXES = ("ه", "ها", "هم", "هما", "هن", "نا", "ني")
POSSESSIVE_SUFFIXES = ("ه", "ها", "هم", "هما", "هن", "نا", "ي")
_SUFFIX_AGREEMENT = {  # gender, number and person of whom a possessive pronoun means; ه is the default
    "ها": ("f", "s", "3"),
    "هم": ("m", "p", "3"),
    "هن": ("f", "p", "3"),
    "هما": ("m", "d", "3"),
    "نا": ("", "p", "1"),
    "ي": ("", "s", "1"),
}
_SHORT_PREFIXES = ("ي", "ت")


class Part(StrEnum):
    """What a form is to its verb."""

    FINITE = "finite"
    PARTICIPLE = "participle"
    MASDAR = "masdar"


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a verb: its key and what agreement the spelling shows.

    `gender` is m or f, `number` s, d or p, or empty where the spelling does not tell; `suffix` is the pronoun attached to it.
    """

    key: str
    part: Part
    gender: str = ""
    number: str = ""
    person: str = "3"
    suffix: str = ""
    short: bool = False  # a jussive: a verb only after لم
    imperfect: bool = False
    plea: bool = False  # a noun that says on what ground something is done (بدعوى أن)
    accusative: bool = False  # a dual that a noun's accusative may be spelt like (طالبا, كشفا)


def finite(perfect: str, imperfect: str) -> Iterator[Form]:
    """Yield the finite forms of a verb given قال and يقول, object pronouns attached where one can stand.

    No future (سيعلن): what it announces has not been said. Hollow verbs lose their long vowel before a consonant ending (قلنا) and in the
    jussive (لم يقل); defective ones turn theirs (نفت, دعوا).
    """
    yield from perfects(perfect)
    for form in _imperfect(arabic.key(imperfect), imperfect):
        yield from _with_objects(replace(form, imperfect=True), form.key)


def perfects(perfect: str) -> Iterator[Form]:
    """Yield the forms of a perfect given قال, object pronouns attached where one can stand."""
    base = arabic.key(perfect)
    for form in _perfect(base, perfect):
        yield from _with_objects(form, base[:-1] + "ا" if form.key == base and perfect.endswith("ى") else form.key)


def _with_objects(form: Form, host: str) -> Iterator[Form]:
    """Yield a form and, where one can stand, its spellings with an object pronoun; `host` is what that is attached to."""
    yield form
    if form.person == "3" and not (form.short or form.accusative):
        host = host.removesuffix("ا") if form.key.endswith("وا") else host  # but رواها
        yield from (Form(host + suffix, form.part, form.gender, form.number, "3", suffix, imperfect=form.imperfect) for suffix in OBJECT_SUFFIXES)


def _perfect(base: str, perfect: str) -> Iterator[Form]:
    defective = perfect.endswith(("ى", "ا"))
    stem = base[:-1] if defective else base
    glide = ("ي" if perfect.endswith("ى") else "و") if defective else ""
    hollow = not defective and len(base) > 2 and base[-2] == "ا"
    first = base[:-2] + base[-1] if hollow else stem + glide
    yield Form(base, Part.FINITE, "m", "s")
    yield Form(stem + "ت", Part.FINITE, "f", "s")
    yield Form(stem + "وا", Part.FINITE, "m", "p")
    yield Form(stem + glide + "ا", Part.FINITE, "m", "d", accusative=not base.startswith("ا"))
    yield Form(stem + "تا", Part.FINITE, "f", "d")
    yield Form(first + "ن", Part.FINITE, "f", "p")
    yield Form(first + "نا", Part.FINITE, "", "p", "1")
    if first + "ت" != stem + "ت":
        yield Form(first + "ت", Part.FINITE, "", "s", "1")


def _imperfect(base: str, imperfect: str) -> Iterator[Form]:
    stem = base[1:]
    defective = imperfect.endswith(("ي", "ى", "و"))
    short = stem[:-1] if defective else stem
    yield Form(base, Part.FINITE, "m", "s")
    yield Form("ت" + stem, Part.FINITE, "f", "s")
    yield Form("ي" + short + "ون", Part.FINITE, "m", "p")
    yield Form("ن" + stem, Part.FINITE, "", "p", "1")
    yield Form("ا" + stem, Part.FINITE, "", "s", "1")
    yield Form("ي" + short + "وا", Part.FINITE, "m", "p")
    yield Form("ي" + stem + "ان", Part.FINITE, "m", "d")
    yield Form("ت" + stem + "ان", Part.FINITE, "f", "d")
    yield Form("ي" + short + "ن", Part.FINITE, "f", "p")
    clipped = stem[:-1] if defective else stem[:-2] + stem[-1] if len(stem) > 2 and stem[-2] in "ويا" else ""
    if clipped and not defective:
        yield Form("ي" + clipped + "ن", Part.FINITE, "f", "p")
    if clipped:
        yield from (Form(prefix + clipped, Part.FINITE, "m" if prefix == "ي" else "f", "s", short=True) for prefix in _SHORT_PREFIXES)


def participles(participle: str) -> Iterator[Form]:
    """Yield the accusatives of an active participle (مؤكدا، مؤكدة، مؤكدين …): the state in which its subject says something more."""
    base = arabic.key(participle)
    stem = base[:-1] if participle.endswith("ي") else base
    yield Form(base + "ا", Part.PARTICIPLE, "m", "s")
    yield Form(base + "ه", Part.PARTICIPLE, "f", "s")
    yield Form(stem + "ين", Part.PARTICIPLE, "m", "p")
    yield Form(base + "تين", Part.PARTICIPLE, "f", "d")


def masdars(masdar: str) -> Iterator[Form]:
    """Yield a verbal noun bare (تأكيد الوزير أن), with the article (التأكيد على) and with its subject's pronoun (تأكيده أن)."""
    base = arabic.key(masdar)
    host = base[:-1] + "ت" if masdar.endswith("ة") else base
    yield Form(base, Part.MASDAR)
    yield Form("ال" + base, Part.MASDAR)
    for suffix in POSSESSIVE_SUFFIXES:
        gender, number, person = _SUFFIX_AGREEMENT.get(suffix, ("m", "s", "3"))
        yield Form(host + suffix, Part.MASDAR, gender, number, person, suffix)
