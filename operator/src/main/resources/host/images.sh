# The images that workers run. What was fetched lies in the stock by its checksum, with names that lead to it; what
# somebody has put beside the stock is left alone.

images=$scratch/images
stock=$images/.stock

is_plain() {
    case $1 in
        '' | .* | *[!A-Za-z0-9._-]*) return 1 ;;
    esac
}

is_checksum() {
    case $1 in
        *[!0-9a-f]*) return 1 ;;
    esac
    [ ${#1} -eq 64 ]
}

# What an entry of the stock has for workers.
content_of() {
    case $1 in
        qcow2) echo disk.qcow2 ;;
        *) echo root ;;
    esac
}

read_fetch() {
    image='' sha256='' format='' url=''
    while IFS=' ' read -r key value; do
        case $key in
            name) image=$value ;;
            sha256) sha256=$value ;;
            format) format=$value ;;
            url) url=$value ;;
            *) fail 3 "the image's order says '$key', which this version does not know: install the operator's own" ;;
        esac
    done
    is_plain "$image" || fail 3 "'$image' is no plain name of an image"
    is_checksum "$sha256" || fail 3 "'$sha256' is no SHA-256"
    case $format in
        tar | tar.zst | tar.xz | tar.gz | qcow2) ;;
        *) fail 3 "'$format' is no format of images: tar, tar.zst, tar.xz, tar.gz and qcow2 are" ;;
    esac
    case $url in
        *[\"\\]*) fail 3 "the image's address has a quotation mark or a backslash in it" ;;
        https://?* | http://?*) ;;
        *) fail 3 "'$url' is no address that images are fetched from" ;;
    esac
}

unit_of() { echo "shedmaster-fetch-$(printf %.12s "$1")"; }

# What is left of fetchings that lost their power in the middle: gigabytes that nobody would find again.
drop_cut_off() {
    for found in "$stock"/*.part; do
        [ -e "$found" ] || continue
        entry=${found##*/}
        lives "$(unit_of "${entry%.part}")" || { discard "$found" && echo "image ${entry%.part}"; }
    done
}

# To be called again until it says "done": it begins what is still to do, and says why the last attempt failed.
fetch() {
    read_fetch
    need curl tar flock systemd-run
    [ -L "$images/$image" ] || [ ! -e "$images/$image" ] ||
        fail 4 "$images/$image is none of ours: somebody has put it there"
    unit=$(unit_of "$sha256")
    lock
    mkdir -p "$stock"
    drop_cut_off > /dev/null
    if [ -e "$stock/$sha256" ]; then
        ln -sfn ".stock/$sha256/$(content_of "$format")" "$images/$image"
        touch "$stock/$sha256/used"
        echo "done"
    elif lives "$unit"; then
        echo going
    elif [ -e "$stock/$sha256.failed" ]; then
        IFS= read -r status < "$stock/$sha256.failed"
        why=$(sed 1d "$stock/$sha256.failed")
        rm -f "$stock/$sha256.failed"
        fail "$status" "$why"
    else
        printf 'format %s\nurl %s\n' "$format" "$url" > "$stock/$sha256.order"
        # Whatever workers do goes before.
        systemd-run --quiet --collect --service-type=exec --unit="$unit.service" --description="Fetches image $image" \
            -p Nice=19 -p CPUWeight=10 -p IOWeight=10 -p RuntimeMaxSec=2h \
            -p ExecStopPost="$me unfetched $sha256" -- "$me" fetching "$sha256" < /dev/null 9>&- ||
            fail 1 "systemd did not start $unit.service"
        echo going
    fi
    unlock
    empty_trash
}

# Not fetched, and why.
give_up() {
    printf '%s\n%s\n' "$1" "$2" > "$stock/$sha256.failed.new"
    mv "$stock/$sha256.failed.new" "$stock/$sha256.failed"
    exit 1
}

