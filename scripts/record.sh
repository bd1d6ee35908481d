#!/bin/sh
# Lets the operator run once against a real control plane, with the example fleet and no CI system to talk to, and keeps
# what the JVM learned of it: an AOT cache, with which the operator starts in a fraction of the time. It holds for exactly
# these jars, where they lie, and this JVM.
#
#   record.sh DIST CACHE KUBECTL CONTROL-PLANE…
#
#   DIST           the folder with the packaged operator
#   CACHE          the file that the cache becomes
#   CONTROL-PLANE  a command that runs a control plane until it is ended, once the file that is added as its last
#                  argument has become a kubeconfig for it
set -eu

root=$(unset CDPATH && cd -- "$(dirname -- "$0")/.." && pwd)
dist=$1
cache=$2
kubectl=$3
shift 3
work=$(mktemp -d)
operator=
control_plane=
# shellcheck disable=SC2317 # it is called by the trap
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

kubeconfig=$work/kubeconfig
"$@" "$kubeconfig" >"$work/control-plane.out" &
control_plane=$!
# It may have to be built first, which tells its progress.
until [ -s "$kubeconfig" ]; do
	kill -0 "$control_plane" 2>/dev/null || fail "there is no control plane"
	sleep 0.5
done

"$kubectl" --kubeconfig "$kubeconfig" apply --server-side -f "$root/crds/generated" >/dev/null
await "the CRDs" "$kubectl" --kubeconfig "$kubeconfig" wait --for=condition=Established --timeout=20s crd --all

echo "shedmaster: recording"
KUBECONFIG=$kubeconfig POD_NAMESPACE=default SHEDMASTER_AOT_RECORD=$work/shedmaster.aot \
	"$dist/bin/shedmaster" run --namespaces=default --http-port=0 --log-format=json >"$work/operator.log" 2>&1 &
operator=$!
await "the operator's start" said Started
"$kubectl" --kubeconfig "$kubeconfig" apply --server-side -f "$root/examples/fleet.yaml" >/dev/null
"$kubectl" --kubeconfig "$kubeconfig" get workerpools >/dev/null
# It has looked at the pool and found that it can't be served yet.
await "the first look at a pool" pool_is_reconciled
kill "$operator"
await "the operator's end" ended
operator=
[ -s "$work/shedmaster.aot" ] || fail "the JVM left no cache"
mv "$work/shedmaster.aot" "$cache"
echo "shedmaster: $(du -h "$cache" | cut -f 1) in $cache"
