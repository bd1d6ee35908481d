# Works on a server from inside of its rescue system, for Shedmaster's operator, which passes this text to sh over SSH,
# as root, each time that something is to be done. Nothing of it stays on the server.
#
#   inspect     the hardware, as one JSON document
#   disks       the same, with the disks' health and marks
#   install     starts to install the system that the order on standard input names, unless this boot has; and how far
#   keys        the host keys of the system that was installed, one public key a line
#   wipe        starts to wipe all disks, unless this boot has; and how far
#   reboot ID   reboots, if that is still the boot
#
# What takes long goes on by itself; what is known of it is in /run/shedmaster-rescue and vanishes with the boot.
#
# What is said on standard error is for people. The exit status tells the operator what it means: 1 did not work,
# 3 a wrong order, 5 another boot, 7 the image cannot be fetched, 8 the image is not what it should be, 9 a disk fails.
set -eu
umask 077
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

state=/run/shedmaster-rescue
mark=etc/shedmaster/host
# Tests name the disks that they have made for it; a server's are found.
given=${SHEDMASTER_DISKS:-}

fail() {
    status=$1
    shift
    echo "$*" >&2
    exit "$status"
}

boot_id() { cat /proc/sys/kernel/random/boot_id; }

# The disks, a path a line: no drives without a medium, no memory, no parts.
disks() {
    if [ -n "$given" ]; then
        # shellcheck disable=SC2086 # several words
        printf '%s\n' $given
    else
        lsblk --nodeps --noheadings --paths --raw --bytes --output NAME,TYPE,SIZE |
            awk '$2 == "disk" && $3 > 0 && $1 !~ /\/(zram|ram|fd)/ { print $1 }'
    fi
}

# One fact of a disk, without the blanks around it.
of_disk() { lsblk --nodeps --noheadings --output "$1" -- "$2" | sed 's/^ *//; s/ *$//'; }

# JSON's own, for whatever a disk's maker has written.
text() { printf '%s' "$1" | tr -c '[:alnum:]._:+ /@-' '?' | sed 's/.*/"&"/'; [ -n "$1" ] || printf '""'; }

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

# The one disk that a name for good names: its worldwide name, its serial number, or its path.
disk_named() {
    found=
    for disk in $(disks); do
        case $1 in
            "$disk" | "$(of_disk WWN "$disk")" | "$(of_disk SERIAL "$disk")")
                [ -z "$found" ] || fail 3 "two disks are called $1: $found and $disk"
                found=$disk
                ;;
        esac
    done
    [ -n "$found" ] || fail 3 "no disk is called $1"
    echo "$found"
}

# How far it is, of what was started in this boot.
tell() {
    if [ ! -e "$job/status" ]; then
        # Its program ends with the boot, or by what it met.
        kill -0 "$(cat "$job/pid")" 2> /dev/null || [ -e "$job/status" ] || fail 1 "it was broken off"
        echo "going $(tail -n 1 "$job/log" | sed 's/[^[:print:]]/ /g')"
        exit 0
    fi
    status=$(cat "$job/status")
    [ "$status" -eq 0 ] || fail "$status" "$(tail -n 1 "$job/log")"
    echo 'done'
}

# Starts what takes long, once in a boot.
start_once() {
    mkdir -p "$state"
    job=$state/$1
    if mkdir "$job" 2> /dev/null; then
        cat > "$job/order"
        (
            trap 'echo $? > "$job/status.new"; mv "$job/status.new" "$job/status"' EXIT
            "$2"
        ) > "$job/log" 2>&1 < /dev/null &
        echo $! > "$job/pid"
    else
        cat > /dev/null
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            [ ! -e "$job/pid" ] || break
            sleep 0.1
        done
    fi
    tell
}

install() {
    check_place
    start_once install install_now
}

wipe() {
    check_place
    start_once wipe wipe_now
}

# Of a system that runs from its disks nothing is ever destroyed.
check_place() {
    [ -n "$given" ] || [ "$(uname -n)" = rescue ] || fail 5 "this is $(uname -n) and no rescue system"
}

ordered() { sed -n "s/^$1 //p" "$state/install/order"; }

