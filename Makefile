# Everything people and CI do here. `make` or `make help` lists it.
# Each target installs what it needs and is quick when nothing is missing; the work itself is in scripts/.

# Two jobs at once: the web app's last step uses one core for a minute while the server compiles on the others.
MAKEFLAGS += --no-print-directory --jobs=2
.DEFAULT_GOAL := help
.PHONY: help demo build site binaries bake test test-unit test-isolation test-e2e lint bench screenshots recording clean setup setup-tests

TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)

help: ## List the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-14s %s\n' "$$name" "$$what"; done

demo: build bake ## Install what is missing, build, and serve the landing page on 127.0.0.1:3000
	@scripts/serve-demo $(TARGET_DIR)/release/sandglass

build: binaries site ## Build the release binaries (sandglass, sandboxd) and the site, nothing else

binaries: setup
	@scripts/step "Building the server" cargo build --release --package server --package sandboxd

site: setup ## Build what the browser loads: WASM, JavaScript, CSS, fonts
	@scripts/step "Building the web app" scripts/build-site

bake: binaries ## Prepare the sandbox templates: packages installed, dev server's cache warm
	@scripts/step "Preparing the sandbox templates" $(TARGET_DIR)/release/sandglass bake

test: setup-tests ## Run everything CI runs: formatting, lints, unit tests, tests in a browser
	@scripts/test

test-unit: setup-tests ## Run the Rust tests
	@scripts/step "Building the Rust tests" scripts/build-tests
	@scripts/test-unit

test-isolation: setup-tests ## Attack real sandboxes from inside, as root and as an ordinary user
	@scripts/step "Building the Rust tests" scripts/build-tests
	@scripts/test-isolation

test-e2e: setup-tests site ## Run the tests in a browser
	@scripts/step "Building the server for tests" scripts/build-tests
	@scripts/test-e2e

lint: setup-tests ## Check formatting, run clippy for this machine and for the browser, check dependencies
	@scripts/lint

bench: setup-tests build bake ## Measure what docs/BENCHMARKS.md states
	@scripts/bench

screenshots: setup-tests build bake ## Take the pictures in docs/images again
	@scripts/screenshots

recording: setup-tests build bake ## Record the session that `Watch Demo` plays again
	@scripts/record

clean: ## Remove everything that was built or stored
	rm -rf target data .cache end2end/node_modules end2end/test-results end2end/playwright-report scripts/site/node_modules

setup:
	@scripts/setup-rust
	@scripts/setup-node
	@scripts/setup-wasm
	@scripts/npm-ci scripts/site

setup-tests: setup
	@scripts/setup-browser
	@scripts/npm-ci end2end
