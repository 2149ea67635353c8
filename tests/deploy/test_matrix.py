"""docs/reliability.md, held to what there is: every case of the matrix has its line, and every test it names exists."""

import re

from tests.servers import REPOSITORY

MATRIX = (REPOSITORY / "docs" / "reliability.md").read_text("utf-8")
CASES = 70


def test_every_case_has_its_line():
    """Seventy cases, each told once."""
    told = []
    for numbers in re.findall(r"^\| (\d+(?:, \d+)*) \|", MATRIX.partition("## Figures")[0], re.MULTILINE):
        told += map(int, numbers.split(", "))
    assert sorted(told) == list(range(1, CASES + 1))


def test_every_test_named_exists():
    """What the document calls by name lies in the suite: a file of tests, or a folder of them."""
    files = {path.stem for path in (REPOSITORY / "tests").rglob("test_*.py")}
    assert set(re.findall(r"`(test_\w+)`", MATRIX)) <= files
    named = re.findall(r"`(tests/[\w/]+)`", MATRIX)
    assert named
    assert all((REPOSITORY / name).is_dir() or (REPOSITORY / f"{name}.py").is_file() for name in named)
