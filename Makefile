# `make demo` and `make test` set everything up by themselves, in .venv inside this folder.
PYTHON ?= python3
BIN := .venv/bin
SAMPLES := casefiles/samples
FILES := tests/adapters tests/casefiles tests/test_docs.py
RULES := tests/test_stories.py tests/test_features.py tests/test_rulebook.py tests/test_linear.py
.DEFAULT_GOAL := help
CLUSTER := .venv-spark/bin
PYTEST := python -m pytest
.PHONY: help demo test coverage mutants docs test-files test-rules test-engine test-long test-long-files test-long-rules test-long-engine test-thorough test-cluster bench-cluster lint format bench lock clean

help: ## list what can be done
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/installed: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q adapters casefiles engine inspection
	touch $@

demo: .venv/installed ## check the shipped samples and write build/report.html
	mkdir -p build
	$(BIN)/anjuan check $(SAMPLES) --as-of 2026-06-30 --fail-on never
	$(BIN)/anjuan check $(SAMPLES) --as-of 2026-06-30 --fail-on never --format html --out build/report.html

test: .venv/installed lint ## every check and test that takes seconds
	$(MAKE) --no-print-directory --output-sync=target --jobs=2 test-rules test-files test-engine

coverage: .venv/installed ## the tests that take seconds, with what they leave untried
	$(BIN)/coverage erase
	$(MAKE) --no-print-directory --output-sync=target --jobs=2 PYTEST="coverage run --parallel-mode -m pytest" test-files test-engine
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

mutants: .venv/installed ## change every rule in every way, and list what its scenarios do not notice
	$(BIN)/python -m tests.mutation

test-long: coverage ## the long tests: coverage, mutants, fuzzing, doubling, kills, made files
	$(MAKE) --no-print-directory --output-sync=target --jobs=2 test-long-engine test-long-rules test-long-files

test-thorough: .venv/installed ## many minutes more: both engines and the oracle on all rules in every scenario
	$(BIN)/python -m pytest -q -n 2 -m thorough tests

# Three parts, two at a time: what each rule demands, reading and reporting, and judging. What the first
# one runs is covered by the other two as well.
test-files: .venv/installed
	$(BIN)/$(PYTEST) -q -m "not long and not thorough" $(FILES)

test-rules: .venv/installed
	$(BIN)/python -m pytest -q -m "not long and not thorough" $(RULES)

test-engine: .venv/installed
	$(BIN)/$(PYTEST) -q -m "not long and not thorough" tests $(FILES:%=--ignore=%) $(RULES:%=--ignore=%)

test-long-files: .venv/installed
	$(BIN)/python -m pytest -q -m long $(FILES)

test-long-rules: .venv/installed
	$(BIN)/python -m pytest -q -m long $(filter-out $(FILES),$(wildcard tests/test_*.py))

test-long-engine: .venv/installed
	$(BIN)/python -m pytest -q -m long tests $(FILES:%=--ignore=%) $(patsubst %,--ignore=%,$(wildcard tests/test_*.py))

.venv-spark/installed: requirements/spark.txt pyproject.toml
	$(PYTHON) -m venv .venv-spark
	$(CLUSTER)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark.txt
	$(CLUSTER)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

test-cluster: .venv-spark/installed ## the tests on a local Spark (0.5 GB to install, needs Java 17)
	ANJUAN_DEMAND_SPARK=1 $(CLUSTER)/python -m pytest tests/adapters/cluster

bench-cluster: .venv-spark/installed ## 200,000 made files on a local Spark and without it, compared
	$(CLUSTER)/python -m benchmarks.cluster

.venv-docs/installed: requirements/docs.txt requirements/site/package-lock.json
	$(PYTHON) -m venv --clear .venv-docs
	.venv-docs/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/docs.txt
	npm ci --silent --prefix requirements/site
	touch $@

docs: .venv/installed .venv-docs/installed ## build the offline site of the rules (needs npm): build/docs/site/index.html
	$(BIN)/python -m tests.living build/docs/results.json
	$(BIN)/anjuan pages build/docs --results build/docs/results.json
	cd build/docs && $(CURDIR)/.venv-docs/bin/zensical build --strict -f zensical.toml
	$(BIN)/python -m adapters.pages build/docs/site requirements/site/node_modules/iframe-worker/shim/index.js

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
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python benchmarks/coldstart.py
	$(BIN)/python -m benchmarks.manyfiles
	.venv-bench/bin/python -m benchmarks.peers

lock: ## compile the locked requirements anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --output-file requirements/run.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --output-file requirements/dev.txt
	uv pip compile requirements/docs.in --universal --python-version 3.11 --generate-hashes --no-header --output-file requirements/docs.txt
	uv pip compile pyproject.toml --extra spark --group dev --universal --python-version 3.11 --generate-hashes --no-header --output-file requirements/spark.txt

clean: ## remove what was made
	rm -rf .venv .venv-spark .venv-bench .venv-docs build dist
	rm -rf benchmarks/peers/node/node_modules requirements/site/node_modules
	rm -rf .mypy_cache .ruff_cache .hypothesis .coverage* .import_linter_cache
