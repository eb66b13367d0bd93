# `make help` lists the commands. Everything is installed into this folder: .venv/, node_modules/, var/.
SHELL := /bin/sh
VENV ?= $(or $(PORTAL_VENV),.venv)
PY := $(VENV)/bin/python
LISTS ?= ../shared/data/official-lists ../shared/data/generative-ai-lists
.PHONY: help run test test-rabbitmq check fmt bench lists docs stop lock
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' Makefile

run: .run  ## install, start and serve the portal with a demonstration (PORT=8000)
	@exec env DEMO=$${DEMO:-yes} $(PY) manage.py quickstart

test: .dev  ## the whole suite, browser journeys included
	@$(PY) scripts/system_packages.py
	@$(PY) -m pytest -n $${TEST_PROCESSES:-2} --dist loadgroup $(ARGS)

test-rabbitmq: .dev  ## the test of killed workers and a stopped broker, with a RabbitMQ of its own
	@server=$$($(PY) scripts/rabbitmq.py) && \
	RABBITMQ_SERVER=$$server $(PY) -m pytest -n0 $(ARGS) tests/faults/test_killed_processes.py

check: .dev  ## format, lint, types, import rules, migrations, deployment settings, sizes
	@$(PY) scripts/check.py

fmt: .dev  ## put code and templates in the house's form
	@$(PY) scripts/check.py --fix

bench: .dev  ## measure pages and queue; writes docs/performance.md
	@$(PY) manage.py migrate --check || $(PY) manage.py migrate
	@$(PY) -m bench $(ARGS)

lists: .run  ## import official lists into a scratch database and account for every row (LISTS=folders)
	@$(PY) manage.py check_lists $(LISTS) $(ARGS)

docs: .dev  ## write the generated pages of docs/ again
	@$(PY) scripts/generated_docs.py

stop:  ## stop the embedded database server
	@$(PY) -m portal.embedded stop

lock: .dev  ## write the lock files again from pyproject.toml
	@scripts/lock

.PHONY: .run .dev
.run .dev:
	@python=$$(scripts/find-python) && "$$python" scripts/bootstrap.py $(subst .,,$@)
