# A disk's image, written as it is.

check_raw() {
    image=$(ordered image)
    unpack=$(unpacker "$image")
    command -v "${unpack%% *}" > /dev/null || fail 3 "the rescue system has no ${unpack%% *}, which $image needs"
}

unpacker() {
    case $1 in
        *.zst) echo "zstd -dc" ;;
        *.xz) echo "xz -dc" ;;
        *.gz) echo "gzip -dc" ;;
        *.bz2) echo "bzip2 -dc" ;;
        *) echo "cat" ;;
    esac
}

# The image on its way: its checksum is taken of what is written, and what is not it is unmade again.
install_raw() {
    way=$state/install/way
    rm -f "$way"
    mkfifo "$way"
    sha256sum < "$way" | cut -c 1-64 > "$state/install/sum" &
    summing=$!
    echo "writing $image to $root"
    { bring "$image" || echo $? > "$state/install/curl"; } | tee -p "$way" | {
        $unpack || echo $? > "$state/install/unpack"
    } | dd of="$root" bs=4M iflag=fullblock oflag=direct 2> "$state/install/dd" ||
        fail 9 "the disk $root cannot be written: $(tail -n 1 "$state/install/dd")"
    wait "$summing" || :
    if [ -e "$state/install/curl" ]; then
        clear_disk "$root"
        fail 7 "$image cannot be fetched (curl $(cat "$state/install/curl"))"
    fi
    if [ "$(cat "$state/install/sum")" != "$(ordered sha256)" ]; then
        clear_disk "$root"
        fail 8 "$image has the checksum $(cat "$state/install/sum"), and spec.image says $(ordered sha256)"
    fi
    if [ -e "$state/install/unpack" ]; then
        clear_disk "$root"
        fail 8 "$image cannot be unpacked by $unpack"
    fi
    sync
    look_again
    configure
}

# The kernel and udev learn of partitions that were made.
look_again() {
    blockdev --rereadpt "$root" 2> /dev/null || partx --update "$root" 2> /dev/null || :
    ! command -v udevadm > /dev/null || udevadm settle --timeout=20 || :
}