install_now() {
    root=$(disk_named "$(ordered root)")
    scratch=$(ordered scratch)
    [ -z "$scratch" ] || scratch=$(disk_named "$scratch")
    echo "clearing $root $scratch"
    release
    # What is left of an older system on another disk could boot in place of the new one.
    for disk in $root $scratch; do
        clear_disk "$disk"
    done
    case $(ordered kind) in
        raw) fetch "$root" ;;
        *) fail 3 "'$(ordered kind)' is nothing that can be installed here" ;;
    esac
    configure "$root"
    [ -z "$scratch" ] || mkfs.ext4 -q -F -L shedmaster "$scratch" || fail 9 "the disk $scratch cannot be written"
    sync
    echo "written"
}

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
fetch() {
    image=$(ordered image)
    unpack=$(unpacker "$image")
    command -v "${unpack%% *}" > /dev/null || fail 3 "the rescue system has no ${unpack%% *}, which $image needs"
    way=$state/install/way
    rm -f "$way"
    mkfifo "$way"
    sha256sum < "$way" | cut -c 1-64 > "$state/install/sum" &
    summing=$!
    echo "writing $image to $1"
    {
        curl --fail --silent --show-error --location --retry 5 --retry-connrefused --connect-timeout 20 \
            --speed-limit 1024 --speed-time 60 -- "$image" || echo $? > "$state/install/curl"
    } | tee -p "$way" | {
        $unpack || echo $? > "$state/install/unpack"
    } | dd of="$1" bs=4M iflag=fullblock oflag=direct 2> "$state/install/dd" ||
        fail 9 "the disk $1 cannot be written: $(tail -n 1 "$state/install/dd")"
    wait "$summing" || :
    if [ -e "$state/install/curl" ]; then
        clear_disk "$1"
        fail 7 "$image cannot be fetched (curl $(cat "$state/install/curl"))"
    fi
    if [ "$(cat "$state/install/sum")" != "$(ordered sha256)" ]; then
        clear_disk "$1"
        fail 8 "$image has the checksum $(cat "$state/install/sum"), and spec.image says $(ordered sha256)"
    fi
    if [ -e "$state/install/unpack" ]; then
        clear_disk "$1"
        fail 8 "$image cannot be unpacked by $unpack"
    fi
    sync
    blockdev --rereadpt "$1" 2> /dev/null || partx --update "$1" 2> /dev/null || :
    ! command -v udevadm > /dev/null || udevadm settle --timeout=20 || :
}

# Who may come in, who it is, and whose: in the system that was written.
configure() {
    place=$(mktemp -d)
    home=
    for path in $(partitions "$1" | awk '$2 != "" { print $1 }'); do
        mount "$path" "$place" 2> /dev/null || continue
        if [ -e "$place/etc/os-release" ] || [ -e "$place/usr/lib/os-release" ]; then
            home=$path
            break
        fi
        umount "$place"
    done
    [ -n "$home" ] || fail 8 "no partition of the image holds a system (etc/os-release)"
    echo "configuring the system on $home"
    umask 022
    mkdir -p "$place/etc/shedmaster" "$place/root/.ssh" "$place/etc/ssh"
    printf 'owner %s\ngeneration %s\n' "$(ordered owner)" "$(ordered generation)" > "$place/$mark"
    ordered key > "$place/root/.ssh/authorized_keys"
    chmod 700 "$place/root/.ssh"
    chmod 600 "$place/root/.ssh/authorized_keys"
    ordered hostname > "$place/etc/hostname"
    rm -f "$place"/etc/ssh/ssh_host_*
    ssh-keygen -q -t ed25519 -N '' -C '' -f "$place/etc/ssh/ssh_host_ed25519_key"
    ssh-keygen -q -t rsa -b 3072 -N '' -C '' -f "$place/etc/ssh/ssh_host_rsa_key"
    cat "$place"/etc/ssh/ssh_host_*_key.pub > "$state/install/keys"
    [ -s "$state/install/keys" ] || fail 1 "the system's host keys could not be made"
    sync
    umount "$place"
    rmdir "$place"
}

keys() {
    [ -e "$state/install/status" ] || fail 5 "nothing was installed in this boot"
    cat "$state/install/keys"
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

reboot_from() {
    [ "$(boot_id)" = "$1" ] || fail 5 "it is in another boot by now"
    # The answer goes out first.
    { sleep 1; systemctl reboot || reboot; } > /dev/null 2>&1 < /dev/null &
}

[ $# -gt 0 ] || fail 3 "say what to do: inspect, disks, install, keys, wipe or reboot"
case $1 in
    inspect | install | keys | wipe) "$1" ;;
    disks) examine ;;
    reboot) reboot_from "$2" ;;
    *) fail 3 "'$1' is nothing that can be done: inspect, disks, install, keys, wipe or reboot" ;;
esac
