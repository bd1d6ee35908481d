#!/bin/sh
# Lets the operator run once against a real control plane, with the example fleet and no CI system to talk to, and keeps
# what the JVM learned of it: operator/target/dist/shedmaster.aot, with which the operator starts in a fraction of the time.
#
# The cache holds for exactly these jars and this JVM; a build that packages the operator anew makes it useless, and the
# JVM then ignores it.
#
#   record-aot-cache.sh [--unless-current]
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
dist=operator/target/dist
work=$(mktemp -d)
operator=
control_plane=
clean_up() {
	[ -z "$operator" ] || kill "$operator" 2>/dev/null || :
	[ -z "$control_plane" ] || kill "$control_plane" 2>/dev/null || :
	[ -z "$control_plane" ] || wait "$control_plane" 2>/dev/null || :
	rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
	echo "shedmaster: $*" >&2
	[ ! -s "$work/operator.log" ] || tail -n 20 "$work/operator.log" >&2
	exit 1
}

# Waits until a command succeeds.
await() {
	what=$1
	shift
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 300 ] || fail "$what took too long"
		sleep 0.2
	done
}

pool_is_reconciled() {
	[ -n "$("$kubectl" --kubeconfig "$kubeconfig" get workerpools -A -o 'jsonpath={.items[*].status.conditions[*].type}')" ]
}
said() { grep -q "$1" "$work/operator.log"; }
ended() { ! kill -0 "$operator" 2>/dev/null; }

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

kubeconfig=$work/kubeconfig
"$here/run-main.sh" e2e/suite dev.shedmaster.controlplane.ControlPlaneMain "$kubeconfig" >"$work/control-plane.out" &
control_plane=$!
# It may have to be built first, which tells its progress.
until [ -s "$kubeconfig" ]; do
	kill -0 "$control_plane" 2>/dev/null || fail "there is no control plane"
	sleep 0.5
done

kubectl=$(find "$(sh e2e/control-plane/build.sh)" -name kubectl)
"$kubectl" --kubeconfig "$kubeconfig" apply --server-side -f crds/generated >/dev/null
await "the CRDs" "$kubectl" --kubeconfig "$kubeconfig" wait --for=condition=Established --timeout=20s crd --all

echo "shedmaster: recording"
KUBECONFIG=$kubeconfig POD_NAMESPACE=default SHEDMASTER_AOT_RECORD=$work/shedmaster.aot \
	"$dist/bin/shedmaster" run --namespaces=default --http-port=0 --log-format=json >"$work/operator.log" 2>&1 &
operator=$!
await "the operator's start" said Started
"$kubectl" --kubeconfig "$kubeconfig" apply --server-side -f examples/fleet.yaml >/dev/null
"$kubectl" --kubeconfig "$kubeconfig" get workerpools >/dev/null
# It has looked at the pool and found that it can't be served yet.
await "the first look at a pool" pool_is_reconciled
kill "$operator"
await "the operator's end" ended
operator=
[ -s "$work/shedmaster.aot" ] || fail "the JVM left no cache"
mv "$work/shedmaster.aot" "$dist/shedmaster.aot"
current >"$stamp"
echo "shedmaster: $(du -h "$dist/shedmaster.aot" | cut -f 1) in $dist/shedmaster.aot"
