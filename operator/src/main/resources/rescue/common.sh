# Works on a server from inside of its rescue system, for Shedmaster's operator, which passes this text to sh over SSH,
# as root, each time that something is to be done. Nothing of it stays on the server.
#
#   inspect     the hardware, as one JSON document
#   disks       the same, with the disks' health and marks
#   install     starts to install the system that the order on standard input names, unless this boot has; and how far
#   keys        the host keys of the system that was installed, one public key a line
#   wipe        starts to wipe all disks, unless this boot has; and how far
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
