# Two commands matter: `make demo` and `make test`. Both set up what they need once.
#
#   MODEL=…     any litellm model name, or the path of a local GGUF file (default: the embedded model)
#   PYTHON=…    the interpreter that creates .venv (default: python3, 3.11 or newer)

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
MODEL ?=
WORKSPACE ?= workspace

BIN := .venv/bin
SETUP := .venv/.setup-done
MODELS := .venv/.models-done

.PHONY: help setup models demo test lint format constraints clean

help:
	@echo 'make demo     set up, fetch the models, run the sample case, print where the report is'
	@echo 'make test     set up, then lint, types, import contracts and all tests'
	@echo 'make lint     lint, types and import contracts only'
	@echo 'make clean    remove the environment, caches and build products (keeps $(WORKSPACE)/)'

setup: $(SETUP)

# uv installs in seconds what takes pip minutes, but does not read pip's configuration: folders of
# local wheels are read from there at run time and passed on. Plain pip is the fallback.
$(SETUP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Casewright needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo 'The venv module is missing; on Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@echo 'Setting up .venv (once) …'
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt uv 2>/dev/null \
	  || echo 'uv is not to be had; pip takes a few minutes instead.'
	@links=(); \
	for folder in $$($(BIN)/python -m pip config list 2>/dev/null \
	    | sed -n "s/^[^=]*find-links='\(.*\)'$$/\1/p" | sed 's/\\n/ /g' | tr ' ' '\n' | sort -u); do \
	  links+=(--find-links "$$folder"); \
	done; \
	{ [ -x $(BIN)/uv ] && $(BIN)/uv pip install --quiet --python $(BIN)/python "$${links[@]}" \
	    --constraint constraints.txt --editable '.[dev]'; } \
	  || $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

models: $(MODELS)

$(MODELS): $(SETUP) ui/models.toml
	@$(BIN)/triage models fetch
	@touch $@

demo: $(SETUP) $(MODELS)
	@$(BIN)/triage run examples/cases/checkout-5xx --workspace $(WORKSPACE) $(if $(MODEL),--model '$(MODEL)')

lint: $(SETUP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports

test: lint $(MODELS)
	$(BIN)/pytest -ra

format: $(SETUP)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Regenerates the pins from pyproject.toml. No host and no local folder may enter the file.
constraints: $(SETUP)
	@links=(); \
	for folder in $$($(BIN)/python -m pip config list 2>/dev/null \
	    | sed -n "s/^[^=]*find-links='\(.*\)'$$/\1/p" | sed 's/\\n/ /g' | tr ' ' '\n' | sort -u); do \
	  links+=(--find-links "$$folder"); \
	done; \
	{ echo '# Every package of the environment, pinned, for Python 3.11 and newer on Linux.'; \
	  echo '# Regenerate after a change of pyproject.toml: make constraints'; \
	  echo uv | $(BIN)/uv pip compile --quiet --no-header --no-annotate --no-emit-index-url "$${links[@]}" \
	    --extra dev pyproject.toml - | sed 's/^\(torch==[0-9.]*\)+.*/\1/'; \
	} > .constraints.new
	@mv .constraints.new constraints.txt

clean:
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
