# What the server is made of, and whose it is. Nothing here changes anything.

inspect() { document no; }

examine() { document yes; }

document() {
    printf '{"bootId":%s,"hostname":%s,' "$(text "$(boot_id)")" "$(text "$(uname -n)")"
    printf '"architecture":%s,"cpus":%s,' "$(text "$(uname -m)")" "$(nproc)"
    awk '$1 == "MemTotal:" { printf "\"memoryBytes\":%.0f,", $2 * 1024 }' /proc/meminfo
    printf '"disks":['
    comma=
    for disk in $(disks); do
        printf '%s{"device":%s,"wwn":%s,' "$comma" "$(text "$disk")" "$(text "$(of_disk WWN "$disk")")"
        printf '"serial":%s,"bytes":%s' "$(text "$(of_disk SERIAL "$disk")")" "$(blockdev --getsize64 "$disk")"
        case $1 in
            yes) printf ',"owner":%s,"health":%s}' "$(text "$(owner_of "$disk")")" "$(health_of "$disk")" ;;
            *) printf ',"owner":"","health":null}' ;;
        esac
        comma=,
    done
    echo ']}'
}

# What smartctl says, which is JSON; nothing where it says none.
health_of() {
    if command -v smartctl > /dev/null; then
        # Its exit status tells of the disk, in bits; what it prints tells the same.
        smartctl --json=c --health --attributes "$1" 2> /dev/null | grep . || echo null
    else
        echo null
    fi
}

# The disk and its parts, with what is on each.
partitions() {
    lsblk --noheadings --paths --raw --output NAME -- "$1" | while read -r path; do
        echo "$path $(blkid --probe --match-tag TYPE --output value "$path" 2> /dev/null || :)"
    done
}

# Whose mark is on a disk: read without writing, not even a journal.
owner_of() {
    partitions "$1" | while read -r path kind; do
        case $kind in
            ext2 | ext3 | ext4) options=ro,noload ;;
            xfs) options=ro,norecovery ;;
            btrfs | erofs | squashfs) options=ro ;;
            *) continue ;;
        esac
        place=$(mktemp -d)
        if mount -t "$kind" -o "$options" "$path" "$place" 2> /dev/null; then
            [ ! -f "$place/$mark" ] || sed -n 's/^owner //p' "$place/$mark"
            umount "$place"
        fi
        rmdir "$place"
    done | head -n 1
}
