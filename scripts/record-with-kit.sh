#!/bin/sh
# Records the operator's AOT cache with what recording-kit.sh has gathered around this script, and a JRE.
#
#   record-with-kit.sh DIST CACHE
set -eu

kit=$(unset CDPATH && cd -- "$(dirname -- "$0")/.." && pwd)
export KUBE_API_TEST_DIR="$kit"
exec "$kit/scripts/record.sh" "$1" "$2" "$(find "$kit/k8s" -name kubectl)" \
	"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$kit/classes:$kit/lib/*" dev.shedmaster.controlplane.ControlPlaneMain --bare
