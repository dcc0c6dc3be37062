# The two commands a new user needs are `make chat` and `make test`; everything else builds on the same .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH := torch==2.13.0

.PHONY: chat test check evaluate soak golden screenshots constraints clean help

help:            ## list the targets
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

chat: $(VENV)/.installed  ## install, build the index of corpus/, open the chat on http://127.0.0.1:7860
	$(BIN)/policy-qa build || test $$? -eq 1  # one unreadable file leaves the others usable
	$(BIN)/python app.py

test: $(VENV)/.installed-dev  ## install and run the tests
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev  ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

evaluate: $(VENV)/.installed  ## the regression run against eval/baseline.json
	$(BIN)/policy-qa build --index build/evaluation-index
	$(BIN)/policy-qa evaluate --index build/evaluation-index

soak: $(VENV)/.installed-dev  ## 200 kills at random instants of a build
	$(BIN)/python tests/index/soak_kills.py --kills 200

golden: $(VENV)/.installed-dev  ## write anew how the real reports under POLICY_QA_SHARED are read; read the diff
	$(BIN)/python tests/ingest/golden.py

screenshots: $(VENV)/.installed-dev  ## the pictures of the README, taken from the real app
	$(BIN)/python scripts/screenshots.py

constraints:     ## pin every dependency anew (needs uv)
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --extra dev \
	  --constraint constraints.in pyproject.toml -o constraints.txt

# torch first, by its exact version: pip then takes a CPU build where the machine offers one.
$(VENV)/.installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt $(TORCH)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:           ## remove what can be made again; corpus/ and data/ stay
	rm -rf $(VENV) index build .pytest_cache .mypy_cache .ruff_cache .hypothesis
