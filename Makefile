# Two commands matter: `make demo` and `make test`. Both set up what they need, once.
#
#   MODEL=…      any litellm model name, or the path of a local GGUF file (default: the embedded one)
#   WORKSPACE=…  where the demo keeps its index, store and report (default: workspace)
#   PYTHON=…     the interpreter that creates .venv (default: python3; 3.11 or newer)

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
MODEL ?=
WORKSPACE ?= workspace

BIN := .venv/bin
SETUP := .venv/.setup-done

# uv installs in seconds what takes pip minutes, but it does not read pip's configuration: folders
# of local wheels are read from there when it runs, and passed on.
LINKS = $$($(BIN)/python -m pip config list \
  | sed -n "s/^[^=]*find-links='\(.*\)'$$/\1/p" | sed 's/\\n/ /g' | tr ' ' '\n' | sort -u \
  | sed 's/^\(..*\)$$/--find-links \1/')

.PHONY: help setup models demo test fuzz lint format constraints wheel-env clean

help:
	@echo 'make demo     set up, fetch the models, run the sample case, print where the report is'
	@echo 'make test     set up, then lint, types, import contracts and all tests'
	@echo 'make fuzz     coverage-guided fuzzing of every reader and the scanner, SECONDS_EACH=60'
	@echo 'make lint     lint, types and import contracts only'
	@echo 'make format   sort imports and format'
	@echo 'make clean    remove the environment, caches and build products (keeps $(WORKSPACE)/)'

setup: $(SETUP)

$(SETUP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Casewright needs Python 3.11 or newer: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo 'Python lacks its venv module. On Debian: apt-get install python3-venv' >&2; exit 1; }
	@echo 'Setting up .venv, once: about 3 GB, a minute with uv, some more with pip …'
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --constraint constraints.txt uv \
	  || echo 'uv is not to be had, pip does it.'
	@{ [ -x $(BIN)/uv ] && $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python $(LINKS) \
	    --constraint constraints.txt --editable '.[dev]'; } \
	  || $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

# Verified at every start, so a second call only looks.
models: $(SETUP)
	@$(BIN)/triage models fetch

# Past cases and KB articles of the sample, redacted and indexed once per workspace.
KNOWLEDGE := examples/knowledge/cases.jsonl examples/knowledge/kb.jsonl
$(WORKSPACE)/.sample-indexed: $(KNOWLEDGE) | models
	@echo 'Redacting and indexing the sample knowledge, once: past cases, then articles …'
	@$(BIN)/triage index add examples/knowledge/cases.jsonl --kind case --workspace $(WORKSPACE)
	@$(BIN)/triage index add examples/knowledge/kb.jsonl --kind kb --workspace $(WORKSPACE)
	@touch $@

demo: models $(WORKSPACE)/.sample-indexed
	@echo 'Running the sample case examples/cases/checkout-5xx: a minute or two at first, then seconds …'
	@$(BIN)/triage run examples/cases/checkout-5xx --workspace $(WORKSPACE) \
	  $(if $(MODEL),--model '$(MODEL)')
	@echo 'Review it in the browser: $(BIN)/triage serve --workspace $(WORKSPACE)'

lint: $(SETUP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports

test: lint models
	$(BIN)/pytest -ra

fuzz: $(SETUP)
	$(BIN)/python tests/fuzz/fuzz_redaction.py all -max_total_time=$(or $(SECONDS_EACH),60)

format: $(SETUP)
	$(BIN)/ruff check --select I --fix
	$(BIN)/ruff format

# Regenerates the pins from pyproject.toml. No host and no local folder may enter the file.
constraints: $(SETUP)
	@{ echo '# Every package of the environment, pinned, for Python 3.11 and newer on Linux.'; \
	  echo '# Regenerate after a change of pyproject.toml: make constraints'; \
	  echo uv | $(BIN)/uv pip compile --quiet --no-header --no-annotate --python-version 3.11 \
	    $(LINKS) --extra dev pyproject.toml - | sed 's/^\(torch==[0-9.]*\)+.*/\1/'; \
	} > .constraints.new
	@mv .constraints.new constraints.txt

# Installs a built WHEEL into a new ENVIRONMENT, without the development tools.
wheel-env: $(SETUP)
	@$(BIN)/python -m venv '$(ENVIRONMENT)'
	@{ [ -x $(BIN)/uv ] && $(BIN)/uv pip install --quiet --compile-bytecode --python '$(ENVIRONMENT)/bin/python' \
	    $(LINKS) --constraint constraints.txt '$(WHEEL)'; } \
	  || '$(ENVIRONMENT)/bin/python' -m pip install --quiet --constraint constraints.txt '$(WHEEL)'

clean:
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
