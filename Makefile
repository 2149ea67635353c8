# Two commands matter: `make run` serves on 127.0.0.1:8000 (PORT overrides), `make test` runs the whole suite. Both install first.

PYTHON ?= python3
PORT ?= 8000
export PORT

# Where pip is to find torch. Empty: pip's default index, whose Linux wheels bring CUDA along (2 GB more, unused).
# For the CPU build alone:  make install TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=
TORCH := $(shell sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)

BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: install run test lint types docs soak faults benchmark clean

install: $(INSTALLED)

$(INSTALLED): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "isnad needs Python 3.11 or newer: make install PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) '$(TORCH)'
	$(BIN)/python -m pip install --editable '.[test]'
	touch $@

run: install
	$(BIN)/gunicorn --config gunicorn.conf.py

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .

types: install
	$(BIN)/mypy --strict service $(wildcard models)

# The documentation as a site, in build/site; any warning is an error.
docs: install
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

# What takes over a minute: figures for docs/reliability.md.
soak: install
	$(BIN)/python -m pytest -m soak -s tests/api/test_soak.py

faults: install
	$(BIN)/python -m pytest -m soak -s tests/api/test_overload.py tests/api/test_growth.py

# Isnad beside Stanza alone, on this machine: the figures and the picture of docs/performance.md. Some ten minutes; nothing else should run.
benchmark: install
	$(BIN)/python -m benchmarks --picture docs/images/performance.svg

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
