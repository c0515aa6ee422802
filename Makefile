# Two commands: `make demo` runs one night on the demo county, `make test` passes the tests.
# Everything is installed into .venv from pinned, hash-checked requirements; nothing is said when nothing changed.
PYTHON ?= python3
BIN := .venv/bin
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
INSTALL := $(BIN)/python -m pip install --quiet --require-hashes

.PHONY: demo test coverage lint types check generated bench lock clean

demo: .venv/run.stamp
	@$(BIN)/gongkai demo --out demo/out

test: .venv/dev.stamp
	@$(BIN)/python -m pytest -n auto --dist loadfile

coverage: .venv/dev.stamp
	@$(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=term

lint: .venv/dev.stamp
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports --no-logo

types: .venv/dev.stamp
	@$(BIN)/mypy

check: test lint types

# What is made from the code and kept beside it; the tests say when it is stale.
generated: .venv/run.stamp
	@$(BIN)/python -m rules.manual > docs/rules.md.new && mv docs/rules.md.new docs/rules.md
	@$(BIN)/python -m monitor.bulletin.word_template

bench: .venv/bench.stamp
	@$(BIN)/python bench/startup.py
	@$(BIN)/python bench/reading.py
	@$(BIN)/python bench/pipeline.py

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

clean:
	@rm -rf .venv demo/out .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
