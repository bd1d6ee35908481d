#!/bin/sh
# Makes an image's root as WORK/root.tar, with what is in it as WORK/sbom.spdx.json and WORK/packages.
#
#   make-root.sh IMAGE NAME VERSION ARCHITECTURE DISTRIBUTION FORM WORK
#
# mmdebstrap makes it, and calls this again when all packages are there:  make-root.sh --finish … ROOT
set -eu

fail() { printf 'images: %s\n' "$*" >&2; exit 1; }

finish=
if [ "$1" = --finish ]; then
	finish=yes
	shift
fi
home=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
image=$1
name=$2
version=$3
arch=$4
distribution=$5
form=$6
work=$7

definition=$home/images/$image
# Packages that were fetched once; apt checks each again.
kept=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/shedmaster/packages/$distribution-$arch
fact() { sed -n "s/^$1 //p" "$2"; }

# What has to start by itself has more to it than what runs in a container.
layers=$(fact layers "$definition")
[ "$form" != vm-disk ] || layers="$layers $(fact vm-layers "$definition")"

# The packages of all layers that are for this architecture and distribution: those whose condition names no other.
packages() {
	for layer in $layers; do
		sed 's/ *#.*//; /^$/d' "$home/layers/$layer/packages"
	done | awk -v here=" $arch $distribution " '
		{
			fits = 1
			for (i = 2; i <= NF; i++) {
				word = $i
				gsub(/[][]/, "", word)
				if (index(here, " " word " ") == 0) fits = 0
			}
			if (fits) print $1
		}' | sort -u
}

# Each source of packages, as a line of apt's.
sources() { sed -n "s/^source any //p; s/^source $arch //p" "$home/distributions/$distribution"; }

# What packages bring and no image needs, as options of dpkg.
left_out() {
	for layer in $layers; do
		[ ! -e "$home/layers/$layer/leave-out" ] || sed '/^#/d' "$home/layers/$layer/leave-out"
	done
}

make() {
	left_out >"$work/left-out"
	mkdir -p "$kept"
	find "$kept" -name '*.deb' -mtime +30 -delete
	suite=$(fact suite "$home/distributions/$distribution")
	[ -n "$(sources)" ] || fail "the distribution $distribution has no source for $arch"
	sources | mmdebstrap --quiet --mode=root --variant=minbase --architectures="$arch" --format=tar \
		--keyring="$(fact keyring "$home/distributions/$distribution")" \
		--include="$(packages | paste -sd ,)" --dpkgopt="$work/left-out" \
		--skip=download/empty --setup-hook="cp '$kept/'*.deb \"\$1\"/var/cache/apt/archives/ 2>/dev/null || :" \
		--customize-hook="'$0' --finish '$image' '$name' '$version' '$arch' '$distribution' '$form' '$work' \"\$1\"" \
		"$suite" "$work/root.tar" - >&2
}

finish() {
	root=$1
	find "$root/var/cache/apt/archives" -name '*.deb' -exec cp -u {} "$kept/" \;
	fact hostname "$definition" >"$root/etc/hostname"
	for layer in $layers; do
		folder=$home/layers/$layer
		[ ! -d "$folder/files" ] || tar -C "$folder/files" --owner=0 --group=0 --mode=u=rwX,go=rX -cf - . | tar -C "$root" -xf -
		[ ! -e "$folder/configure" ] || "$folder/configure" "$root" "$form"
	done
	printf 'IMAGE_ID="%s"\nIMAGE_VERSION="%s"\n' "$name" "$version" >>"$root/usr/lib/os-release"
	dpkg-query --admindir="$root/var/lib/dpkg" --show >"$work/packages"
	"$home/write-sbom.sh" "$root" "$name" "$version" "$arch" "$distribution" >"$work/sbom.spdx.json"
	mkdir -p "$root/usr/share/shedmaster"
	cp "$work/sbom.spdx.json" "$root/usr/share/shedmaster/sbom.spdx.json"
	forget "$root"
}

# What says when and where the image was made, and what each machine has to make for itself.
forget() {
	: >"$1/etc/machine-id"
	rm -f "$1/var/lib/dbus/machine-id" "$1/var/lib/systemd/random-seed" "$1/var/cache/ldconfig/aux-cache" \
		"$1"/var/lib/dpkg/*-old "$1"/var/cache/debconf/*-old "$1"/etc/*- "$1/var/lib/systemd/catalog/database"
	rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*
	find "$1/var/log" -type f -delete
	find "$1/tmp" "$1/var/tmp" -mindepth 1 -delete
}

case $finish in
yes) finish "$8" ;;
*) make ;;
esac
