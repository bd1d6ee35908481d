#!/bin/sh
# Packages with Maven, and marks modules whose programs run from here as built.
#
#   package.sh 'MODULE…' MAVEN-ARGUMENT…
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
modules=$1
shift

mark=$(mktemp)
# Taken before the build: what is edited meanwhile makes the next run build again.
trap 'rm -f "$mark"' EXIT
"$here/maven.sh" -q package "$@"
for module in $modules; do
	cp -p "$mark" "$module/target/built-for-running"
done
