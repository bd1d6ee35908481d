#!/bin/sh
# Boots a Debian server in a container, whose root is thrown away with FOLDER, and ends when it is powered off.
#
#   boot-server.sh NAME ROOT FOLDER NETWORK LOOP
#
# It answers at NETWORK.2 under the key FOLDER/host-key, to whoever has FOLDER/client-key. This machine is NETWORK.1 to it.
# LOOP is the loop device that it is lent, or empty.
set -eu

name=$1
root=$2
folder=$3
network=$4
loop=$5

mkdir -p "$folder/upper" "$folder/work" "$folder/root" "$folder/scratch"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
for key in host-key client-key; do
	ssh-keygen -q -t ed25519 -N '' -C "$key" -f "$folder/$key"
done
cp "$folder/host-key" "$folder/root/etc/ssh/ssh_host_ed25519_key"
mkdir -p "$folder/root/root/.ssh"
cp "$folder/client-key.pub" "$folder/root/root/.ssh/authorized_keys"
cat >"$folder/root/etc/systemd/network/10-host0.network" <<-END
	[Match]
	Name=host0
	[Network]
	Address=$network.2/24
	Gateway=$network.1
END
mkdir -p "$folder/root/etc/systemd/system/multi-user.target.wants"
ln -s /lib/systemd/system/systemd-networkd.service "$folder/root/etc/systemd/system/multi-user.target.wants/"
# An overlay cannot lie over an overlay, so workers' disks are elsewhere, as they are on a server.
cp -a "$root/var/lib/shedmaster/images" "$folder/scratch/"

# Where there is no KVM, a node that opens shows that it is handed on.
kvm=/dev/kvm
if [ ! -c "$kvm" ]; then
	kvm=$folder/kvm
	mknod "$kvm" c 1 3
fi
set -- --bind="$kvm:/dev/kvm" --bind=/dev/net/tun
[ -z "$loop" ] || set -- "$@" --bind=/dev/loop-control --bind="$loop"

# A cgroup of its own, so that its systemd finds an empty one.
for hierarchy in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
	if [ -e "$hierarchy/cgroup.procs" ]; then
		mkdir -p "$hierarchy/$name"
		echo $$ >"$hierarchy/$name/cgroup.procs"
	fi
done
SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 exec systemd-nspawn --quiet --boot --directory="$folder/root" --machine="$name" \
	--network-veth --register=no --keep-unit --link-journal=no --capability=all \
	--bind="$folder/scratch:/var/lib/shedmaster" "$@"
