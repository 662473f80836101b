PYTHON ?= python3
BIN := .venv/bin
PIP_INSTALL := pip install --quiet --disable-pip-version-check

# What the caller has activated must not decide what is installed or imported.
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

# MkDocs 1.6 with click 8.3 or later reloads only when told to.
.PHONY: serve
serve: setup ## show the site on http://127.0.0.1:8000/ and reload it on every change
	@echo 'The site will be on http://127.0.0.1:8000/ once it is built. Ctrl+C stops it.'
	$(BIN)/mkdocs serve --livereload --dev-addr 127.0.0.1:8000

.PHONY: test
test: setup .cache/tools/installed ## run every check and every test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/missing.yml .github/ISSUE_TEMPLATE/wrong.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff
	$(BIN)/peelsite check
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/pytest --numprocesses auto

# What the tests take from npm: the checker of HTML, and Lighthouse.
.cache/tools/installed: tests/tools/package.json tests/tools/package-lock.json
	$(PYTHON) -m tests.programs
	mkdir -p .cache/tools
	cp $^ .cache/tools/
	npm ci --prefix .cache/tools --ignore-scripts --no-audit --no-fund --silent
	touch $@

.PHONY: setup
setup: .venv/installed ## install what the project needs into .venv

# The stamp comes last and the folder is emptied first, so a setup that was
# interrupted is done again from the start. Pip before 25.3 reads only the first
# variable for the build backend, pip from 26.2 only the second.
.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear .venv
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	  $(BIN)/$(PIP_INSTALL) --editable '.[dev]'
	touch $@

.PHONY: build
build: setup ## build the site into site/
	$(BIN)/mkdocs build --strict

# Nothing gets into the published site but what is named in requirements.txt, byte for byte.
.PHONY: publish
publish: .cache/publish/installed ## build the site into site/ as it is published: with those very packages alone
	.cache/publish/bin/mkdocs build --strict $(if $(SITE_DIR),--site-dir '$(SITE_DIR)')

.cache/publish/installed: pyproject.toml requirements.txt
	$(PYTHON) -m venv --clear .cache/publish
	.cache/publish/bin/$(PIP_INSTALL) --require-hashes --only-binary :all: --requirement requirements.txt
	.cache/publish/bin/$(PIP_INSTALL) --no-index --no-deps --no-build-isolation --editable .
	touch $@

.PHONY: check
check: setup ## check the content without building the site
	$(BIN)/peelsite check

.PHONY: bench
bench: setup .cache/bench/installed ## measure builds beside Hugo, Eleventy and Material (SIZES="S M L" ROUNDS=5 MATERIAL_AT_L=1)
	@MATERIAL_AT_L='$(MATERIAL_AT_L)' $(BIN)/python -m bench --sizes '$(SIZES)' $(if $(ROUNDS),--rounds $(ROUNDS))

SIZES ?= S M L

.cache/bench/installed: bench/peers/requirements.txt bench/peers/package.json constraints.txt
	mkdir -p .cache/bench
	$(PYTHON) -m venv --clear .cache/bench/venv
	PIP_CONSTRAINT=constraints.txt .cache/bench/venv/bin/$(PIP_INSTALL) \
	  --requirement bench/peers/requirements.txt
	cp bench/peers/package.json .cache/bench/
	npm install --prefix .cache/bench --ignore-scripts --no-package-lock --no-audit --no-fund --silent
	touch $@

.PHONY: lighthouse
lighthouse: setup .cache/tools/installed ## score five pages as Lighthouse does, on its phone
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m bench.lighthouse

.PHONY: schema
schema: setup ## write the JSON Schemas for editors anew, with the ids that there are now
	$(BIN)/peelsite schema

.PHONY: offline
offline: setup ## build a copy into site-offline/ that opens without a web server
	PEELSITE_DIRECTORY_URLS=false $(BIN)/mkdocs build --strict --site-dir site-offline

.PHONY: accept
accept: setup ## take the pages built now as the expected pages of the tests
	$(BIN)/pytest tests/test_small_site.py --accept

.PHONY: published
published: setup ## add the addresses that the site has now to those that must be answered for ever
	$(BIN)/python -m tests.published

.PHONY: format
format: setup ## format the code and fix what can be fixed
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# Editable installs need `editables`, which hatchling asks for only then.
.PHONY: pins
pins: ## write the newest versions into constraints.txt and requirements.txt (run with the oldest Python)
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; \
	  $(PYTHON) -m venv "$$new/venv"; \
	  "$$new/venv/bin"/$(PIP_INSTALL) editables hatchling --editable '.[dev]'; \
	  sed -n '/^#/p' constraints.txt > "$$new/pins"; \
	  "$$new/venv/bin/pip" freeze --exclude-editable >> "$$new/pins"; \
	  cp "$$new/pins" constraints.txt
	$(MAKE) hashes

.PHONY: hashes
hashes: ## write requirements.txt anew: the versions of constraints.txt that the site needs, with hashes
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; \
	  $(PYTHON) -m venv "$$new/venv"; \
	  "$$new/venv/bin"/$(PIP_INSTALL) uv; \
	  printf 'editables\nhatchling\n' > "$$new/build.in"; \
	  sed -n '/^#/p' requirements.txt > "$$new/pins"; \
	  "$$new/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --constraint constraints.txt pyproject.toml "$$new/build.in" >> "$$new/pins"; \
	  cp "$$new/pins" requirements.txt

.PHONY: clean
clean: ## remove everything that was made here
	rm -rf .venv .cache/bench .cache/publish .cache/tools site site-offline dist .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
