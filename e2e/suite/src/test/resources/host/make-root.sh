#!/bin/sh
# Makes the root of a Debian server that tests boot in a container, once per machine.
#
#   folder=$(./make-root.sh)      progress goes to stderr; the last line of stdout is the folder
#
# The folder lies outside of the checkout, so that a clean clone need not build again:
#   ${XDG_CACHE_HOME:-$HOME/.cache}/shedmaster/host-root/KEY/root
# KEY stands for all that decides what comes out: this script and the machine's architecture.
set -eu
umask 022

say() { printf 'host-root: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

[ "$(id -u)" -eq 0 ] || fail "run this as root: a server's root has files of many users and devices"
command -v mmdebstrap >/dev/null || fail "install the Debian package mmdebstrap"

me=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)/$(basename -- "$0")
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/shedmaster/host-root
key=$( (cat "$me" && uname -m) | sha256sum | cut -c 1-16)
folder=$cache/$key
if [ -e "$folder/made" ]; then
	echo "$folder/root"
	exit
fi

mkdir -p "$folder"
# Whoever comes second waits and finds it made.
exec 9>"$folder/lock"
flock 9
if [ ! -e "$folder/made" ]; then
	say "makes a Debian root in $folder: about a minute"
	rm -rf "$folder/root"
	mmdebstrap --variant=minbase --mode=root --quiet \
		--include=systemd,systemd-sysv,systemd-container,dbus,openssh-server,iproute2,nftables,kmod,busybox-static,qemu-system-x86,qemu-utils,ovmf,curl,ca-certificates \
		--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		bookworm "$folder/root" >&2 || fail "mmdebstrap failed"

	root=$folder/root
	echo lab-host >"$root/etc/hostname"
	: >"$root/etc/machine-id"
	# One network card, whose address the test gives it from outside.
	rm -f "$root"/etc/ssh/ssh_host_*
	cat >"$root/etc/ssh/sshd_config" <<-END
		HostKey /etc/ssh/ssh_host_ed25519_key
		PermitRootLogin prohibit-password
		PasswordAuthentication no
		KbdInteractiveAuthentication no
		UsePAM no
		UseDNS no
	END
	for unit in systemd-networkd-wait-online.service systemd-timesyncd.service apt-daily.timer apt-daily-upgrade.timer \
		dpkg-db-backup.timer e2scrub_all.timer fstrim.timer; do
		ln -sf /dev/null "$root/etc/systemd/system/$unit"
	done

	# What workers' containers are made of: a shell and its tools.
	image=$root/var/lib/shedmaster/images/busybox
	mkdir -p "$image/bin" "$image/etc" "$image/usr" "$image/root" "$image/tmp"
	cp "$root/bin/busybox" "$image/bin/busybox"
	for tool in sh cat echo sleep nc ip id ls mkdir mknod dd wget true false hostname kill ps stat sync test touch tr; do
		ln -sf busybox "$image/bin/$tool"
	done
	echo 'ID=busybox' >"$image/etc/os-release"
	touch "$folder/made"
fi
echo "$folder/root"
