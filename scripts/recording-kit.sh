#!/bin/sh
# Gathers in a folder what it takes to record the operator's AOT cache where there is a JRE and nothing else, as in a stage
# of the Dockerfile: the programs of a control plane and what starts them, the CRDs, the example fleet, the scripts. The
# modules must be built. The programs are of this machine's kind, and so must be where they are to run.
#
#   recording-kit.sh FOLDER
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
kit=$1
starter=e2e/control-plane/target
dependencies=$starter/runtime-dependencies.txt
if ! [ -d "$starter/classes" ] || ! [ -f "$dependencies" ]; then
	echo "shedmaster: $starter is not built: run make build" >&2
	exit 1
fi

programs=$(sh e2e/control-plane/build.sh)
rm -rf "$kit"
mkdir -p "$kit/crds" "$kit/examples" "$kit/scripts" "$kit/lib" "$kit/k8s/$(basename -- "$programs")"
cp -R crds/generated "$kit/crds/generated"
cp examples/fleet.yaml "$kit/examples/"
cp scripts/record.sh scripts/record-with-kit.sh "$kit/scripts/"
cp -R "$starter/classes" "$kit/classes"
tr ':' '\n' <"$dependencies" | while IFS= read -r jar || [ -n "$jar" ]; do cp "$jar" "$kit/lib/"; done
for program in etcd kube-apiserver kubectl; do cp "$programs/$program" "$kit/k8s/$(basename -- "$programs")/"; done
