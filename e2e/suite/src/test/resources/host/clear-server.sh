#!/bin/sh
# Removes what a server of boot-server.sh has left, which has ended.
#
#   clear-server.sh NAME FOLDER
set -eu

name=$1
folder=$2

ip link delete "ve-$name" 2>/dev/null || :
# What it had mounted below its disk is gone with it; its root is not.
umount -l "$folder/root" 2>/dev/null || :
for hierarchy in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
	[ ! -d "$hierarchy/$name" ] || find "$hierarchy/$name" -depth -type d -exec rmdir {} + 2>/dev/null || :
done
rm -rf --one-file-system "$folder"
