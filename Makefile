# make serve   serve the documented API on http://127.0.0.1:4010 (PORT=… chooses another port)
# make test    prove it: our own tests and the contract tests; with Node, the export and a client in Node
# make check   style, types, architecture and documentation
# make clients generate clients from the contract (npm, PyPI) and run them against the server
# make fixtures   write fixtures/export/ anew, from the showroom scenario
# make frontend   install the example frontend (Node 20) and prove the export in the real tools
# make setup   only create .venv and install everything into it

PYTHON ?= python3
PORT ?= 4010
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

GENERATED := tests/clients/generated
NODE_TESTS := examples/frontend $(GENERATED)

# Many processes start here: Python keeps what it has compiled, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: serve test check clients fixtures frontend setup clean

serve: $(READY)
	$(BIN)/mockserver serve --port $(PORT)

# Schemathesis judges the whole contract at once in tests/judge/schema; by operation it takes longer.
PACKS := lint,protocol,lifecycle,collections,rules,access,differential

test: $(READY) $(NODE_TESTS:%=%/node_modules/.package-lock.json)
	$(BIN)/pytest -n 2 --dist loadgroup --packs=$(PACKS)

# Without Node or a network everything else is tested all the same.
%/node_modules/.package-lock.json: %/package-lock.json
	@if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2> /dev/null || ! command -v npm > /dev/null; then \
		echo "SKIPPED: the tests of $* need Node 20.19 or newer with npm"; \
	elif ! npm ci --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-timeout=30000 --prefix $*; then \
		rm -rf $*/node_modules; \
		echo "SKIPPED: the tests of $* need packages that npm could not get (see above)"; \
	fi

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/house_rules

clients: $(READY) $(GENERATED)/ready
	$(BIN)/pytest tests/clients/test_generated_clients_work_unchanged.py

$(GENERATED)/ready: $(GENERATED)/package-lock.json $(GENERATED)/requirements.txt
	npm ci --no-audit --no-fund --prefix $(GENERATED)
	$(PYTHON) -m venv $(GENERATED)/.venv
	$(GENERATED)/.venv/bin/pip install --quiet --disable-pip-version-check -r $(GENERATED)/requirements.txt
	@touch $@

fixtures: $(READY)
	$(BIN)/mockserver export --out fixtures/export

frontend: $(READY)
	cd examples/frontend && npm ci
	$(BIN)/pytest tests/export

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) $(GENERATED)/.venv $(NODE_TESTS:%=%/node_modules) $(GENERATED)/ready build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
