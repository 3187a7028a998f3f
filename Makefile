# One command each. Everything below needs Python 3.11+ and make, nothing else: no Node, no database server, no
# Docker, no root. uv is used where it is found, because it installs in a fifth of the time; pip does the same work.

PYTHON ?= python3
UV     := $(shell command -v uv 2>/dev/null)
VENV   := .venv
BIN    := $(VENV)/bin
STATIC := src/asithappened/static
WIRE_TS := frontend/reader/wire.ts

# Two processors are what a free CI machine has.
WORKERS ?= 2

# Images of containers forbid Python to keep what it compiled. A walk starts hundreds of processes, and each would compile
# all of src again: a third of what a short command costs.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test walk desk-shots lint wire requirements assets assets-check audit bench bench-smoke eval scenarios soak clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(BIN)/asithappened  ## show a live blog happening, on this machine
	$(BIN)/asithappened demo

test: $(VENV)/dev.stamp  ## the laws and small cases: on SQLite, then those marked `both` on a PostgreSQL of our own
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not browser and not data and not terminal" tests
	$(BIN)/python tests/on_postgres.py -n $(WORKERS) --dist worksteal tests

walk: $(VENV)/dev.stamp  ## the rest: what a person does in a browser and at a terminal, and real live blogs brought in
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "browser or data or terminal" tests

desk-shots: $(VENV)/dev.stamp  ## pictures of every state of the desk, three widths, light and dark, into build/desk (needs a Chromium)
	$(BIN)/python -m tests.journeys.desk_shots

lint: $(VENV)/dev.stamp  ## style, types, layers, lists of words, and that the built assets match their sources
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	ASITHAPPENED_HOME=.mypy_cache/home $(BIN)/mypy  # its Django plugin loads the settings, which may make a home
	$(BIN)/lint-imports --no-cache
	$(BIN)/asithappened lexicon check
	@$(BIN)/python -m asithappened.published.described | cmp --silent - $(WIRE_TS) \
	    || { echo "$(WIRE_TS) is not what published/wire.py says: run make wire, then make assets, and commit both"; exit 1; }
	@$(MAKE) --no-print-directory assets-check

wire: $(VENV)/dev.stamp  ## print the shapes of the wire for the reader's script, after a change of published/wire.py
	$(BIN)/python -m asithappened.published.described > $(WIRE_TS)

requirements:  ## pin every wheel again, by hash (developers; needs uv)
	@test -n "$(UV)" || { echo "make requirements needs uv: it writes one file that is right for every platform."; exit 1; }
	$(UV) pip compile $(PIN) --output-file requirements/run.txt pyproject.toml
	$(UV) pip compile $(PIN) --output-file requirements/dev.txt --constraints requirements/run.txt --extra dev pyproject.toml

# No index URL and no annotations: the files name packages and hashes, never a host or a path of whoever made them.
PIN := --quiet --upgrade --universal --python-version 3.11 --group build --generate-hashes \
       --no-emit-index-url --no-emit-find-links --no-header --no-annotate

assets: frontend/node_modules/.stamp  ## build the frontend into the package (developers; needs Node and npm)
	cd frontend && npm run --silent check && npm run --silent build

assets-check:  ## prove that the committed assets are what the sources build
	@if command -v npm >/dev/null 2>&1; then \
	    $(MAKE) --no-print-directory assets-compare; \
	else \
	    echo "*** NOT CHECKED: no npm here, so nobody has compared $(STATIC) with frontend/. CI must. ***"; \
	fi

.PHONY: assets-compare
assets-compare: frontend/node_modules/.stamp
	@cd frontend && npm run --silent check && npm run --silent compare

bench: $(VENV)/dev.stamp  ## measure delivery beside its rivals, into bench/results.json (needs a C compiler; nginx if there is one)
	$(BIN)/python -m bench

bench-smoke: $(VENV)/dev.stamp  ## the same in small sizes and two groups at a time, only to see that figures come out
	$(BIN)/python -m bench --smoke

# Lighthouse brings two hundred packages: in a folder of its own, so that nothing else waits for them.
audit: $(VENV)/dev.stamp frontend/audit/node_modules/.stamp  ## what Lighthouse says of a live and a closed live blog of 500 posts (needs Node and a Chromium)
	$(BIN)/python -m bench.audit

eval: $(VENV)/dev.stamp  ## measure what the ledger suggests against annotations, and print its worst errors (most need ../shared/data)
	$(BIN)/python -m evaluation

scenarios: $(VENV)/dev.stamp  ## cut, kill, starve, deploy and proxy readers, and compare what each of them got (minutes)
	$(BIN)/python -m scenarios $(if $(SEED),--seed $(SEED)) $(if $(TRIES),--tries $(TRIES))

soak: $(VENV)/dev.stamp  ## the same at full size (hours)
	$(BIN)/python -m scenarios --full

clean:  ## remove what make made (never the state of an installation)
	rm -rf $(VENV) dist frontend/node_modules frontend/audit/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Nothing is installed that is not pinned by hash. uv needs no pip in the environment, so none is put there; without uv it
# is the pip that came with this Python (ensurepip), which is not fetched and never upgraded.
# The stamps: installing happens again only when the pins do.

$(BIN)/python:
ifdef UV
	$(UV) venv --quiet --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "As It Happened needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
endif

ifdef UV
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

$(VENV)/run.stamp: requirements/run.txt | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(BIN)/asithappened
	$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

# --no-build-isolation: hatchling is among the pins, so installing ourselves downloads nothing unpinned.
$(BIN)/asithappened: pyproject.toml $(VENV)/run.stamp
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

frontend/audit/node_modules/.stamp: frontend/audit/package-lock.json frontend/audit/package.json
	cd frontend/audit && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

frontend/node_modules/.stamp: frontend/package-lock.json frontend/package.json
	cd frontend && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@
