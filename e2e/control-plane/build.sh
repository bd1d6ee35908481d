#!/bin/sh
# Builds a real control plane (etcd, kube-apiserver, kube-controller-manager, kubectl, helm)
# from the Go modules that the go.mod beside this script pins, once per machine.
#
#   folder=$(./build.sh)      progress goes to stderr; the last line of stdout is the folder
#
# The folder lies outside of the checkout, so that a clean clone need not build again:
#   ${XDG_CACHE_HOME:-$HOME/.cache}/shedmaster/control-plane/KEY/k8s/VERSION-OS-ARCH
# KEY stands for all that decides what comes out: go.mod, go.sum, the flags, Go's own version.
set -eu
umask 022 # a stricter one of the caller's must not make folders that the build can't enter

say() { printf 'control-plane: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

module=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd -P)
etcd_package=go.etcd.io/etcd/server/v3 # its program would be called "server", so all are named here
programs="etcd kube-apiserver kubectl helm kube-controller-manager"

package_of() {
	case $1 in
	etcd) echo "$etcd_package" ;;
	helm) echo helm.sh/helm/v3/cmd/helm ;;
	*) echo "k8s.io/kubernetes/cmd/$1" ;;
	esac
}

# The version of a module as go.mod's `require` has it; `replace` lines have "=>" in that place.
required() { awk -v path="$1" '$1 == path && $2 ~ /^v/ { print $2; exit }' "$module/go.mod"; }

digest() {
	if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c 1-16
}

