# Commands for people who work on Waybill. `make map` and `make test` set up everything that they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# chromium and node run the page's tests, libatomic1 the driver that steers Chromium; gdal-bin opens the exports,
# poppler-utils tells which fonts a PDF holds
SYSTEM_PACKAGES := chromium nodejs libatomic1 fonts-dejavu-core fonts-noto-cjk gdal-bin poppler-utils
PACKAGE := $(shell find geodata routes maps -type f -not -name '*.pyc' 2>/dev/null | sort)

.PHONY: help map examples test lint docs release audit lock coverage mutants bench data lines picture clean

help: ## show the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

map: $(VENV)/package ## make map.html, the map of the built-in case
	$(BIN)/waybill render dprk-russia -o map.html
	@echo "open map.html in a browser"

examples: $(VENV)/package ## make examples/map.html, and the report around it
	$(BIN)/python examples/make.py

test: $(VENV)/package $(VENV)/tests browser ## pass every test, in Python and in the browser
	$(BIN)/pytest -n auto --dist loadfile
	node --test tests/js/

lint: $(VENV)/package $(VENV)/lint ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/docs ## build the documentation as a site, strictly: build/docs/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet -f docs/site/mkdocs.yml

release: $(VENV)/package $(VENV)/tests ## build wheel, source archive and bill of materials in dist/, and use them elsewhere
	$(BIN)/python tests/packaging/release/archives.py
	$(BIN)/python tests/packaging/release/installed.py

audit: $(VENV)/tests ## ask an advisory service about the pinned versions (needs the network)
	$(BIN)/pip check
	$(BIN)/pip install -q --group audit
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r tests/requirements.txt

lock: $(VENV)/tests ## pin with hashes what the tests need: tests/requirements.txt
	$(BIN)/pip install -q --group audit
	$(BIN)/python tests/packaging/release/lock.py

coverage: $(VENV)/package $(VENV)/tests browser ## run the tests under coverage, with branches: build/coverage (some minutes more than test)
	$(BIN)/pip install -q --group coverage
	rm -rf build/coverage && mkdir -p build/coverage
	$(BIN)/coverage run -m pytest -q -n auto --dist loadfile
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered --sort cover > build/coverage/report.txt
	$(BIN)/coverage html -q
	$(BIN)/coverage report --format total

mutants: $(VENV)/tests ## change the rules one place at a time and list what no test notices: docs/mutation.md (twenty minutes)
	$(BIN)/pip install -q --group mutation
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results
	$(BIN)/python tests/mutation/constants.py routes.evidence routes.dates routes.schema

bench: $(VENV)/package $(VENV)/tests browser ## measure what BENCHMARKS.md reports
	$(BIN)/pip install -q --group bench
	$(BIN)/python -m benchmarks

data: $(VENV)/package ## build geodata/data anew from its sources
	$(BIN)/python -m geodata.build

lines: $(VENV)/package ## route the lines of the built-in cases anew
	$(BIN)/python -m routes.cache

picture: $(VENV)/package $(VENV)/tests browser ## take six pictures of the documents from the real map
	$(BIN)/python docs/picture.py

clean: ## remove what these commands made
	rm -rf $(VENV) map.html examples/map.html dist build

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy python3-venv && $(PYTHON) -m venv $(VENV); }
	$(BIN)/pip install -q --upgrade 'pip>=25.1'

$(VENV)/package: $(VENV)/bin/pip pyproject.toml $(PACKAGE)
	$(BIN)/pip install -q .
	$(BIN)/pip install -q --no-deps --force-reinstall .
	touch $@

$(VENV)/tests: $(VENV)/bin/pip pyproject.toml
	$(BIN)/pip install -q --group test
	touch $@

$(VENV)/lint: $(VENV)/bin/pip pyproject.toml
	$(BIN)/pip install -q --group lint --group test
	touch $@

$(VENV)/docs: $(VENV)/bin/pip pyproject.toml
	$(BIN)/pip install -q --group docs
	touch $@

.PHONY: browser
browser:
	@command -v chromium >/dev/null && command -v node >/dev/null && command -v ogrinfo >/dev/null && command -v pdffonts >/dev/null && /sbin/ldconfig -p | grep -q libatomic.so.1 || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy --no-install-recommends $(SYSTEM_PACKAGES); }
