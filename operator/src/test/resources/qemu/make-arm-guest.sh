#!/bin/sh
# Makes the disk of a small guest for Arm servers, once per machine: a boot loader for UEFI, Debian's kernel, and
# an init that says on the serial line what the guest was given, and turns it off.
#
#   folder=$(./make-arm-guest.sh)      progress goes to stderr; the last line of stdout is the folder with disk.qcow2
#
# The folder lies outside of the checkout, so that a clean clone need not build again:
#   ${XDG_CACHE_HOME:-$HOME/.cache}/shedmaster/arm-guest/KEY
# KEY stands for all that decides what comes out: this script. Nothing of the guest is run here.
set -eu
umask 022

say() { printf 'arm-guest: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

for tool in mmdebstrap cpio zstd mkfs.vfat mcopy qemu-img; do
	command -v "$tool" >/dev/null ||
		fail "$tool is missing: apt-get install mmdebstrap cpio zstd dosfstools mtools qemu-utils"
done

key=$(sha256sum <"$0" | cut -c 1-16)
folder=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/shedmaster/arm-guest/$key
mkdir -p "$folder"
# Whoever comes second waits and finds it made.
exec 9>"$folder/lock"
flock 9
if [ ! -e "$folder/made" ]; then
	say "makes a guest in $folder: about a minute"
	rm -rf --one-file-system "$folder/root" "$folder/initrd"
	root=$folder/root
	mmdebstrap --architectures=arm64 --variant=extract --quiet \
		--include=linux-image-cloud-arm64,busybox-static,systemd-boot-efi \
		bookworm "$root" >&2 || fail "mmdebstrap failed"

	initrd=$folder/initrd
	mkdir -p "$initrd/bin" "$initrd/proc" "$initrd/sys" "$initrd/dev" "$initrd/seed" "$initrd/modules"
	cp "$root/bin/busybox" "$initrd/bin/"
	ln -s busybox "$initrd/bin/sh"
	# What is in the kernel itself has no file.
	for module in virtio virtio_ring virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk qemu_fw_cfg \
		fat vfat nls_cp437 nls_ascii; do
		find "$root/lib/modules" -name "$module.ko" -exec cp {} "$initrd/modules/" \;
	done
	cat >"$initrd/init" <<-'END'
		#!/bin/sh
		export PATH=/bin
		busybox mount -t proc proc /proc
		busybox --install -s /bin
		mount -t sysfs sys /sys
		mount -t devtmpfs dev /dev
		# Those that others need go in at the first turn or the second, and these after them.
		for module in /modules/* /modules/* /modules/* /modules/*; do
			insmod "$module" 2>/dev/null
		done
		echo "GUEST $(uname -m) with $(nproc) processors"
		for credential in /sys/firmware/qemu_fw_cfg/by_name/opt/io.systemd.credentials/*; do
			echo "CREDENTIAL ${credential##*/} is $(cat "$credential/raw")"
		done
		for disk in /dev/vd?; do
			# Where a small FAT has its label.
			if [ "$(dd if="$disk" bs=1 skip=43 count=6 2>/dev/null)" = cidata ]; then
				mount -t vfat -o ro "$disk" /seed
			fi
		done
		sed 's/^/SEED /' /seed/user-data /seed/meta-data
		poweroff -f
	END
	chmod 755 "$initrd/init"
	(cd "$initrd" && find . -print0 | cpio --null --create --format=newc --quiet --owner=0:0) |
		zstd -q -f -o "$folder/initrd.img"

	printf 'default guest.conf\ntimeout 0\n' >"$folder/loader.conf"
	printf 'title guest\nlinux /vmlinuz\ninitrd /initrd.img\noptions console=ttyAMA0 quiet panic=-1\n' \
		>"$folder/guest.conf"
	# The firmware reads a file system that fills the disk as well as one in a partition.
	rm -f "$folder/disk.raw"
	truncate -s 96M "$folder/disk.raw"
	mkfs.vfat -F 32 -n GUEST "$folder/disk.raw" >/dev/null
	mmd -i "$folder/disk.raw" ::/EFI ::/EFI/BOOT ::/loader ::/loader/entries
	mcopy -i "$folder/disk.raw" "$root/usr/lib/systemd/boot/efi/systemd-bootaa64.efi" ::/EFI/BOOT/BOOTAA64.EFI
	mcopy -i "$folder/disk.raw" "$folder/loader.conf" ::/loader/loader.conf
	mcopy -i "$folder/disk.raw" "$folder/guest.conf" ::/loader/entries/guest.conf
	mcopy -i "$folder/disk.raw" "$root"/boot/vmlinuz-* ::/vmlinuz
	mcopy -i "$folder/disk.raw" "$folder/initrd.img" ::/initrd.img
	qemu-img convert -q -f raw -O qcow2 "$folder/disk.raw" "$folder/disk.qcow2"
	rm -rf --one-file-system "$root" "$initrd" "$folder/disk.raw" "$folder/initrd.img" "$folder"/*.conf
	touch "$folder/made"
fi
echo "$folder"
