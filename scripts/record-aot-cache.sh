#!/bin/sh
# Records the AOT cache of the operator that is packaged here, for the JDK that is found here:
# operator/target/dist/shedmaster.aot. A build that packages the operator anew makes it useless, and the JVM then ignores
# it. The image records its own, see the Dockerfile.
#
#   record-aot-cache.sh [--unless-current]
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
dist=operator/target/dist

"$here/build-for-running.sh" e2e/suite
JAVA_HOME=$("$here/find-jdk.sh")
export JAVA_HOME
# Dates tell nothing here: the jars all have the date that a reproducible build gives them.
stamp=operator/target/shedmaster.aot.of
current() { { "$JAVA_HOME/bin/java" --version && cat "$dist"/lib/*.jar "$dist"/bin/*; } | cksum; }
if [ "${1:-}" = --unless-current ] && [ -f "$dist/shedmaster.aot" ] && [ -f "$stamp" ] &&
	[ "$(cat "$stamp")" = "$(current)" ]; then
	exit 0
fi

kubectl=$(find "$(sh e2e/control-plane/build.sh)" -name kubectl)
"$here/record.sh" "$dist" "$dist/shedmaster.aot" "$kubectl" \
	"$here/run-main.sh" e2e/suite dev.shedmaster.controlplane.ControlPlaneMain
current >"$stamp"