# A folder that the caller may write to: HOME can be unset, missing or read-only in containers and CI.
writable_folder() {
	for folder in "${XDG_CACHE_HOME:-}" "${HOME:+$HOME/.cache}" "${TMPDIR:-/tmp}/shedmaster-$(id -u)"; do
		case $folder in /*) ;; *) continue ;; esac # the XDG specification has relative ones ignored
		if mkdir -p "$folder/shedmaster/control-plane" 2>/dev/null && [ -w "$folder/shedmaster/control-plane" ]; then
			# Whoever owns the folder decides which programs run: never take another user's in /tmp.
			[ -n "$(find "$folder/shedmaster" -prune -user "$(id -u)")" ] || continue
			echo "$folder"
			return
		fi
	done
	return 1
}

is_built() {
	for program in $programs; do [ -x "$1/$program" ] || return 1; done
}

command -v go >/dev/null ||
	fail "install Go 1.26 or newer (https://go.dev/dl/) to build the control plane: there is no 'go' on the PATH"

cache=$(writable_folder) || fail "found no folder to build into: set XDG_CACHE_HOME to one that you may write to"
# Go wants folders of its own where HOME names none.
[ -n "${GOCACHE:-}" ] || [ -w "${HOME:-/nonexistent}" ] || export GOCACHE="$cache/go-build"
[ -n "${GOMODCACHE:-}${GOPATH:-}" ] || [ -w "${HOME:-/nonexistent}" ] || export GOMODCACHE="$cache/go-mod"

cd -- "$module"
export GOWORK=off CGO_ENABLED=0
# What is built runs here, whatever the caller's shell is set to cross-compile for.
unset GOOS GOARCH
# One line: this is also where a Go that is too old for go.mod says so.
go_version=$(go env GOVERSION 2>&1) || fail "install Go 1.26 or newer (https://go.dev/dl/): $go_version"

kubernetes=$(required k8s.io/kubernetes)
helm=$(required helm.sh/helm/v3)
minor=${kubernetes#v1.}
minor=${minor%%.*}
# Without its version the server calls itself v0.0.0-master, and Helm and clients refuse to work with it.
ldflags="-s -w"
for variable in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
	ldflags="$ldflags -X $variable.gitVersion=$kubernetes -X $variable.gitMajor=1 -X $variable.gitMinor=$minor"
done
for variable in helm.sh/helm/v3/pkg/chartutil helm.sh/helm/v3/pkg/lint/rules; do
	ldflags="$ldflags -X $variable.k8sVersionMajor=1 -X $variable.k8sVersionMinor=$minor"
done
ldflags="$ldflags -X helm.sh/helm/v3/internal/version.version=$helm"

key=$({ cat go.mod go.sum && echo "$ldflags trimpath cgo=0 $go_version"; } | digest)
home=$cache/shedmaster/control-plane/$key
target=$home/k8s/${kubernetes#v}-$(go env GOHOSTOS)-$(go env GOHOSTARCH)

if is_built "$target"; then
	echo "$target"
	exit
fi

# One build at a time. The kernel drops a flock with its process; where there is no flock
# (macOS), a folder is the lock and names the process that holds it.
lock() {
	mkdir -p "$home/k8s"
	waited=0
	if command -v flock >/dev/null; then
		exec 9>"$home/lock"
		until flock -n 9; do wait_for_lock; done
	else
		until mkdir "$home/lock.d" 2>/dev/null; do
			holder=$(cat "$home/lock.d/pid" 2>/dev/null || :)
			# One that has named nobody for long was killed before it could.
			if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null || [ -z "$holder" ] && [ "$waited" -gt 30 ]; then
				rm -rf "$home/lock.d"
			else
				wait_for_lock
			fi
		done
		echo $$ >"$home/lock.d/pid"
		folder_lock=$home/lock.d
	fi
}

wait_for_lock() {
	[ $((waited % 15)) -ne 0 ] || say "another process builds it, waiting for that one ($waited s)"
	sleep 1
	waited=$((waited + 1))
}

folder_lock=
compiler=
teller=
building=
# shellcheck disable=SC2317 # it is called by the traps
clean_up() {
	[ -z "$compiler" ] || kill "$compiler" 2>/dev/null || :
	[ -z "$teller" ] || kill "$teller" 2>/dev/null || :
	[ -z "$building" ] || rm -rf "$building"
	[ -z "$folder_lock" ] || rm -rf "$folder_lock"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

lock
if is_built "$target"; then # the other process has done it
	echo "$target"
	exit
fi

rm -rf "$home"/building.* "$target" # what a killed build left, and what lacks a program
building=$(mktemp -d "$home/building.XXXXXX")
chmod 755 "$building"
log=$home/build.log
: >"$log"
began=$(date +%s)
elapsed() { echo $(($(date +%s) - began)); }

# Runs beside the compiler, and no longer than this script, which is $$ in here too.
tell_progress() {
	trap - EXIT HUP INT TERM
	seconds=0
	# A sleep outlives the loop when that is killed: so it is short, and holds nothing open that a reader waits for.
	while kill -0 $$ 2>/dev/null && sleep 1 >/dev/null 2>&1; do
		seconds=$((seconds + 1))
		[ $((seconds % 15)) -ne 0 ] || say "$program ($number of 5), $(elapsed) s: $(tail -n 1 "$log")"
	done
}

say "building Kubernetes ${kubernetes#v}'s control plane once (about 9 minutes on 2 cores) into $target"
number=0
for program in $programs; do
	number=$((number + 1))
	say "$program ($number of 5), $(elapsed) s"
	# Flags given here win over the caller's GOFLAGS. The compiler must not inherit the lock.
	go build -v -mod=readonly -buildvcs=false -trimpath -ldflags "$ldflags" \
		-o "$building/$program" "$(package_of "$program")" >>"$log" 2>&1 9>&- &
	compiler=$!
	tell_progress 9>&- &
	teller=$!
	status=0
	wait "$compiler" || status=$?
	compiler=
	kill "$teller" 2>/dev/null || :
	teller=
	[ $status -eq 0 ] || {
		tail -n 20 "$log" >&2
		fail "go could not build $program; the whole log is $log"
	}
done

mv "$building" "$target"
building=
say "built in $(elapsed) s"
echo "$target"
