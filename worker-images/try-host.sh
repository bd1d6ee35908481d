#!/bin/sh
# Tries the server's image for real: two builds have to be the same, and what they made has to boot, in QEMU by UEFI, and let in whoever
# has the key.
#
#   try-host.sh              builds it twice, in target/images-test
#   try-host.sh IMAGE        boots a disk of form .raw.zst that is there already
#
# It takes root, and a quarter of an hour: the machine is emulated, so that it can be tried anywhere.
set -eu
umask 022

say() { printf 'images: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

home=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
work=$home/../target/images-test
[ "$(dpkg --print-architecture)" = amd64 ] || fail "only a machine of amd64 is tried here"
"$home/../scripts/need-packages.sh" qemu-system-x86_64=qemu-system-x86 /usr/share/OVMF/OVMF_CODE_4M.fd=ovmf zstd=zstd \
	ssh=openssh-client || exit 1
rm -rf "$work"
mkdir -p "$work"

image=${1:-}
if [ -z "$image" ]; then
	for turn in first second; do
		"$home/build.sh" host --arch amd64 --version 1 --out "$work/$turn"
	done
	image=$work/first/host-1-amd64.raw.zst
	cmp "$image" "$work/second/host-1-amd64.raw.zst" || fail "two builds differ"
	say "two builds are the same"
fi

zstd -q -d "$image" -o "$work/disk.raw"
# A server's disk is larger than the image.
truncate -s 6G "$work/disk.raw"
cp /usr/share/OVMF/OVMF_VARS_4M.fd "$work/vars.fd"
ssh-keygen -q -t ed25519 -N '' -C try-host -f "$work/key"
port=$((20000 + $$ % 20000))
qemu-system-x86_64 -nodefaults -no-user-config -display none -machine q35 -accel tcg,tb-size=256 -cpu Nehalem -smp 2 -m 1024 \
	-no-reboot -serial "file:$work/console.txt" \
	-drive if=pflash,format=raw,unit=0,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd \
	-drive "if=pflash,format=raw,unit=1,file=$work/vars.fd" \
	-netdev "user,id=n0,hostfwd=tcp:127.0.0.1:$port-:22" -device virtio-net-pci,netdev=n0,romfile= -device virtio-rng-pci \
	-drive "if=none,id=d0,file=$work/disk.raw,format=raw,cache=unsafe" -device virtio-blk-pci,drive=d0,bootindex=1 \
	-smbios "type=11,value=io.systemd.credential:ssh.authorized_keys.root=$(cat "$work/key.pub")" &
qemu=$!
trap 'kill "$qemu" 2>/dev/null || :; wait "$qemu" 2>/dev/null || :' EXIT
trap 'exit 1' HUP INT TERM

inside() {
	ssh -q -i "$work/key" -p "$port" -o BatchMode=yes -o ConnectTimeout=30 -o StrictHostKeyChecking=no \
		-o UserKnownHostsFile=/dev/null root@127.0.0.1 "$@"
}

say "boots; $work/console.txt is what it says"
deadline=$(($(date +%s) + 900))
until inside true 2>/dev/null; do
	kill -0 "$qemu" 2>/dev/null || fail "QEMU has ended"
	[ "$(date +%s)" -lt "$deadline" ] || fail "it lets nobody in within a quarter of an hour"
	sleep 2
done

# What is asked, and what has to be answered.
expect() {
	answer=$(inside "$2" 2>&1) || :
	[ "$answer" = "$1" ] || fail "'$2' says '$answer' in it, and should say '$1'"
}
expect running 'systemctl is-system-running --wait'
expect host 'sed -n "s/^IMAGE_ID=\"\(.*\)\"/\1/p" /etc/os-release'
expect 'table inet host' 'nft list tables'
# shellcheck disable=SC2016 # of the shell in it
expect yes '[ "$(df --output=size -k / | tail -n 1)" -gt 5000000 ] && echo yes'
expect /etc/ssh/ssh_host_ed25519_key 'ls /etc/ssh/ssh_host_*_key'
expect 33 'wc -c < /etc/machine-id'
say "it boots, is in order, and has taken the whole disk"
rm -rf "$work"
