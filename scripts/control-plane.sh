#!/bin/sh
# Builds the real control plane that tests, benchmarks and make run use, once per machine.
# Where there is no Go, says so and leaves it to them to find another one.
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
if ! command -v go >/dev/null; then
	echo "shedmaster: there is no 'go' on the PATH, so no control plane is built: install Go 1.26 or newer (https://go.dev/dl/)," \
		"or have Docker" >&2
	exit 0
fi
exec sh "$here/../e2e/control-plane/build.sh"
