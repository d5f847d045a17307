# The two commands of the README are `make run` and `make test`; `make` alone lists the rest.
SHELL := /bin/sh
PORT ?= 8000
PY := .venv/bin/python
FLASK := .venv/bin/flask --app wsgi
# All is pinned, so nothing is resolved: where one package asks for another "with extras", pip would
# look at the newest release of that one and refuse it. `pip check` says what the pins lack.
INSTALL := $(PY) -m pip install -q --no-deps --require-hashes
export PUBLIC_URL ?= http://127.0.0.1:$(PORT)

.PHONY: help packages setup setup-run run not-production test coverage silence-test kill-test access-table check bench bench-recognition bench-desks pictures recognition-weights release-databases format lock drawing histories hooks faults mutants bench-load count-keys lighthouse attack-reports bench-reports recount
help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /: /'

.venv/.run: requirements.txt
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed as python3."; exit 1; }
	@test -x $(PY) || python3 -m venv .venv || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	  apt-get install -y -qq python3-venv && python3 -m venv .venv; } || \
	  { echo "Install Python's venv module (Debian: apt-get install python3-venv)."; exit 1; }
	$(INSTALL) -r requirements.txt
	@$(PY) -m pip check || true
	@$(PY) -c 'import weasyprint' 2>/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 >/dev/null; } || \
	  echo "No Pango found: everything works but PDF (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0)."
	@touch $@

.venv/.dev: .venv/.run requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt
	@$(PY) -m pip check || true
	@touch $@

.venv/.browser: .venv/.dev
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || \
	  echo "No Chromium found: the browser tests are skipped (Debian: apt-get install chromium)."
	@touch $@

packages: .venv/.run ## the packages that a real installation needs

setup-run: .venv/.run
	@$(FLASK) db upgrade 2>/dev/null || $(FLASK) db upgrade

setup: setup-run .venv/.browser ## all the set-up and nothing else

not-production:
	@test "$$REFERRAL_ENV" != production || { \
	  echo "make run is for trying out. The README says how a real installation is served."; exit 1; }

run: not-production setup-run ## serve http://127.0.0.1:$(PORT) with demo data, one worker beside it
	@$(FLASK) demo ready
	@echo "Open http://127.0.0.1:$(PORT)"
	@$(FLASK) worker & worker=$$!; \
	  .venv/bin/gunicorn --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --graceful-timeout 30 --no-control-socket wsgi:app & page=$$!; \
	  trap 'told=yes; kill $$page $$worker 2>/dev/null' INT TERM; \
	  wait $$page; came=$$?; kill $$worker 2>/dev/null; wait; test -n "$$told" || exit $$came

test: .venv/.browser ## all tests; ARGS= goes to pytest
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

coverage: .venv/.dev ## branches that the tests take on SQLite without a browser; fails below 97 percent
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not postgres and not browser" --cov $(ARGS)

REFERRALS ?= 500
HOURS ?= 1
silence-test: .venv/.dev ## REFERRALS=500 over 60 days in steps of HOURS=1, on each database
	SEEDED_REFERRALS=$(REFERRALS) HOURS_EACH_STEP=$(HOURS) $(PY) -m pytest -n 0 tests/overdue/escalation/test_sixty_days.py

HISTORIES ?= 200
STEPS ?= 60
histories: .venv/.dev ## draw HISTORIES=200 of acts in any order, STEPS=60 long, on each database
	DRAWN=1 HISTORIES=$(HISTORIES) HISTORY_STEPS=$(STEPS) $(PY) -m pytest -n 2 \
	  $(shell find tests -name test_any_history.py) $(ARGS)

NATIONS ?= 50
recount: .venv/.dev ## draw NATIONS=50 and count every report of them by hand, on each database
	DRAWN=1 NATIONS=$(NATIONS) NATION_BOOKINGS=60 NATION_ACTS=150 $(PY) -m pytest -n 2 tests/recount $(ARGS)

KILLS ?= 100
kill-test: .venv/.dev ## kill workers KILLS=100 times on each database
	KILLS=$(KILLS) $(PY) -m pytest -n 0 tests/jobs/test_kill.py

access-table: .venv/.dev ## write tests/access/*.csv anew: who sees and does what, in each state; read the difference
	@PYTHONPATH=.:tests $(PY) -m access.rewrite

faults: .venv/.dev ## plant every kept fault and see it noticed; ARGS="--only ID", "--sample 5 --seed 7"
	$(PY) tests/faults/run.py $(ARGS)

SEED ?= 1
N ?= 40
mutants: .venv/.dev ## draw N faults by SEED and see which are noticed; ARGS=--keep, --nouns, --list
	$(PY) tests/faults/draw.py --seed $(SEED) --number $(N) $(ARGS)

SETS ?= 500
WHOLE ?= 50
attack-reports: .venv/.dev ## attack what SETS=500 nations would publish, WHOLE=50 of them in whole numbers
	@PYTHONPATH=.:tests $(PY) -m published.attacking $(SETS) $(WHOLE)

BOOKINGS ?= 10000 100000 1000000
bench-reports: .venv/.dev ## every report on nations of BOOKINGS, on both databases, beside DuckDB
	@PYTHONPATH=.:tests $(PY) tests/bench/reports.py $(BOOKINGS) $(ARGS)

check: .venv/.dev ## format, lint, types, import contracts, templates
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates

bench: .venv/.dev ## milliseconds of each main page, against a bare Flask page; the letter against bare WeasyPrint
	@PYTHONPATH=.:tests $(PY) tests/bench/pages.py

count-keys: .venv/.browser ## the keys that the tasks of the desk take in Chromium, against their goals
	@PYTHONPATH=.:tests $(PY) tests/keystrokes/count.py $(ARGS)

pictures: .venv/.browser ## pictures of the main pages into tests/pictures
	@PYTHONPATH=.:tests $(PY) tests/pictures/take.py

lighthouse: .venv/.browser ## Lighthouse on the ten main pages, the W3C checker on all; needs Node.js and Java; ARGS="--only w3c"
	npm ci --silent --ignore-scripts --no-audit --no-fund --prefix tests/lighthouse
	@PYTHONPATH=.:tests $(PY) tests/lighthouse/run.py $(ARGS)

release-databases: .venv/.dev ## keep the demo's database at this migration, for later ones to carry along
	@PYTHONPATH=.:tests $(PY) -m releases.make

drawing: .venv/.dev ## docs/layers.svg from the contracts
	@$(PY) tests/guards/drawing.py

hooks: .venv/.dev ## check what is about to be committed
	git config core.hooksPath .githooks

format: .venv/.dev ## put the code in order
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench-recognition: .venv/.dev ## recall, precision, speed of recognition beside Splink; DATA= a folder, ARGS=
	PYTHONPATH=.:tests $(PY) tests/bench/recognition.py $(DATA) $(ARGS)

bench-load: .venv/.dev ## do eight desks get their pages beside an analyst? ARGS=--postgres
	PYTHONPATH=.:tests $(PY) tests/bench/load.py $(ARGS)

bench-desks: .venv/.dev ## do desks that book slow down desks that look? ARGS=--postgres
	PYTHONPATH=.:tests $(PY) tests/bench/desks.py $(ARGS)

recognition-weights: .venv/.dev ## make the weights of recognition anew from sets with answers; DATA= folders
	PYTHONPATH=.:tests $(PY) tests/bench/weights.py $(DATA)

lock: .venv/.dev ## make the hash-pinned requirements anew
	.venv/bin/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements.txt pyproject.toml
	.venv/bin/pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra dev -o requirements-dev.txt pyproject.toml
