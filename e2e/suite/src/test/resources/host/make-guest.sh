#!/bin/sh
# Makes the disk of a small virtual machine for workers, once per machine: a boot loader for UEFI, Debian's kernel, an
# init that does of a cloud-config what the built-in template needs, and an agent that speaks as the lab's do and has one
# job: to try who can be reached.
#
#   folder=$(./make-guest.sh)      progress goes to stderr; the last line of stdout is the folder that has disk.qcow2
#
# The folder lies outside of the checkout, so that a clean clone need not build again:
#   ${XDG_CACHE_HOME:-$HOME/.cache}/shedmaster/guest/KEY
# KEY stands for all that decides what comes out: this script and those of the guest. Nothing of the guest is run here.
set -eu
umask 022

say() { printf 'guest: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

for tool in mmdebstrap cpio zstd mkfs.vfat mcopy qemu-img; do
	command -v "$tool" >/dev/null ||
		fail "$tool is missing: apt-get install mmdebstrap cpio zstd dosfstools mtools qemu-utils"
done

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
key=$(cat "$here/make-guest.sh" "$here/guest-init.sh" "$here/guest-agent.sh" | sha256sum | cut -c 1-16)
folder=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/shedmaster/guest/$key
mkdir -p "$folder"
# Whoever comes second waits and finds it made.
exec 9>"$folder/lock"
flock 9
if [ ! -e "$folder/made" ]; then
	say "makes a guest in $folder: about a minute"
	rm -rf --one-file-system "$folder/root" "$folder/initrd"
	root=$folder/root
	mmdebstrap --architectures=amd64 --variant=extract --quiet \
		--include=linux-image-cloud-amd64,busybox-static,systemd-boot-efi \
		bookworm "$root" >&2 || fail "mmdebstrap failed"

	initrd=$folder/initrd
	mkdir -p "$initrd/bin" "$initrd/proc" "$initrd/sys" "$initrd/dev" "$initrd/seed" "$initrd/modules" \
		"$initrd/etc/acpi/PWRF"
	cp "$root/bin/busybox" "$initrd/bin/"
	ln -s busybox "$initrd/bin/sh"
	# What is in the kernel itself has no file.
	for module in virtio virtio_ring virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk failover \
		net_failover virtio_net button evdev fat vfat nls_cp437 nls_ascii nls_iso8859-1; do
		find "$root/lib/modules" -name "$module.ko" -exec cp {} "$initrd/modules/" \;
	done
	cp "$here/guest-init.sh" "$initrd/init"
	cp "$here/guest-agent.sh" "$initrd/bin/agent"
	printf '#!/bin/sh\necho "GUEST shuts down"\npoweroff -f\n' >"$initrd/etc/acpi/PWRF/00000080"
	chmod 755 "$initrd/init" "$initrd/bin/agent" "$initrd/etc/acpi/PWRF/00000080"
	(cd "$initrd" && find . -print0 | cpio --null --create --format=newc --quiet --owner=0:0) |
		zstd -q -f -o "$folder/initrd.img"

	printf 'default guest.conf\ntimeout 0\n' >"$folder/loader.conf"
	printf 'title guest\nlinux /vmlinuz\ninitrd /initrd.img\noptions console=ttyS0 quiet panic=-1 mitigations=off\n' \
		>"$folder/guest.conf"
	# The firmware reads a file system that fills the disk as well as one in a partition.
	rm -f "$folder/disk.raw"
	truncate -s 96M "$folder/disk.raw"
	mkfs.vfat -F 32 -n GUEST "$folder/disk.raw" >/dev/null
	mmd -i "$folder/disk.raw" ::/EFI ::/EFI/BOOT ::/loader ::/loader/entries
	mcopy -i "$folder/disk.raw" "$root/usr/lib/systemd/boot/efi/systemd-bootx64.efi" ::/EFI/BOOT/BOOTX64.EFI
	mcopy -i "$folder/disk.raw" "$folder/loader.conf" ::/loader/loader.conf
	mcopy -i "$folder/disk.raw" "$folder/guest.conf" ::/loader/entries/guest.conf
	mcopy -i "$folder/disk.raw" "$root"/boot/vmlinuz-* ::/vmlinuz
	mcopy -i "$folder/disk.raw" "$folder/initrd.img" ::/initrd.img
	qemu-img convert -q -f raw -O qcow2 "$folder/disk.raw" "$folder/disk.qcow2"
	rm -rf --one-file-system "$root" "$initrd" "$folder/disk.raw" "$folder/initrd.img" "$folder"/*.conf
	touch "$folder/made"
fi
echo "$folder"
