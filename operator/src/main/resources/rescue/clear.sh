# Disks that shall be written: whatever holds them lets go, and nothing on them can be found any more.

# Arrays and volumes of an older system keep its disks busy.
release() {
    ! command -v mdadm > /dev/null || mdadm --stop --scan 2> /dev/null || :
    ! command -v vgchange > /dev/null || vgchange --quiet --activate n > /dev/null 2>&1 || :
}

clear_disk() {
    for path in $(partitions "$1" | cut -d ' ' -f 1); do
        ! grep -q "^$path " /proc/mounts || fail 3 "$path is mounted here: it is not written"
        wipefs --quiet --all --force "$path" || :
    done
    blkdiscard --force "$1" 2> /dev/null || :
    dd if=/dev/zero of="$1" bs=1M count=8 conv=fsync 2> /dev/null || fail 9 "the disk $1 cannot be written"
    blockdev --rereadpt "$1" 2> /dev/null || :
}
