#!/bin/sh
# Compiles and packages everything, without tests; the programs of make run and make bench are built thereby, too.
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."

mark=$(mktemp)
# Taken before the build, as build-for-running.sh does: what is edited meanwhile is built when it is run.
trap 'rm -f "$mark"' EXIT
echo "shedmaster: building (a few minutes)"
"$here/maven.sh" -q package -DskipTests
for module in e2e/suite e2e/bench; do
	cp -p "$mark" "$module/target/built-for-running"
done
echo "shedmaster: built operator/target/dist/bin/shedmaster"
