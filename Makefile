# Two commands are all a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
SHARED ?= ../shared
BIN := .venv/bin
BUILT := api/static/built
NPM = PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1
NO_EDITOR := echo "The SPARQL editor could not be built; its page stays a plain form." >&2
export PORT HOST

.PHONY: assets run test test-full check bench bench-builds extracts golden build clean

run: .venv/run  ## environment, build if there is no release, serve on http://localhost:8000
	@$(MAKE) -s --no-print-directory assets || $(NO_EDITOR)
	@test -e "$${LOTSE_DATA:-data}/current" || $(BIN)/lotse build
	@$(BIN)/lotse serve

build: .venv/run  ## build and publish a release
	$(BIN)/lotse build

test: .venv/dev  ## all quick proofs
	@$(MAKE) -s --no-print-directory assets || $(NO_EDITOR)
	$(BIN)/python -m pytest -m "not full"

test-full: .venv/dev node_modules/.full  ## all proofs, the slow and heavy ones too
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

.venv/node: requirements-node.txt | .venv/bin/python
	@{ command -v npm && node -e 'process.exit(+(parseInt(process.versions.node) < 20))'; } >/dev/null 2>&1 \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt
	@touch $@

assets: $(BUILT)/yasgui.min.js  ## what pages need from npm

$(BUILT)/yasgui.min.js: package-lock.json .npmrc | .venv/node
	@$(NPM) --omit=dev
	@mkdir -p $(BUILT) && cp node_modules/@zazuko/yasgui/build/yasgui.min.js node_modules/@zazuko/yasgui/build/yasgui.min.css $(BUILT)

node_modules/.full: package-lock.json .npmrc | .venv/node  # also the clients of the slow proofs
	@$(NPM)
	@mkdir -p $(BUILT) && cp node_modules/@zazuko/yasgui/build/yasgui.min.js node_modules/@zazuko/yasgui/build/yasgui.min.css $(BUILT)
	@touch $@

golden: .venv/dev  ## write the expected quads of the samples anew, and fail: read them first
	$(BIN)/python -m pytest tests/ingest/sources --update-golden

clean:  ## environment and caches; the data directory stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
