# `make demo` and `make test` set everything up by themselves, in .venv inside this folder.
PYTHON ?= python3
BIN := .venv/bin
SAMPLES := casefiles/samples
.DEFAULT_GOAL := help
.PHONY: help demo test test-long lint format bench lock clean

help: ## list what can be done
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/installed: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: .venv/installed ## check the shipped samples and write build/report.html
	mkdir -p build
	$(BIN)/anjuan check $(SAMPLES) --as-of 2026-06-30 --fail-on never
	$(BIN)/anjuan check $(SAMPLES) --as-of 2026-06-30 --fail-on never --format html --out build/report.html

test: .venv/installed lint ## every check and test that takes seconds
	$(BIN)/coverage run -m pytest -m "not long"
	$(BIN)/coverage report

test-long: .venv/installed ## the long tests: mutants, fuzzing, doubling
	$(BIN)/python -m pytest -m long

lint: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/anjuan rules --lint

format: .venv/installed ## format the Python
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv-bench/installed: requirements/run.txt benchmarks/peers/engines.py benchmarks/peers/node/package-lock.json
	$(PYTHON) -m venv --clear .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	.venv-bench/bin/python -m benchmarks.peers.install
	touch $@

bench: .venv/installed .venv-bench/installed ## print the figures of speed, and write those beside other engines
	$(BIN)/python benchmarks/speed.py
	.venv-bench/bin/python -m benchmarks.peers

lock: ## compile the locked requirements anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --output-file requirements/run.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --output-file requirements/dev.txt

clean: ## remove what was made
	rm -rf .venv .venv-bench benchmarks/peers/node/node_modules build dist .mypy_cache .ruff_cache .hypothesis .coverage .import_linter_cache
