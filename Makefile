# The few commands that a person needs. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help run test bench build crds fmt mutation control-plane aot image images images-test clean

MAVEN := scripts/maven.sh

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | awk -F '\t' '{ printf "  make %-15s %s\n", $$1, $$2 }'

# Some shells have a HOST in their environment, which is not meant.
RUN_HOST := $(if $(findstring command,$(origin HOST)),$(HOST))
RUN_ARGS := $(strip $(if $(ONCE),--once) $(if $(SPEED),--speed=$(SPEED)) $(if $(RUN_HOST),--host=$(RUN_HOST)) $(ARGS))

run: ## Run it all here: control plane, lab, operator, a night of real demand (ONCE=1 ends by itself, SPEED=150, HOST=real, ARGS=…)
	@$(if $(filter real,$(RUN_HOST)),scripts/need-emulated-host.sh &&) exec scripts/run-main.sh e2e/suite dev.shedmaster.suite.run.RunMain $(RUN_ARGS)

test: ## Run every check and test
	@exec scripts/test.sh

bench: ## Run the benchmarks (ARGS=… goes to them)
	@scripts/record-aot-cache.sh --unless-current
	@exec env JAVA_OPTS="-XX:TieredStopAtLevel=1 $$JAVA_OPTS" scripts/run-main.sh e2e/bench dev.shedmaster.bench.BenchMain $(ARGS)

build: ## Compile and package, without tests; the operator is then operator/target/dist/bin/shedmaster
	@echo "shedmaster: building (a few minutes)"
	@scripts/package.sh 'e2e/suite e2e/bench' -DskipTests
	@echo "shedmaster: built operator/target/dist/bin/shedmaster"

aot: build ## Record a cache for a faster start of the operator: operator/target/dist/shedmaster.aot
	@exec scripts/record-aot-cache.sh

image: build ## Build the operator's image with Docker (IMAGE=shedmaster:dev), with a cache that is recorded in its own JRE
	@exec scripts/image.sh $(IMAGE)

images: ## Build the images of workers and of their servers: target/images (root; ARGS="host --arch arm64" selects)
	@exec worker-images/build.sh $(ARGS)

images-test: ## Build the server's image twice, compare, and boot it in QEMU (root; a quarter of an hour)
	@exec worker-images/try-host.sh $(ARGS)

crds: ## Make the CRDs, docs/api.md and the chart's copies of them anew
	@exec scripts/generate.sh

fmt: ## Format the Java code
	@$(MAVEN) -q spotless:apply

mutation: ## Mutation-test the core: does a test fail for every change of its rules? Fails below a room's threshold
	@exec scripts/mutation.sh

control-plane: ## Build the real control plane for the tests, once per machine (minutes)
	@exec scripts/control-plane.sh

clean: ## Remove what was built here; the control plane's programs stay
	@$(MAVEN) -q clean
	@rm -rf target
