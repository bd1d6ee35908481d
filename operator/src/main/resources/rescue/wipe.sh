# All disks, made blank.

wipe() {
    check_place
    start_once wipe wipe_now
}

wipe_now() {
    release
    for disk in $(disks); do
        echo "wiping $disk"
        clear_disk "$disk"
        # A disk that forgets what it is told to is read as zeros after that; any other is written over.
        if ! blkdiscard --force --secure "$disk" 2> /dev/null && ! is_blank "$disk"; then
            # It ends with the disk, which is no failure.
            dd if=/dev/zero of="$disk" bs=4M oflag=direct 2> "$state/wipe/dd" || is_full "$disk"
        fi
    done
    sync
    echo "wiped"
}

is_full() {
    grep -q 'No space left on device' "$state/wipe/dd" ||
        fail 9 "the disk $1 cannot be written: $(tail -n 1 "$state/wipe/dd")"
}

# Whether a disk reads as zeros, at a hundred places.
is_blank() {
    size=$(($(blockdev --getsize64 "$1") / 1048576))
    place=0
    while [ "$place" -lt "$size" ]; do
        [ "$(dd if="$1" bs=1M count=1 skip="$place" iflag=direct 2> /dev/null | tr -d '\0' | wc -c)" -eq 0 ] || return 1
        place=$((place + size / 100 + 1))
    done
}
