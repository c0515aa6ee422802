# Two commands: `make demo` runs one night on the demo county, `make test` passes the tests.
# Everything is installed into .venv from pinned, hash-checked requirements; nothing is said when nothing changed.
PYTHON ?= python3
BIN := .venv/bin
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# What is compiled is kept: without it every process of the tests would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE
INSTALL := $(BIN)/python -m pip install --quiet --require-hashes
# Two workers a core, the long files first: see tests/conftest.py.
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

AUDIT := .venv-audit/bin

.PHONY: demo test coverage lint types check generated bench audit sbom lock clean

demo: .venv/run.stamp
	@$(BIN)/gongkai demo --out demo/out

test: .venv/dev.stamp
	@$(PYTEST)

coverage: .venv/dev.stamp
	@$(PYTEST) --cov --cov-report=term

lint: .venv/dev.stamp
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports --no-logo

types: .venv/dev.stamp
	@$(BIN)/mypy

check: test lint types

# What is made from the code and kept beside it; the tests say when it is stale.
generated: .venv/run.stamp
	@$(BIN)/python -m rules.manual > docs/rules.md.new && mv docs/rules.md.new docs/rules.md
	@$(BIN)/python -m monitor.bulletin.word_template
	@$(BIN)/python requirements/licences.py > docs/licences.md.new && mv docs/licences.md.new docs/licences.md

bench: .venv/bench.stamp
	@$(BIN)/python bench/startup.py
	@$(BIN)/python bench/reading.py
	@$(BIN)/python bench/pipeline.py

# Known holes in what is pinned: red where there are some, and where the registry in use cannot tell.
audit: .venv-audit/stamp
	@$(AUDIT)/python requirements/audit.py requirements/run.txt requirements/dev.txt

# What is installed, as CycloneDX, with the hashes: dist/gongkai.cdx.json
sbom: .venv-audit/stamp
	@mkdir -p dist
	@$(AUDIT)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON \
		-o dist/gongkai.cdx.json requirements/run.txt

.venv-audit/stamp: requirements/build.txt requirements/audit.txt
	@test -x $(AUDIT)/python || $(PYTHON) -m venv .venv-audit
	@$(AUDIT)/python -m pip install --quiet --require-hashes -r requirements/build.txt
	@$(AUDIT)/python -m pip install --quiet --require-hashes -r requirements/audit.txt
	@touch $@

.venv/build.stamp: requirements/build.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "正在准备运行环境（.venv），首次约需一分钟……"
	@$(INSTALL) -r requirements/build.txt
	@touch $@

.venv/run.stamp: .venv/build.stamp requirements/run.txt pyproject.toml
	@$(INSTALL) -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

.venv/bench.stamp: .venv/dev.stamp requirements/bench.txt
	@$(INSTALL) -r requirements/bench.txt
	@touch $@

# Developers only: needs uv.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
lock:
	@$(LOCK) requirements/build.in -o requirements/build.txt
	@$(LOCK) pyproject.toml -o requirements/run.txt
	@$(LOCK) --group dev pyproject.toml -o requirements/dev.txt
	@$(LOCK) --group bench pyproject.toml -o requirements/bench.txt
	@$(LOCK) requirements/audit.in -o requirements/audit.txt

clean:
	@rm -rf .venv .venv-audit dist demo/out .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
