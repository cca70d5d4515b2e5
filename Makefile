# Everything that people and CI run. `make demo` and `make test` set themselves up on a machine with python3, pip and make.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test test-npm check fix golden bench clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

demo: $(VENV)/.installed ## Generate, check and dry-run the example project against a bundled API
	@BIN=$(BIN) sh scripts/demo.sh

test: $(VENV)/.installed-dev ## Run the tests
	@$(BIN)/python -m pytest -n 2

test-npm: $(VENV)/.installed-dev ## Check generated TypeScript with npm's compiler and zod, and requests beside Nango's CLI
	@npm install --prefix .npm-test --no-audit --no-fund --ignore-scripts --silent typescript@5 zod@4
	@npm install --prefix .npm-test/nango --no-audit --no-fund --ignore-scripts --silent nango@0.60.5
	@NANGO_TEST_NPM=1 $(BIN)/python -m pytest -n 0 tests/typescript
	@NANGO_TEST_NPM=1 $(BIN)/python -m pytest -n 2 tests/npm

check: $(VENV)/.installed-dev ## Lint, format, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(VENV)/.installed-dev ## Apply the formatter and the safe fixes of the linter
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

golden: $(VENV)/.installed-dev ## Rewrite expected output; the difference is the review
	@$(BIN)/python -m pytest --golden -n 0 tests/cli/test_help.py tests/generators/test_script_docs.py tests/providers tests/scripts/rules tests/test_cases.py tests/test_pages.py tests/test_guides.py

bench: $(VENV)/.installed-dev ## Measure, as ratios to peers in the same run
	@$(BIN)/python bench/run.py

clean: ## Remove the environment and everything that was built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "nango-cli needs Python 3.11 or newer; try make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/pip
	@echo "installing nango-cli into $(VENV) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/pip
	@echo "installing nango-cli and its development tools into $(VENV) ..."
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.installed
