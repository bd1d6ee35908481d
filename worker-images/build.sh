#!/bin/sh
# Builds images of workers and of the servers that they run on, into one folder with an index.
#
#   build.sh [OPTION]… [IMAGE[/FORM]]…     without an image, all of them
#
#   --arch ARCHITECTURE     amd64 or arm64; without it, this machine's own
#   --distribution NAME     debian or ubuntu; without it, each image's first
#   --version VERSION       without it, the date of the last commit
#   --out FOLDER            without it, target/images
#   --locked                fails where packages have other versions than locks/ says
#
# An image is a file in images/: its layers, which are folders in layers/, and the forms in which it is made.
# The same definitions, versions of packages and SOURCE_DATE_EPOCH give the same bytes.
set -eu
umask 022
export LC_ALL=C TZ=UTC PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

say() { printf 'images: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

home=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
out=$home/../target/images
arch=$(dpkg --print-architecture)
distribution=
version=
locked=
wanted=
while [ $# -gt 0 ]; do
	case $1 in
	--arch | --distribution | --version | --out)
		[ $# -gt 1 ] || fail "$1 needs a value"
		case $1 in
		--arch) arch=$2 ;;
		--distribution) distribution=$2 ;;
		--version) version=$2 ;;
		--out) out=$2 ;;
		esac
		shift
		;;
	--locked) locked=--locked ;;
	-*) fail "there is no option $1: see the beginning of $0" ;;
	*) wanted="$wanted $1" ;;
	esac
	shift
done

# The words of a definition's line that begins with the first argument.
fact() { sed -n "s/^$1 //p" "$2"; }

has_word() {
	case " $2 " in
	*" $1 "*) ;;
	*) return 1 ;;
	esac
}

check_machine() {
	[ "$(id -u)" -eq 0 ] || fail "run this as root: an image has files of many users"
	"$home/../scripts/need-packages.sh" mmdebstrap=mmdebstrap mkfs.vfat=dosfstools mcopy=mtools mke2fs=e2fsprogs \
		sfdisk=fdisk zstd=zstd qemu-img=qemu-utils jq=jq || exit 1
	[ "$arch" = "$(dpkg --print-architecture)" ] || check_foreign
}

# Programs of another processor run by QEMU, which the kernel has to know of.
check_foreign() {
	case $arch in
	amd64) processor=x86_64 ;;
	arm64) processor=aarch64 ;;
	*) fail "there is no image for the architecture $arch: amd64 and arm64 are known" ;;
	esac
	"$home/../scripts/need-packages.sh" "qemu-$processor-static=qemu-user-static" update-binfmts=binfmt-support || exit 1
	[ -e /proc/sys/fs/binfmt_misc/register ] || mount -t binfmt_misc none /proc/sys/fs/binfmt_misc ||
		fail "the kernel does not run programs of $arch: it has no binfmt_misc"
	[ -e "/proc/sys/fs/binfmt_misc/qemu-$processor" ] || update-binfmts --enable "qemu-$processor" ||
		fail "the kernel does not run programs of $arch: update-binfmts did not enable qemu-$processor"
}

# One image in one form.
build() {
	image=$1
	form=$2
	definition=$home/images/$image
	from=${distribution:-$(fact distributions "$definition" | cut -d ' ' -f 1)}
	has_word "$arch" "$(fact architectures "$definition")" || fail "$image is not made for $arch"
	has_word "$from" "$(fact distributions "$definition")" || fail "$image is not made of $from"
	# The first distribution's image has the plain name.
	name=$image
	[ "$from" = "$(fact distributions "$definition" | cut -d ' ' -f 1)" ] || name=$image-$from

	say "builds $name $version for $arch as $form"
	work=$(mktemp -d "$out/work.XXXXXX")
	trap 'rm -rf --one-file-system "$work"' EXIT
	trap 'exit 1' HUP INT TERM
	"$home/make-root.sh" "$image" "$name" "$version" "$arch" "$from" "$form" "$work" ||
		fail "$name could not be made"
	"$home/compare-lock.sh" $locked "$work/packages" "$home/locks/$name-$form-$arch" "$name ($form, $arch)"

	file=$name-$version-$arch
	case $form in
	root)
		file=$file.tar.zst
		zstd -q -T0 -9 "$work/root.tar" -o "$work/$file"
		;;
	disk)
		file=$file.raw.zst
		"$home/make-disk.sh" "$work/root.tar" "$work/disk.raw" "$arch" "$name-$version"
		zstd -q -T0 -9 "$work/disk.raw" -o "$work/$file"
		;;
	vm-disk)
		file=$file.qcow2
		"$home/make-disk.sh" "$work/root.tar" "$work/disk.raw" "$arch" "$name-$version"
		qemu-img convert -q -c -o compression_type=zstd -O qcow2 "$work/disk.raw" "$work/$file"
		;;
	esac
	mv "$work/$file" "$out/$file"
	mv "$work/sbom.spdx.json" "$out/$name-$version-$arch.$form.spdx.json"
	"$home/add-to-index.sh" "$out" "$name" "$version" "$arch" "$form" "$file"
	rm -rf --one-file-system "$work"
	trap - EXIT
	say "built $out/$file, $(($(stat -c %s "$out/$file") / 1048576)) MiB"
}

check_machine
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
	SOURCE_DATE_EPOCH=$(git -C "$home" log -1 --format=%ct 2>/dev/null) ||
		fail "set SOURCE_DATE_EPOCH: this is no checkout whose last commit has a date"
fi
export SOURCE_DATE_EPOCH
[ -n "$version" ] || version=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d.%H%M)
case $version in
*[!A-Za-z0-9.+~-]*) fail "a version is made of letters, digits and .+~-" ;;
esac
mkdir -p "$out"
out=$(cd "$out" && pwd)

[ -n "$wanted" ] || wanted=$(cd "$home/images" && echo *)
for one in $wanted; do
	image=${one%%/*}
	[ -f "$home/images/$image" ] || fail "there is no image $image: $(cd "$home/images" && echo *) are there"
	forms=$(fact forms "$home/images/$image")
	case $one in
	*/*)
		has_word "${one#*/}" "$forms" || fail "$image is made as $forms, not as ${one#*/}"
		forms=${one#*/}
		;;
	esac
	for form in $forms; do
		build "$image" "$form"
	done
done
say "the index is $out/index.json"
