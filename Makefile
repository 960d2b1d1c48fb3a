# make demo       read the sample reports and show the table
# make test       ruff, mypy, the imports contract and all tests, in an environment of its own
# make accuracy   how well marsad reads, against the annotated reports; fails below its floors
# make fuzz       every parser against broken input, FUZZ seconds each (60)
# make bench      how fast it reads, how cost grows with size, start-up, memory
# make learn      learn the weights again from the annotated reports
#
# Needs python3 (3.11 or later) with venv, and nothing else; the rest is installed into .venv on the first run.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
SHARED ?= $(or $(MARSAD_SHARED),../shared)

.PHONY: demo test fuzz accuracy bench learn clean

demo: $(VENV)/.marsad
	@$(BIN)/marsad read src/marsad/samples --format table

# SLOW= runs the slow tests too (a text of a million words, every report of the shared corpus)
SLOW ?= not slow

test: $(VENV)/.dev
	@status=0; \
	 $(BIN)/ruff check || status=1; \
	 $(BIN)/ruff format --check || status=1; \
	 $(BIN)/mypy || status=1; \
	 $(BIN)/lint-imports || status=1; \
	 $(BIN)/python -m pytest -n 2 -m "$(SLOW)" $(PYTEST) || status=1; \
	 exit $$status

FUZZ ?= 60

fuzz: $(VENV)/.dev
	@$(BIN)/python tools/fuzz.py $(FUZZ)

accuracy: $(VENV)/.dev
	@if [ -d "$(SHARED)/gold" ]; then MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python tools/accuracy.py --gate && MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python tools/persons.py --gate; \
	 else echo "accuracy: skipped; no annotated reports in $(SHARED) (name their folder with MARSAD_SHARED)"; fi

bench: $(VENV)/.bench
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench --write
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench.copies --write
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench.intake --write

learn: $(VENV)/.learn
	@export MARSAD_SHARED="$(abspath $(SHARED))"; \
	 test -f build/encoder.pt || { $(BIN)/python tools/embed.py && $(BIN)/python tools/net.py pretrain; }; \
	 $(BIN)/python tools/learn.py && $(BIN)/python tools/persons.py --learn

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# pip alone knows what is installed already; the marks only spare the asking
$(VENV)/.marsad: pyproject.toml | $(BIN)/python
	$(PIP) install -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[dev]'
	@touch $@ $(VENV)/.marsad

$(VENV)/.bench: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[bench]'
	@touch $@

$(VENV)/.learn: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[learn]'
	@touch $@
