# cardkit: `make demo` and `make test` do all the set-up on a machine with Python 3.11 or later and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUNDLE := city-roots@new-resident

.PHONY: help demo test check docs bars clean

help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/.demo: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "cardkit needs Python 3.11 or later: make PYTHON=python3.11 demo"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@# A quick start needs bytecode, also where the environment tells Python to write none.
	@$(BIN)/python -m compileall -q cardkit
	@touch $@

$(VENV)/.dev: $(VENV)/.demo
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/.demo  ## validate the shipped catalog, price and preview a bundle for its segment
	$(BIN)/cardkit validate
	$(BIN)/cardkit price $(BUNDLE) --format table
	$(BIN)/cardkit preview $(BUNDLE) --format table

test: $(VENV)/.dev  ## the whole suite
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev  ## lint, format, types, committed schemas and docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python docs/generate.py --check
	$(BIN)/cardkit fmt --check catalog
	$(BIN)/cardkit validate --fail-on warning
	$(BIN)/cardkit test

docs: $(VENV)/.dev  ## write the schemas and the generated pages anew
	$(BIN)/python docs/generate.py

$(VENV)/.bars: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bars]'
	@touch $@

bars: $(VENV)/.bars  ## the measurements too slow for every run: make bars [ARGS="--quick mutants"]
	$(BIN)/python -m tests.bars.run $(ARGS)

clean:  ## remove everything that was made
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
