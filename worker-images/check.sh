#!/bin/sh
# Checks the definitions of images, without building any; what cannot be checked here is entered in SKIPS, with the reason.
#
#   check.sh SKIPS
set -eu

skips=$1
home=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
faults=0

wrong() {
	echo "worker-images/$*" >&2
	faults=$((faults + 1))
}

fact() { sed -n "s/^$1 //p" "$2"; }

for definition in "$home"/images/*; do
	image=images/${definition##*/}
	for key in forms distributions architectures layers hostname; do
		[ -n "$(fact $key "$definition")" ] || wrong "$image says nothing of its $key"
	done
	for layer in $(fact layers "$definition") $(fact vm-layers "$definition"); do
		[ -f "$home/layers/$layer/packages" ] || wrong "$image names the layer $layer, which has no packages"
	done
	for distribution in $(fact distributions "$definition"); do
		[ -f "$home/distributions/$distribution" ] || wrong "$image names the distribution $distribution, which is not there"
	done
	for form in $(fact forms "$definition"); do
		case $form in
		root | disk | vm-disk) ;;
		*) wrong "$image names the form $form: root, disk and vm-disk are known" ;;
		esac
	done
done

known=" amd64 arm64 $(cd "$home/distributions" && echo *) $(sed -n 's/^family //p' "$home"/distributions/* | tr '\n' ' ')"
for packages in "$home"/layers/*/packages; do
	# What is in brackets has to be an architecture, a distribution or a family of them, or the package is in no image.
	conditions=$(sed -n 's/ *#.*//; s/.*\[\(.*\)\].*/\1/p' "$packages")
	for word in $conditions; do
		case $known in
		*" $word "*) ;;
		*) wrong "layers/${packages#"$home"/layers/} has a condition that never holds: $word" ;;
		esac
	done
done

for layer in "$home"/layers/*; do
	[ ! -e "$layer/configure" ] || [ -x "$layer/configure" ] || wrong "layers/${layer##*/}/configure is not executable"
done

for document in "$home"/flatcar/*.ign; do
	name=flatcar/${document##*/}
	if command -v ignition-validate >/dev/null; then
		ignition-validate "$document" || wrong "$name is no Ignition"
	else
		echo "the check of worker-images/$name: ignition-validate is not installed" >>"$skips"
	fi
	if command -v butane >/dev/null; then
		butane --strict --pretty "${document%.ign}.bu" | cmp - "$document" || wrong "$name is not what its .bu says: make it anew"
	else
		echo "the comparison of worker-images/$name with its Butane: butane is not installed" >>"$skips"
	fi
done

[ "$faults" -eq 0 ] && echo "the definitions of images are in order"
