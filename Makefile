# Gouji: everything runs inside .venv, which the first target that needs it creates.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEMO   := build/demo

.DEFAULT_GOAL := help
.PHONY: help demo ocr test test-all check bench cassettes docs lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

# setuptools comes from the lock as well, so that building needs nothing more.
$(STAMP): requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (a few minutes the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)  ## load the sample reports and ask five questions
	@rm -rf $(DEMO)
	@printf '$$ gouji ingest samples/reports\n'
	@$(BIN)/gouji --data $(DEMO) ingest samples/reports
	@grep -v -e '^#' -e '^$$' samples/demo_questions.txt | while IFS= read -r question; do \
	    printf '\n$$ gouji ask "%s"\n' "$$question"; \
	    $(BIN)/gouji --data $(DEMO) ask "$$question" </dev/null || exit 1; \
	done
	@printf '\n打开网页 Open the page: $(BIN)/gouji --data $(DEMO) serve, http://127.0.0.1:7860/\n'
	@printf '下一步 Next: $(BIN)/gouji ingest 报告文件夹 FOLDER\n'

ocr: $(STAMP)  ## install what reading scans and pictures of pages needs (about 400 MB)
	@$(BIN)/python -m pip install -qq --requirement requirements-ocr.lock

# A worker that has run out of tests takes some of the other's: files stay together until then.
# Many tests start processes, which would compile all modules anew where the environment keeps no
# bytecode, as images of containers are wont to say.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist worksteal

test: $(STAMP)  ## the tests but the slow ones, without a network, in two processes
	$(PYTEST) -m "not slow"

test-all: $(STAMP)  ## all tests, as every change must pass them
	$(PYTEST)

check: $(STAMP)  ## style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)  ## measure how right and how fast it is, into docs/quality.md and docs/benchmarks.md
	$(BIN)/python -m eval.bench

cassettes: $(STAMP)  ## record replies of the configured language model (needs its key)
	$(BIN)/python -m eval.cassettes

docs: $(STAMP)  ## write config.toml and the generated pages of docs/ from the code
	$(BIN)/python -m ui.docs

lock: pyproject.toml  ## write requirements.lock anew from the ranges in pyproject.toml
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install -qq torch==2.13.0 setuptools '.[dev,postgres]'
	{ sed -n '/^#/p' requirements.lock; \
	  build/lock/bin/python -m pip freeze --all --exclude gouji --exclude pip | sed 's/+cpu$$//'; \
	} > build/requirements.lock && mv build/requirements.lock requirements.lock
	build/lock/bin/python -m pip install -qq '.[ocr]'
	{ sed -n '/^#/p' requirements-ocr.lock; \
	  build/lock/bin/python -m pip freeze --all --exclude gouji --exclude pip | sed 's/+cpu$$//' \
	  | grep -vxFf requirements.lock; \
	} > build/requirements-ocr.lock && mv build/requirements-ocr.lock requirements-ocr.lock

clean:  ## remove the environment, caches and demo data (never ./data)
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	    .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
