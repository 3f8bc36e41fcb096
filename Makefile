# Two commands are all a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
SHARED ?= ../shared
BIN := .venv/bin
export PORT HOST

.PHONY: run test test-full check bench bench-builds extracts golden build clean

run: .venv/run  ## environment, build if there is no release, serve on http://localhost:8000
	@test -e "$${LOTSE_DATA:-data}/current" || $(BIN)/lotse build
	@$(BIN)/lotse serve

build: .venv/run  ## build and publish a release
	$(BIN)/lotse build

test: .venv/dev  ## all quick proofs
	$(BIN)/python -m pytest -m "not full"

test-full: .venv/dev  ## all proofs, the slow and heavy ones too
	$(BIN)/python -m pytest

check: .venv/dev  ## lint, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev  ## ratios against named baselines, on the current release
	@test -e "$${LOTSE_DATA:-data}/current" || $(BIN)/lotse build
	$(BIN)/python -m tests.bench

bench-builds: .venv/dev  ## how long clean and incremental builds take; some minutes
	$(BIN)/python -m tests.bench.builds

extracts: .venv/dev  ## write the extracts anew from the upstream files in $(SHARED)
	$(BIN)/python -m ingest.extracting $(SHARED)

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with make PYTHON=…")'
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

golden: .venv/dev  ## write the expected quads of the samples anew, and fail: read them first
	$(BIN)/python -m pytest tests/ingest/sources --update-golden

clean:  ## environment and caches; the data directory stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