# Run by systemd: brings one image into the stock.
fetching() {
    sha256=$1
    format=$(sed -n 's/^format //p' "$stock/$sha256.order")
    url=$(sed -n 's/^url //p' "$stock/$sha256.order")
    part=$stock/$sha256.part
    rm -rf "$part"
    mkdir "$part"
    # An address may hold a password: it is no argument, which everybody on the host can read.
    why=$(printf 'url = "%s"\n' "$url" | curl --config - --fail --location --silent --show-error \
        --proto '=http,https' --connect-timeout 30 --speed-limit 1024 --speed-time 60 --output "$part/file" 2>&1) ||
        give_up 7 "the image cannot be fetched: $why"
    found=$(digest "$part/file")
    [ "$found" = "$sha256" ] ||
        give_up 8 "what was fetched has the checksum $found, and $sha256 was asked for"
    case $format in
        qcow2) unpack_disk ;;
        *) unpack_root ;;
    esac
    touch "$part/used"
    sync
    mv "$part" "$stock/$sha256"
}

unpack_root() {
    case $format in
        tar) set -- ;;
        tar.zst) set -- --zstd ;;
        tar.xz) set -- --xz ;;
        tar.gz) set -- --gzip ;;
    esac
    mkdir "$part/root"
    chmod 755 "$part/root"
    why=$(tar -x "$@" -f "$part/file" -C "$part/root" --numeric-owner --preserve-permissions --same-owner \
        --xattrs --xattrs-include='*' 2>&1) || give_up 9 "the image cannot be unpacked: $(echo "$why" | tail -n 1)"
    [ -d "$part/root/usr" ] || [ -d "$part/root/bin" ] ||
        give_up 8 "there is no system in the image: it has neither /usr nor /bin"
    rm "$part/file"
}

# A disk that leans on another file would give the guest whatever that is.
unpack_disk() {
    command -v qemu-img > /dev/null || give_up 6 "the host has no qemu-img, which disks of virtual machines need"
    why=$(qemu-img info -f qcow2 --output=json "$part/file" 2>&1) || give_up 8 "the image is no qcow2: $why"
    case $why in
        *'"backing-filename"'* | *'"data-file"'*)
            give_up 8 "the image leans on another file: make it whole (qemu-img convert -O qcow2)"
            ;;
    esac
    mv "$part/file" "$part/disk.qcow2"
}

# Called by systemd, whatever the fetching ended by.
unfetched() {
    is_checksum "${1-}" || fail 3 "'${1-}' is no SHA-256"
    sha256=$1
    rm -rf "$stock/$sha256.part" "$stock/$sha256.order"
    [ -e "$stock/$sha256" ] || [ -e "$stock/$sha256.failed" ] ||
        give_up 7 "the fetching of the image was ended (${SERVICE_RESULT:-unknown})"
}

is_used() {
    for found in "$units"/sm-*/stock; do
        [ ! -e "$found" ] || [ "$(cat "$found")" != "$1" ] || return 0
    done
    return 1
}

# Takes an image out of the stock, with the names that lead to it, unless a worker runs it.
drop() {
    is_checksum "${1-}" || fail 3 "'${1-}' is no SHA-256"
    lock
    ! is_used "$1" || fail 4 "a worker runs the image $1"
    for found in "$images"/*; do
        [ ! -L "$found" ] || [ "$(stocked "$found")" != "$1" ] || rm "$found"
    done
    discard "$stock/$1"
    unlock
    empty_trash
}

# The entry of the stock that a name leads to; nothing if it leads to none.
stocked() {
    [ -L "$1" ] || return 0
    target=$(readlink "$1")
    case $target in
        .stock/*/*) target=${target#.stock/} && echo "${target%%/*}" ;;
    esac
}

# One line each, for the list: checksum, when it was used last, whether it is used, and its name. - is unknown.
list_images() {
    named=' '
    for found in "$images"/*; do
        { [ -e "$found" ] && is_plain "${found##*/}"; } || continue
        entry=$(stocked "$found")
        named="$named$entry "
        list_image "$entry" "${found##*/}"
    done
    for found in "$stock"/*; do
        entry=${found##*/}
        is_checksum "$entry" || continue
        case $named in
            *" $entry "*) ;;
            *) list_image "$entry" "" ;;
        esac
    done
}

list_image() {
    if [ -z "$1" ]; then
        echo "image=- - no $2"
        return
    fi
    used=no
    ! is_used "$1" || used=yes
    echo "image=$1 $(stat -c %Y "$stock/$1/used") $used $2"
}
