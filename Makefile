# make run    set up and answer the first question
# make test   set up and run the tests
# make lint   style and types
# make bench  time it beside its peers, at 1 and 20 States (some 15 minutes)
# make bench-full  the same at 1 and 200 States of a tenth (some 20 minutes)
# make build  the wheel and the source archive, in dist/
# make release  dumps, ontology, shapes, questions and their description, in dist/release/;
#               make release SINCE=FOLDER adds what changed since an older release
# make clean  remove all that the others made
#
# Needed: git, make, Python 3.11 or later. Another Python: make run PYTHON=python3.13

PYTHON :=
VENV := .venv
BIN := $(VENV)/bin
INPUTS := pyproject.toml constraints.txt
WORKERS := auto
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# The store that `make run` builds stays in here too, so that `make clean` leaves nothing behind.
run test release: export POLITEIA_CACHE := $(CURDIR)/$(VENV)/cache

.PHONY: run test lint bench bench-full build release clean
.DELETE_ON_ERROR:

run: $(VENV)/installed
	@$(BIN)/python -m compileall -q kg cli
	@$(BIN)/politeia ask who-appoints "Prime Minister" --format table

test: $(VENV)/installed-dev
	@$(BIN)/python -m compileall -q kg cli
	@$(BIN)/python -m pytest --quiet -n $(WORKERS) --dist loadgroup

lint: $(VENV)/installed-dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary

# Debian's rasqal-utils, raptor2-utils and libapache-jena-java take part where they are installed.
bench: $(VENV)/installed-bench
	@$(BIN)/python -m bench.run --states 1 20 --scale 0.5 --limit 100

# A State of real size takes some 70 MB of memory for each one in the build, so these are smaller.
bench-full: $(VENV)/installed-bench
	@$(BIN)/python -m bench.run --states 1 200 --scale 0.1 --limit 600

build: $(VENV)/installed-dev
	@$(BIN)/python -m build --no-isolation --outdir dist .

release: $(VENV)/installed-dev
	@$(BIN)/python -m kg.release --pages $(if $(SINCE),--since $(SINCE)) dist/release

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find kg cli bench tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: $(INPUTS) | $(BIN)/python
	@echo "Installing Politeia and what it needs in $(VENV) (once, about half a minute) ..." >&2
	@$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: $(INPUTS) | $(BIN)/python
	@echo "Installing what the tests need in $(VENV) (once, about a minute) ..." >&2
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-bench: $(INPUTS) | $(BIN)/python
	@echo "Installing the peers of the benchmark in $(VENV) (once, about half a minute) ..." >&2
	@$(PIP) --editable '.[bench]'
	@touch $@ $(VENV)/installed

$(BIN)/python:
	@for python in $(or $(PYTHON),python3 python3.11 python3.12 python3.13 python3.14 python); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		"$$python" -m venv --clear $(VENV) && exit 0; \
		rm -rf $(VENV); \
		echo "$$python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; \
		exit 3; \
	done; \
	echo "Politeia needs Python 3.11 or later$(if $(PYTHON),; $(PYTHON) is none or is not there,; none is on the PATH)." >&2; \
	exit 3
