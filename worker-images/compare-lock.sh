#!/bin/sh
# Says which packages have other versions than when an image was last built, and writes down the new ones.
#
#   compare-lock.sh [--locked] PACKAGES LOCK IMAGE
#
# With --locked nothing is written, and a difference is a failure.
set -eu

say() { printf 'images: %s\n' "$*" >&2; }

locked=
if [ "$1" = --locked ]; then
	locked=yes
	shift
fi
packages=$1
lock=$2
image=$3

if [ ! -e "$lock" ]; then
	[ -z "$locked" ] || { say "$image has no lock: build it once without --locked and commit $lock" && exit 1; }
	cp "$packages" "$lock"
	exit
fi
changes=$(join -a 1 -a 2 -e none -o 0,1.2,2.2 "$lock" "$packages" | awk '$2 != $3 { print "  " $1 ": " $2 " -> " $3 }')
[ -n "$changes" ] || exit 0
say "$image has other packages than $lock says:"
printf '%s\n' "$changes" >&2
[ -z "$locked" ] || exit 1
cp "$packages" "$lock"
