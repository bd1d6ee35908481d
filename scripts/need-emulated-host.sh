#!/bin/sh
# Makes sure of what make run HOST=real takes: root, QEMU and its firmware, what a rescue system is made with, and the image of a host,
# which is built if there is none.
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."

[ "$(id -u)" -eq 0 ] || {
	echo "shedmaster: HOST=real takes root: the emulated server listens at port 22 of an address of its own, and its" \
		"image has files of many users. Without HOST=real everything else runs." >&2
	exit 1
}
"$here/need-packages.sh" qemu-system-x86_64=qemu-system-x86 /usr/share/OVMF/OVMF_CODE_4M.fd=ovmf \
	mmdebstrap=mmdebstrap zstd=zstd cpio=cpio
for image in target/images/host-*-amd64.raw.zst; do
	[ ! -f "$image" ] || exit 0
done
echo "shedmaster: building the image of a host, once: Debian's packages are fetched, and it takes some five minutes" >&2
exec worker-images/build.sh --arch amd64 host
