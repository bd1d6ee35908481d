#!/bin/sh
# Makes sure of programs, and of files by their paths, that come from packages of the distribution.
#
#   need-packages.sh PROGRAM=PACKAGE…   installs what lacks, or names it in one line and fails
#   need-packages.sh /FILE=PACKAGE…     the same
#   need-packages.sh --has PACKAGE      whether the distribution has such a package
#
# Packages are installed only on Debian and its like, by root or where sudo asks for no password.
set -eu

say() { echo "shedmaster: $*" >&2; }

# Runs apt-get, again where another one holds its lock or the network blinks.
apt() {
	attempt=1
	until $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1; do
		if [ $attempt -ge 3 ]; then
			cat "$log" >&2
			return 1
		fi
		sleep $((attempt * 5))
		attempt=$((attempt + 1))
	done
}

# Whether apt knows a version of the package that can be installed.
has_package() {
	candidate=$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p')
	[ -n "$candidate" ] && [ "$candidate" != "(none)" ]
}

is_there() {
	case $1 in
	/*) [ -e "$1" ] ;;
	*) command -v "$1" >/dev/null ;;
	esac
}

may_install() {
	command -v apt-get >/dev/null || return 1
	as_root=
	[ "$(id -u)" -ne 0 ] || return 0
	as_root="sudo -n"
	command -v sudo >/dev/null && sudo -n true 2>/dev/null
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT

if [ "${1:-}" = --has ]; then
	command -v apt-cache >/dev/null || exit 1
	# A fresh machine knows no package before its first update.
	has_package bash || ! may_install || apt update || exit 1
	has_package "$2"
	exit
fi

packages=
for need; do
	is_there "${need%%=*}" || packages="$packages ${need#*=}"
done
[ -n "$packages" ] || exit 0

if ! may_install; then
	say "install these packages (named as in Debian), then try again:$packages"
	exit 1
fi

say "installing$packages"
apt update
case " $packages " in
*" cloud-init "*)
	# Only its schema check is wanted: it must not set this machine up anew at the next boot.
	$as_root mkdir -p /etc/cloud
	$as_root touch /etc/cloud/cloud-init.disabled
	;;
esac
# shellcheck disable=SC2086 # one word a package
apt install --no-install-recommends $packages
