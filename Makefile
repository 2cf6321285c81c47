# Each target installs what it needs into .venv/. The plain commands stand in README.md.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
export NO_MKDOCS_2_WARNING := 1
# Where a machine forbids compiled modules to be kept, each of some hundred processes compiles them all again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site serve test test-hosts quick style check bench bench-hostile bench-kept lock wheel release clean

site: $(VENV)/.site
	$(BIN)/groundrules build

serve: $(VENV)/.site
	$(BIN)/mkdocs serve --dirty

check: $(VENV)/.site
	$(BIN)/groundrules check

test: style
	$(BIN)/python tests/support/programs.py
	$(PYTEST)

# Our whole site on each host that could take the place of mkdocs; `make test` has a part of it.
test-hosts: $(VENV)/.test
	$(BIN)/python tests/support/programs.py
	WHOLE=1 $(BIN)/pytest tests/site/test_hosts.py

# What a change usually needs: no browser, no site, no office, no generated cases.
quick: style
	$(PYTEST) -m "not slow"

# One more than there are cores: a test that waits for a browser leaves its core to another.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# Side by side, a few tests at a time to whoever is free, so that those that come first run first.
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist load --maxschedchunk 2

style: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/oxlint macros
	$(BIN)/groundrules check

bench: $(VENV)/.test
	$(BIN)/python tests/bench.py

# Some minutes: how time grows with hostile text, and with what is kept.
bench-hostile bench-kept: $(VENV)/.test
	$(BIN)/python tests/$(subst -,_,$@).py

# The hashes come from here, so uv itself comes without one.
lock: $(VENV)/.site
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --extra pdf --extra small --group build $(LOCKED) --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra pdf --extra small --extra search --group test -c requirements.lock $(LOCKED) --output-file requirements-test.lock
	$(BIN)/uv pip compile --group hosts -c requirements-test.lock $(LOCKED) --output-file requirements-hosts.lock

LOCKED := --universal --python-version 3.11 --generate-hashes --no-header --annotation-style line --quiet

# The program with the library, for toolkits of other people. A module that is gone must not stay in build/.
wheel: $(VENV)/.site
	rm -rf build dist
	$(PIP) wheel --no-build-isolation --no-deps --wheel-dir dist .

# Refused, with nothing changed, where the style or what is released is not as it must be.
release: style
	$(BIN)/python tests/release.py $(VERSION)

clean:
	rm -rf $(VENV) build dist site .site.*.new .site.*.old .cache

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
