#!/bin/sh
# Builds what the programs of a module need, if anything has changed since they were built last.
#
#   build-for-running.sh MODULE
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
module=$1

dependencies=$module/target/runtime-dependencies.txt
built=$module/target/built-for-running
[ -f "$module/pom.xml" ] || {
	echo "shedmaster: there is no module $module" >&2
	exit 1
}

# Whether a file that the program is made of is newer than the last build. Tests don't count.
is_stale() {
	[ -f "$built" ] && [ -f "$dependencies" ] && [ -d operator/target/dist/lib ] || return 0
	[ -n "$(find pom.xml crds operator e2e examples \
		\( -name target -o -path '*/src/test' \) -prune -o -type f -newer "$built" -print | head -n 1)" ]
}

"$here/control-plane.sh" >/dev/null
if is_stale; then
	echo "shedmaster: building (a few minutes the first time)" >&2
	"$here/package.sh" "$module" -Dmaven.test.skip=true -pl "$module" -am >&2
fi
