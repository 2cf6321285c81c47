# Each target installs what it needs into .venv/. The plain commands stand in README.md.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test check bench lock clean

site: $(VENV)/.site
	rm -rf .site-new
	$(BIN)/mkdocs build --strict --site-dir .site-new
	rm -rf site && mv .site-new site
	@echo "The site is in site/."

serve: $(VENV)/.site
	$(BIN)/mkdocs serve --dirty

check: $(VENV)/.site
	$(BIN)/groundrules check

test: $(VENV)/.test
	$(BIN)/python tests/browser_for_tests.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/groundrules check
	$(BIN)/pytest

bench: $(VENV)/.test
	$(BIN)/python tests/bench.py

# The hashes come from here, so uv itself comes without one.
lock: $(VENV)/.site
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --extra pdf --extra small --group build $(LOCKED) --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra pdf --extra small --group test -c requirements.lock $(LOCKED) --output-file requirements-test.lock

LOCKED := --universal --python-version 3.11 --generate-hashes --no-header --annotation-style line --quiet

clean:
	rm -rf $(VENV) site .site-new .cache

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ground Rules needs Python 3.11 or later.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.site
	$(PIP) install --require-hashes -r requirements-test.lock
	touch $@
