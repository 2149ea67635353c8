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

.PHONY: install run test lint types docs soak faults lock sbom audit benchmark clean

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

# The versions and hashes of what the image installs (deploy/requirements.txt), made anew from pyproject.toml.
TOOLS := build/tools
lock: $(TOOLS)/.installed
	{ sed '/^[^#]/,$$d' deploy/requirements.txt; \
	  $(TOOLS)/bin/uv pip compile --quiet --upgrade pyproject.toml --extra redis --extra telemetry --no-emit-package torch \
	    --python-version 3.11.9 --python-platform x86_64-manylinux_2_28 --generate-hashes --no-annotate --no-header \
	    --find-links $(or $(TORCH_INDEX),https://download.pytorch.org/whl/cpu)/torch/; } > build/requirements.txt
	mv build/requirements.txt deploy/requirements.txt

# The bill of materials of what an image holds, weights included; fails where a licence is not among those of deploy/bill.py.
sbom: build/isnad.cdx.json

build/isnad.cdx.json: $(INSTALLED) build/image/.installed models/manifest.json deploy/bill.py
	$(BIN)/cyclonedx-py environment build/image/bin/python --pyproject pyproject.toml --mc-type application --output-reproducible > build/found.json
	$(BIN)/python deploy/bill.py < build/found.json > build/bill.json
	mv build/bill.json $@

# The Dockerfile's own steps, in an environment of this machine's.
build/image/.installed: pyproject.toml deploy/requirements.txt $(shell find service -type f -not -path '*/__pycache__/*')
	rm -rf build/image build/lib build/bdist.*  # what an earlier build left there would be taken for sources
	$(PYTHON) -m venv build/image
	build/image/bin/pip install --no-deps $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) '$(TORCH)'
	build/image/bin/pip install --no-deps --require-hashes --requirement deploy/requirements.txt
	build/image/bin/pip install --no-deps --no-build-isolation . && build/image/bin/pip check
	touch $@

# Known vulnerabilities of what the image installs. Needs the network; what cannot be looked up fails, it does not pass.
audit: $(TOOLS)/.installed
	{ cat deploy/requirements.txt; echo '$(TORCH)'; } > build/audited.txt
	$(TOOLS)/bin/pip-audit --strict --no-deps --disable-pip --requirement build/audited.txt

$(TOOLS)/.installed:
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/pip install pip-audit uv
	touch $@

# Isnad beside Stanza alone, on this machine: the figures and the picture of docs/performance.md. Some ten minutes; nothing else should run.
benchmark: install
	$(BIN)/python -m benchmarks --picture docs/images/performance.svg

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
