#!/bin/sh
# Makes the rescue system that machines of the lab boot, a kernel and a whole Debian as its initrd, once per machine.
#
#   folder=$(./make-rescue.sh)      progress goes to stderr; the last line of stdout is the folder
#
# The folder lies outside of the checkout, so that a clean clone need not build again:
#   ${XDG_CACHE_HOME:-$HOME/.cache}/shedmaster/rescue/KEY
# with vmlinuz and initrd. KEY stands for all that decides what comes out: this script.
set -eu
umask 022

say() { printf 'rescue: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

[ "$(id -u)" -eq 0 ] || fail "run this as root: a system has files of many users and devices"
for tool in mmdebstrap cpio zstd; do
	command -v "$tool" >/dev/null || fail "install the Debian package $tool"
done

key=$(sha256sum <"$0" | cut -c 1-16)
folder=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/shedmaster/rescue/$key
if [ -e "$folder/made" ]; then
	echo "$folder"
	exit
fi

mkdir -p "$folder"
# Whoever comes second waits and finds it made.
exec 9>"$folder/lock"
flock 9
if [ -e "$folder/made" ]; then
	echo "$folder"
	exit
fi

say "makes a rescue system in $folder: about two minutes"
root=$folder/root
# One that was broken off may have left the machine's own devices mounted below it.
rm -rf --one-file-system "$root"
# Perl, Python and the program that makes initrds come with some of these and are not asked for.
mmdebstrap --variant=minbase --mode=root --quiet \
	--include=systemd,systemd-sysv,udev,dbus,openssh-server,iproute2,kmod,curl,ca-certificates,zstd,xz-utils,bzip2,gpgv \
	--include=fdisk,gdisk,e2fsprogs,xfsprogs,btrfs-progs,dosfstools,smartmontools,nvme-cli,mdadm,gawk \
	--include=linux-image-cloud-amd64 \
	--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
	--dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/zoneinfo/*' \
	bookworm "$root" >&2 || fail "mmdebstrap failed"
cp "$root"/boot/vmlinuz-* "$folder/vmlinuz"
rm -rf "${root:?}"/boot/* "$root"/usr/lib/python3* "$root"/usr/share/perl "$root"/usr/lib/klibc "$root"/var/lib/apt/* \
	"$root"/var/cache/* "$root"/usr/lib/udev/hwdb.*

# The modules that a machine of the lab and what is done in it ask for. NVMe and ext4 are in this kernel itself.
version=$(ls "$root/usr/lib/modules")
for module in virtio_net virtio_pci virtio_rng qemu_fw_cfg button evdev loop vfat nls_cp437 nls_ascii nls_iso8859-1 \
	xfs btrfs squashfs erofs raid0 raid1 raid456 raid10 dm_mod; do
	# Some are in the kernel itself, by its version.
	chroot "$root" modprobe --set-version "$version" --show-depends "$module" || say "this kernel has no $module"
done | sed -n "s,^insmod /.*modules/$version/\([^ ]*\).*,\1,p" | sort -u >"$folder/modules"
(cd "$root/usr/lib/modules/$version" && find kernel -name '*.ko*' | grep -vxFf "$folder/modules" | xargs -r rm -f)
chroot "$root" depmod "$version"

echo rescue >"$root/etc/hostname"
: >"$root/etc/machine-id"
cat >"$root/etc/systemd/network/10-card.network" <<-END
	[Match]
	Type=ether
	[Network]
	Address=10.0.2.15/24
	Gateway=10.0.2.2
END
echo 'nameserver 10.0.2.3' >"$root/etc/resolv.conf"
rm -f "$root"/etc/ssh/ssh_host_*
cat >"$root/etc/ssh/sshd_config" <<-END
	HostKey /etc/ssh/ssh_host_ed25519_key
	HostKey /etc/ssh/ssh_host_ecdsa_key
	PermitRootLogin prohibit-password
	PasswordAuthentication no
	KbdInteractiveAuthentication no
	UsePAM no
	UseDNS no
END
# Each boot has keys of its own, which the landlord is told, in one line, before anybody can meet them.
cat >"$root/etc/systemd/system/host-keys.service" <<-'END'
	[Unit]
	Before=ssh.service
	[Service]
	Type=oneshot
	ExecStart=ssh-keygen -q -t ed25519 -N "" -C "" -f /etc/ssh/ssh_host_ed25519_key
	ExecStart=ssh-keygen -q -t ecdsa -b 256 -N "" -C "" -f /etc/ssh/ssh_host_ecdsa_key
	ExecStart=sh -c "cat /etc/ssh/ssh_host_*_key.pub | paste -s -d , | sed 's/^/HOST-KEYS /' > /dev/ttyS0"
	[Install]
	RequiredBy=ssh.service
END
chroot "$root" systemctl --quiet enable systemd-networkd.service host-keys.service
for unit in systemd-networkd-wait-online.service systemd-timesyncd.service apt-daily.timer apt-daily-upgrade.timer \
	dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer mdcheck_start.timer mdcheck_continue.timer \
	mdmonitor-oneshot.timer nvmf-autoconnect.service smartmontools.service getty@tty1.service serial-getty@ttyS0.service \
	systemd-firstboot.service; do
	ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
ln -s /sbin/init "$root/init"

(cd "$root" && find . -print0 | cpio --null --create --format=newc --quiet) | zstd -q -T0 -3 -f -o "$folder/initrd"
rm -rf --one-file-system "$root" "$folder/modules"
touch "$folder/made"
echo "$folder"
