# `make play` plays; `make test` checks everything. Both need make and Python 3.11 or newer with venv; `make test` also node and npm.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
# Test workers: one a core; `make tests WORKERS=0` runs them in one process.
WORKERS ?= auto

.PHONY: play test format-check lint types imports tests content smoke balance wheel benchmarks pictures lsp reference clean

play: $(VENV)/.installed
	$(BIN)/wargame demo five_questions

test: format-check lint types imports tests content smoke balance wheel
	@echo "All checks passed."

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "wargame needs Python 3.11 or newer with the venv module." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps carry the time of the last installation: the second run installs nothing.
$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.developing: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

format-check: $(VENV)/.developing
	$(BIN)/ruff format --check .

lint: $(VENV)/.developing
	$(BIN)/ruff check .

types: $(VENV)/.developing
	$(BIN)/mypy --strict

imports: $(VENV)/.developing
	$(BIN)/lint-imports

tests: $(VENV)/.developing lsp
	$(BIN)/pytest -n $(WORKERS)

content: $(VENV)/.developing
	$(BIN)/wargame check --tests $(sort $(wildcard scenarios/*) $(wildcard rulebooks/*))

smoke: $(VENV)/.developing
	$(BIN)/wargame demo bridge_week --headless --seed 1 > /dev/null

# The flagship by what 300 games can tell (scenarios/five_questions/BALANCE.md): about 45 seconds of processor time.
balance: $(VENV)/.developing
	$(BIN)/wargame simulate scenarios/five_questions --games 300 --check --quick > $(VENV)/balance.txt || { cat $(VENV)/balance.txt; exit 1; }

# The wheel alone, installed elsewhere, has to do without this folder.
wheel: $(VENV)/.developing
	$(BIN)/python tools/try_wheel.py

benchmarks: $(VENV)/.developing
	for each in playouts fanout classroom console growth simulate search check coldstart report replay; do $(BIN)/python benchmarks/$$each.py || exit 1; done

# A real editor's language server, for the tests of `wargame schema`: node and npm are only needed here.
lsp: $(VENV)/lsp/.installed

$(VENV)/lsp/.installed: | $(VENV)/bin/python
	@command -v npm >/dev/null 2>&1 || { echo "make test needs node and npm: they run the YAML language server in a test." >&2; exit 1; }
	npm --prefix $(VENV)/lsp install --loglevel=error --no-save --no-package-lock --no-audit --no-fund "yaml-language-server@^1.25.0"
	@touch $@

# docs/reference is made from the sources.
reference: $(VENV)/.developing
	$(BIN)/python tools/reference.py

pictures: $(VENV)/.developing
	$(BIN)/python tools/screenshots.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
