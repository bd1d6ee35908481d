#!/bin/sh
# Makes a disk that starts by UEFI of a root: an EFI system partition and the root, both with UUIDs that follow from what
# the image is called, so that no older system on another disk is taken for it.
#
#   make-disk.sh ROOT.tar DISK ARCHITECTURE NAME
#
# The firmware finds its loader at the path for removable media. Nothing is entered into the firmware's own list, whose
# first place a rented server keeps for its network.
set -eu

fail() { printf 'images: %s\n' "$*" >&2; exit 1; }

tar=$1
disk=$2
arch=$3
name=$4
esp_mib=128

# The types by which systemd finds them: https://uapi-group.org/specifications/specs/discoverable_partitions_specification/
esp_type=c12a7328-f81f-11d2-ba4b-00a0c93ec93b
case $arch in
amd64)
	suffix=x64
	root_type=4f68bce3-e8cd-4db1-96e7-fbcaf984b709
	console="console=tty0 console=ttyS0,115200n8"
	;;
arm64)
	suffix=aa64
	root_type=b921b045-1df0-41c3-af44-4c6f280d3fae
	# The firmware's tables say which serial line it is.
	console=
	;;
*) fail "no disk can be made for $arch" ;;
esac

uuid() {
	printf '%s %s' "$name-$arch" "$1" | sha256sum |
		sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\).*/\1-\2-4\3-8\4-\5/'
}

work=$disk.parts
rm -rf "$work"
mkdir -p "$work/root"
root=$work/root
tar -C "$root" --numeric-owner --xattrs --xattrs-include='*' -xpf "$tar"
kernel=$(echo "$root"/boot/vmlinuz-*)
initrd=$(echo "$root"/boot/initrd.img-*)
for file in "$kernel" "$initrd"; do
	[ -f "$file" ] || fail "the root has not one kernel and one initrd in /boot"
done
loader=$root/usr/lib/systemd/boot/efi/systemd-boot$suffix.efi

cat >"$root/etc/fstab" <<-END
	PARTUUID=$(uuid root) / ext4 errors=remount-ro,x-systemd.growfs 0 1
	PARTUUID=$(uuid esp) /boot/efi vfat noauto,umask=0077 0 2
END
mkdir -p "$root/boot/efi"

# FAT: the same names in the same order, all of the same time.
mkdir -p "$work/esp/EFI/BOOT" "$work/esp/loader/entries" "$work/esp/shedmaster"
cp "$loader" "$work/esp/EFI/BOOT/BOOT$(echo "$suffix" | tr '[:lower:]' '[:upper:]').EFI"
cp "$kernel" "$work/esp/shedmaster/vmlinuz"
mv "$initrd" "$work/esp/shedmaster/initrd"
printf 'default shedmaster.conf\ntimeout 0\n' >"$work/esp/loader/loader.conf"
cat >"$work/esp/loader/entries/shedmaster.conf" <<-END
	title   $name
	linux   /shedmaster/vmlinuz
	initrd  /shedmaster/initrd
	options root=PARTUUID=$(uuid root) ro $console
END
find "$work/esp" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
truncate -s "${esp_mib}M" "$work/esp.fat"
mkfs.vfat -F 32 -n ESP -i "$(uuid volume | cut -c 1-8)" --invariant "$work/esp.fat" >/dev/null
mcopy -s -m -i "$work/esp.fat" "$work/esp/EFI" "$work/esp/loader" "$work/esp/shedmaster" ::/

# ext4, as large as what is in it and a quarter; the system makes it larger at its first boot.
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
root_mib=$(($(du -s --apparent-size -B 1M "$root" | cut -f 1) * 5 / 4 + 128))
truncate -s "${root_mib}M" "$work/root.ext4"
E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH mke2fs -q -t ext4 -L shedmaster-root -U "$(uuid filesystem)" -m 1 \
	-E "hash_seed=$(uuid hash),lazy_itable_init=0,lazy_journal_init=0" -d "$root" "$work/root.ext4"
# mke2fs takes over when the files were put where they are, which is now.
dumpe2fs "$work/root.ext4" 2>/dev/null | awk -v time="@$SOURCE_DATE_EPOCH" '
	/^Inodes per group:/ { size = $4 }
	/^Group [0-9]+:/ { first = ($2 + 0) * size + 1 }
	/^  Free inodes:/ {
		for (i = first; i < first + size; i++) used[i]
		gsub(/,/, "")
		for (i = 3; i <= NF; i++) {
			n = split($i, range, "-")
			for (j = range[1]; j <= range[n]; j++) delete used[j]
		}
		for (i in used) print "sif <" i "> atime " time "\nsif <" i "> ctime " time "\nsif <" i "> crtime " time
		split("", used)
	}' >"$work/times"
E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH debugfs -w -f "$work/times" "$work/root.ext4" >/dev/null 2>&1
e2fsck -f -n "$work/root.ext4" >/dev/null 2>&1 || fail "the root's file system is not in order"
rm -rf "$root"

truncate -s "$((esp_mib + root_mib + 2))M" "$disk"
sfdisk --quiet "$disk" <<-END
	label: gpt
	label-id: $(uuid disk)
	start=1MiB, size=${esp_mib}MiB, type=$esp_type, uuid=$(uuid esp), name=esp
	size=${root_mib}MiB, type=$root_type, uuid=$(uuid root), name=shedmaster-root
END
dd if="$work/esp.fat" of="$disk" bs=1M seek=1 conv=notrunc,sparse status=none
dd if="$work/root.ext4" of="$disk" bs=1M seek=$((esp_mib + 1)) conv=notrunc,sparse status=none
rm -rf "$work"
