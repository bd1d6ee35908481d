# Runs workers on this host for Shedmaster's operator, which installs this file and calls it over SSH, as root:
#
#   shedmaster-host list                        what there is, as one JSON document
#   shedmaster-host start NAME                  starts a worker; the order comes on standard input, as a tar
#   shedmaster-host stop NAME INSTALLATION      ends a worker and removes all of it
#   shedmaster-host logs NAME BYTES             the end of what a worker has printed
#   shedmaster-host collect                     removes what workers that are gone have left; one line each
#   shedmaster-host probe ADDRESS PORT          tries what workers need; one line each
#   shedmaster-host fetch                       brings an image to where workers run it; which, comes on standard input
#   shedmaster-host drop SHA256                 takes an image away again
#   shedmaster-host health                      how the hardware does, as one JSON document
#   shedmaster-host version                     the SHA-256 of this file
#
# systemd calls more: ended (after a worker's unit) and powerdown (before QEMU is ended), with the worker's name;
# fetching and unfetched (after it), with an image's checksum.
#
# A worker is a unit NAME.service in shedmaster.slice. What is known of it beside that is in /run/shedmaster/units/NAME
# and vanishes at a reboot, as the unit does: its order, and once it has ended how. So what has ended is not started
# again.
#
# What is said on standard error is for people. The exit status tells the operator what it means:
# 1 did not work, 3 a wrong order, 4 it is another's or in use, 6 the host lacks something, 7 the image cannot be
# fetched, 8 it is not what it should be, 9 it cannot be unpacked.
set -eu
umask 077
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin

state=/run/shedmaster
units=$state/units
scratch=/var/lib/shedmaster
slice=shedmaster.slice

fail() {
    status=$1
    shift
    echo "$*" >&2
    exit "$status"
}

need() {
    for tool; do
        command -v "$tool" > /dev/null || fail 6 "the host has no $tool, which workers need"
    done
}

# The pattern by which the operator names machines: nothing else is ever touched.
is_name() {
    case $1 in
        *[!a-z0-9-]*) return 1 ;;
        sm-?*-????????) ;;
        *) return 1 ;;
    esac
    suffix=${1##*-}
    case $suffix in
        *[!a-z2-7]*) return 1 ;;
    esac
    [ ${#suffix} -eq 8 ] && [ ${#1} -le 63 ]
}

name_of() {
    is_name "${1-}" || fail 3 "'${1-}' is no worker's name: sm-POOL-SUFFIX is asked for"
    name=$1
    dir=$units/$name
    link=sm-${name##*-}
    room=$scratch/units/$name
}

# Held by whatever changes the host, for a moment. Nothing waits for a worker's end while it holds it.
lock() {
    mkdir -p "$units"
    exec 9> "$state/lock"
    flock -w 60 9 || fail 1 "another call has held $state/lock for a minute"
}

unlock() { exec 9>&-; }

# Whether systemd has the unit and it has not ended.
lives() {
    case $(systemctl show -p ActiveState --value -- "$1.service") in
        active | activating | deactivating | reloading) ;;
        *) return 1 ;;
    esac
}

digest() { sha256sum < "$1" | cut -c 1-64; }
