# pagerd from nothing: `make run` starts it on the example config here, `make test` proves it.
# Needs make and a Python of 3.11 or later that can make virtual environments. Everything lands in ignored folders.

PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input
# The locks carry no addresses: where packages come from is the machine's own setting.
LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --annotation-style line $(if $(UPGRADE),--upgrade)
ARGS ?=
PARTS ?=

.DEFAULT_GOAL := help
.PHONY: help run run-cluster env test check fuzz storm proof tools lock clean

help: ## Say what can be made.
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/.run ## Start pagerd on the example config of this folder (more arguments: ARGS="...").
	@exec $(BIN)/pagerd run $(ARGS)

run-cluster: $(VENV)/.dev ## Start a PostgreSQL and two nodes on loopback, on the same example config, to try and to break.
	@bash tests/tools/fetch_debian.sh postgresql
	@exec $(BIN)/python -m tests.tools.run_cluster

env: $(VENV)/.dev ## Make the environment that tests and checks need.

test: $(VENV)/.dev tools ## Run every test (some only: ARGS="tests/core -k handoff").
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.dev ## Run ruff, mypy and the tests on the house itself.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_house.py tests/test_boundaries.py tests/test_no_leaks.py

fuzz: $(VENV)/.dev ## Send hostile inputs to every parser, five minutes each (MINUTES=60, or RUNS=1000000).
	@$(BIN)/python -m tests.hostile.fuzz $(if $(MINUTES),--minutes $(MINUTES)) $(if $(RUNS),--runs $(RUNS)) $(ARGS)

storm: $(VENV)/.dev ## Let everything go wrong on virtual time, on all cores (more: SEEDS=1000; the same again: FROM=1).
	@$(BIN)/python -m tests.storms.run $(if $(SEEDS),--seeds $(SEEDS)) $(if $(FROM),--from $(FROM)) $(ARGS)

proof: $(VENV)/.dev tools ## Run the whole bar, for hours, and write its figures down (some only: PARTS="...").
	$(BIN)/python -m tests.proof $(PARTS)

tools: ## Fetch Debian's prometheus, alertmanager, chromium, wrk, systemd, postgresql and pgbouncer into .debian/, without root.
	@bash tests/tools/fetch_debian.sh

lock: $(VENV)/.dev ## Write the locks anew from pyproject.toml (newest versions: UPGRADE=1).
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --all-extras --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --group build -c requirements-dev.lock -o requirements-build.lock

clean: ## Remove what make made. The state of a daemon run here (.pagerd/) stays.
	rm -rf $(VENV) .debian build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage htmlcov
	find pagerd tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Each stamp is newer than what it was made from, so a second `make` has nothing to do.

# The environment itself: the first Python that is new enough and can make one. One that is there and works is kept.
$(VENV)/.made:
	@wanting=; \
	for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then wanting="$${wanting:-$$python}"; continue; fi; \
		if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
			echo "Making $(VENV) with $$("$$python" --version)"; \
			"$$python" -m venv --clear $(VENV) || exit 1; \
		fi; \
		touch $@; exit 0; \
	done; \
	if [ -n "$$wanting" ]; then \
		echo "$$wanting cannot make virtual environments: install its venv module (Debian, Ubuntu: apt install python3-venv)." >&2; \
	else \
		echo "No Python of 3.11 or later among: $(PYTHON). Install one, or name it: make PYTHON=/path/to/python3.12" >&2; \
	fi; \
	exit 1

# What pagerd needs to run, each file checked against its hash, then pagerd itself as a path into this tree.
$(VENV)/.run: $(VENV)/.made requirements.lock requirements-build.lock pyproject.toml pagerd/__init__.py
	@echo "Installing what pagerd needs"
	@$(PIP_INSTALL) --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# And what its tests and checks need.
$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "Installing what the tests and checks need"
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@
