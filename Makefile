# Every target sets up what it needs; a second call installs nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
REDOCLY := @redocly/cli@2.77.0

# These would point a run at a live service and spend money there.
QUIET_ENVIRONMENT := env -u PINCH_BASE_URL -u PINCH_API_KEY -u PINCH_POOR_API_KEY \
	-u PANJAYA_BASE_URL -u PANJAYA_API_KEY

.DEFAULT_GOAL := help
.PHONY: help conformance replay test lint format bench matrix nightly lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("dubcheck needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

conformance: $(READY) ## judge both APIs on the embedded emulator; report in reports/latest
	$(QUIET_ENVIRONMENT) $(BIN)/dubcheck run --report-dir reports/latest

replay: $(READY) ## judge the recorded cassettes, with no network; report in reports/replay
	$(QUIET_ENVIRONMENT) $(BIN)/dubcheck run --replay --report-dir reports/replay

test: $(READY) ## run every test of the project
	$(QUIET_ENVIRONMENT) $(BIN)/pytest --profile quick --report-dir reports/test

lint: $(READY) ## check style, types and the OpenAPI documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@if command -v npx >/dev/null; then \
		REDOCLY_TELEMETRY=off npx --yes $(REDOCLY) lint pinch panjaya; \
	else \
		echo "node is not installed: the OpenAPI documents are linted by the tests only"; \
	fi

format: $(READY) ## rewrite the code in the project's format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(READY) ## run every benchmark; each prints ratios measured in one run
	@for file in $(filter-out bench/matrix.py bench/against_schemathesis.py,$(wildcard bench/*.py)); do echo "== $$file"; $(BIN)/python $$file || exit 1; done

matrix: $(READY) ## try the suite on every planted defect and permissible variation (about an hour)
	@mkdir -p reports && rm -f reports/matrix.jsonl
	$(QUIET_ENVIRONMENT) $(BIN)/python bench/matrix.py all --results reports/matrix.jsonl --report reports/defects.md

nightly: $(READY) ## ten seeds of the standard profile, ten minutes of deep, then the matrix
	@for seed in 1 2 3 4 5 6 7 8 9 10; do \
		$(QUIET_ENVIRONMENT) $(BIN)/dubcheck run --seed $$seed --report-dir reports/seed-$$seed || exit 1; \
	done
	$(QUIET_ENVIRONMENT) $(BIN)/dubcheck run --profile deep --minutes 10 --seed random --report-dir reports/deep
	@$(MAKE) --no-print-directory matrix

lock: ## resolve the dependencies anew into requirements.lock (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --upgrade -o requirements.lock

clean: ## remove what the targets made
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
