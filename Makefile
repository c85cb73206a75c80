# The whole interface: run, build, generate, lint, test, e2e, bench, clean. Go 1.26, Node 20 and make; the rest is installed.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run

BUILD := .build

.PHONY: run build build-everywhere generate lint test test-go test-page test-graphql-http test-clients e2e bench check-generated tools clean

run: ## start the server on ./data
	go run ./cmd/gatehouse

build: ## the program, in .build/gatehouse
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o $(BUILD)/gatehouse ./cmd/gatehouse

build-everywhere: ## that all of it compiles for every system it is meant for
	for system in linux darwin freebsd windows; do CGO_ENABLED=0 GOOS=$$system go build ./... || exit 1; done

generate: frontend/node_modules ## what is generated: GraphQL server code, the page's GraphQL types, the built page
	go generate ./graph
	npm --prefix frontend run codegen
	npm --prefix frontend run build

lint: frontend/node_modules e2e/node_modules
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "Not formatted:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go mod tidy -diff
	npm --prefix frontend run check
	npm --prefix e2e run check

test: tools lint check-generated build-everywhere test-go test-page build test-graphql-http test-clients e2e ## everything, on both databases and in a browser

test-go: graph/testdata/graphqljs/node_modules
	GATEHOUSE_TEST_PROXIES=1 GATEHOUSE_TEST_GRAPHQLJS=1 scripts/with-postgres go test -timeout 15m ./...
	GATEHOUSE_TEST_STUMBLE=1 scripts/with-postgres go test -timeout 15m -run /postgres -skip TestFault ./internal/account ./internal/signin

test-page: frontend/node_modules
	npm --prefix frontend test

test-graphql-http: build
	scripts/graphql-http-audit/run $(BUILD)/gatehouse

test-clients: build ## the example clients: generated from what the server serves, compiled, and run against it
	examples/run $(BUILD)/gatehouse

e2e: build e2e/node_modules
	npm --prefix e2e test

bench: build ## measurements of the built program; ONLY=list for those alone, WRITE=docs/performance.md to note them there, with profiles
	scripts/with-postgres --durable go run ./bench --program $(BUILD)/gatehouse $(if $(WRITE),--write $(WRITE) --profiles $(basename $(WRITE))) $(ONLY)

check-generated: ## what is generated and committed is what the sources give
	$(MAKE) generate
	@git diff --exit-code --stat -- graph frontend || { echo "Generated files differ from what is committed: run 'make generate' and commit."; exit 1; }

tools: ## what the tests need besides Go and Node: Chromium, PostgreSQL and proxies, from Debian's packages
	scripts/install-tools

%/node_modules: %/package-lock.json
	npm --prefix $* ci --no-audit --no-fund
	@touch $@

clean:
	rm -rf $(BUILD) frontend/node_modules e2e/node_modules graph/testdata/graphqljs/node_modules examples/typescript/node_modules
