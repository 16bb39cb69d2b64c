# The commands of this repository. Each sets up what it needs, and may be run twice without harm.
# LEG=8.0 uses Wagtail 8.0 instead of 7.4; PORT=8001 serves the demonstration elsewhere; SEARCH=elasticsearch lets a
# real Elasticsearch find in it.
.DEFAULT_GOAL := help
.PHONY: help demo test lint check lock clean
export PORT LEG SEARCH

help: ## show this list
	@grep -E '^[a-z]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+): .*## /  make \1\t/' | expand -t 14

demo: ## load a small directory and serve the site, on SQLite
	@scripts/demo

test: ## run the tests on SQLite
	@scripts/test

lint: ## look at the code: ruff, djhtml, import-linter, mypy
	@scripts/lint

check: ## run everything that CI runs
	@scripts/check

lock: ## write the lock files anew from pyproject.toml
	@requirements/lock

clean: ## remove what these commands made: environments, databases, builds
	rm -rf .venv .venv-8.0 var build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find socialekaart_plugin -name '*.mo' -delete
