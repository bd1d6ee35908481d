# The end of a worker, and what it has printed until then.

mounts_below() {
    awk -v below="$1/" 'index($5, below) == 1 { mounts[++n] = $5 } END { while (n) print mounts[n--] }' \
        /proc/self/mountinfo
}

loops_below() {
    losetup --list --noheadings --output NAME,BACK-FILE | awk -v below="$1/" 'index($2, below) == 1 { print $1 }'
}

drop_room() {
    for mount in $(mounts_below "$1"); do
        umount -l "$mount" || :
    done
    for loop in $(loops_below "$1"); do
        losetup -d "$loop" || :
    done
    discard "$1"
}

# Removing much takes long: for that nobody is kept waiting by the lock.
discard() {
    [ -e "$1" ] || return 0
    mkdir -p "$scratch/trash"
    mv "$1" "$scratch/trash/${1##*/}.$$"
}

# Two calls at once disturb each other; what stays is the next one's.
empty_trash() { rm -rf --one-file-system "$scratch/trash" 2> /dev/null || :; }

# All but the record of it. Each part may be missing. The rules stay until nothing can be sent any more.
clean() {
    [ ! -e "/sys/class/net/$link" ] || ip link delete "$link"
    ! nft list table inet "$name" > /dev/null 2>&1 || nft delete table inet "$name"
    [ ! -e "/run/netns/$name" ] || ip netns delete "$name"
    drop_room "$room"
    for part in files command whole stock resolv.conf host0.network monitor.in monitor.out; do
        rm -rf "${dir:?}/$part"
    done
}

# Called by systemd, whatever the unit ended by.
ended() {
    name_of "${1-}"
    [ -e "$dir/order" ] || exit 0
    printf 'result %s\ncode %s\nstatus %s\nended %s\n' "${SERVICE_RESULT:-unknown}" "${EXIT_CODE:-unknown}" \
        "${EXIT_STATUS:-unknown}" "$(date +%s)" > "$dir/end.new"
    mv "$dir/end.new" "$dir/end"
    # Who starts it holds the lock while systemd waits for this, and looks for the end after.
    [ ! -e "$dir/starting" ] || exit 0
    lock
    clean
    unlock
    empty_trash
}

# Presses the guest's power button and waits for QEMU's end; systemd bounds how long.
powerdown() {
    name_of "${1-}"
    [ -p "$dir/monitor.in" ] && [ -n "${MAINPID:-}" ] || exit 0
    # QEMU that reads no more is left to systemd.
    # shellcheck disable=SC2016 # of the inner shell
    timeout 5 sh -c 'echo system_powerdown > "$0"' "$dir/monitor.in" || :
    while kill -0 "$MAINPID" 2> /dev/null; do
        sleep 0.2
    done
}

stop() {
    name_of "${1-}"
    if [ -e "$dir/order" ] && ! grep -qxF "installation ${2-}" "$dir/order"; then
        fail 4 "the worker $name is another installation's"
    fi
    lock
    while lives "$name"; do
        # What is called at its end takes the lock.
        unlock
        systemctl stop -- "$name.service" || fail 1 "systemd did not stop $name.service"
        lock
    done
    kill_cgroup "$name"
    clean
    rm -rf "$dir"
    unlock
    empty_trash
}

kill_cgroup() {
    cgroup=/sys/fs/cgroup/$slice/$1.service
    [ -d "$cgroup" ] || return 0
    echo 1 > "$cgroup/cgroup.kill" 2> /dev/null || :
    # A killed process is gone a moment later.
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        ! find "$cgroup" -depth -type d -exec rmdir {} + 2> /dev/null || return 0
        sleep 0.1
    done
}

logs() {
    name_of "${1-}"
    journalctl --no-pager --quiet --boot --output=cat --unit="$name.service" | tail -c "$2"
}
