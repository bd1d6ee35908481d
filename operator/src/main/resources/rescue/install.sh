# A system on the disks, whatever it comes from: what was there goes, and the new one is made ours.

install() {
    check_place
    start_once install install_now
}

ordered() { sed -n "s/^$1 //p" "$state/install/order"; }

# The order, which is looked at as a whole before anything is lost.
install_now() {
    root=$(disk_named "$(ordered root)")
    scratch=$(ordered scratch)
    [ -z "$scratch" ] || scratch=$(disk_named "$scratch")
    raid_disks=
    for name in $(ordered raid-disk); do
        raid_disks="$raid_disks $(disk_named "$name")"
    done
    kind=$(ordered kind)
    case $kind in
        raw | installimage | flatcar) "check_$kind" ;;
        *) fail 3 "'$kind' is nothing that can be installed" ;;
    esac
    clear_all
    "install_$kind"
    [ -z "$scratch" ] || mkfs.ext4 -q -F -L shedmaster "$scratch" || fail 9 "the disk $scratch cannot be written"
    sync
    echo "written"
}

# What is left of an older system on another disk could boot in place of the new one.
clear_all() {
    # shellcheck disable=SC2086 # several words
    set -- "$root" $raid_disks $scratch
    echo "clearing $*"
    release
    for disk; do
        clear_disk "$disk"
    done
}

# What curl brings to standard output: it tries again, and gives up on what stalls.
bring() {
    curl --fail --silent --show-error --location --retry 5 --retry-connrefused --connect-timeout 20 \
        --speed-limit 1024 --speed-time 60 -- "$1"
}

# Who may come in, who it is, and whose: in the system that was written.
configure() {
    place=$(mktemp -d)
    home=
    for path in $(partitions "$root" | awk '$2 != "" { print $1 }'); do
        mount "$path" "$place" 2> /dev/null || continue
        if [ -e "$place/etc/os-release" ] || [ -e "$place/usr/lib/os-release" ]; then
            home=$path
            break
        fi
        umount "$place"
    done
    [ -n "$home" ] || fail 8 "no partition of $root holds a system now (etc/os-release)"
    echo "configuring the system on $home"
    umask 022
    mkdir -p "$place/etc/shedmaster" "$place/root/.ssh" "$place/etc/ssh"
    marks > "$place/$mark"
    ordered key > "$place/root/.ssh/authorized_keys"
    chmod 700 "$place/root/.ssh"
    chmod 600 "$place/root/.ssh/authorized_keys"
    ordered hostname > "$place/etc/hostname"
    make_host_keys "$place/etc/ssh"
    sync
    umount "$place"
    rmdir "$place"
}

marks() { printf 'owner %s\ngeneration %s\n' "$(ordered owner)" "$(ordered generation)"; }

# Keys that nobody else has, in place of those that an image may bring.
make_host_keys() {
    rm -f "$1"/ssh_host_*
    ssh-keygen -q -t ed25519 -N '' -C '' -f "$1/ssh_host_ed25519_key"
    ssh-keygen -q -t rsa -b 3072 -N '' -C '' -f "$1/ssh_host_rsa_key"
    cat "$1"/ssh_host_*_key.pub > "$state/install/keys"
    [ -s "$state/install/keys" ] || fail 1 "the system's host keys could not be made"
}

keys() {
    [ -e "$state/install/status" ] || fail 5 "nothing was installed in this boot"
    cat "$state/install/keys"
}
