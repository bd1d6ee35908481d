# What has been left by workers that are gone.

living() {
    systemctl list-units --all --plain --no-legend --state=active,activating,deactivating,reloading 'sm-*.service' |
        sed -n 's/^\(sm-[a-z0-9-]*\)\.service .*/\1/p'
}

# Whether a worker's name, or of an interface's name the end, is of none that lives.
is_left() {
    case $alive in
        *"$1 "*) return 1 ;;
    esac
}

collect() {
    lock
    alive=" $(living | tr '\n' ' ') "
    for found in /sys/fs/cgroup/"$slice"/sm-*.service; do
        name=${found##*/}
        name=${name%.service}
        ! is_name "$name" || ! is_left " $name" || { kill_cgroup "$name" && echo "cgroup $name"; }
    done
    # Of a call that was killed while an order arrived.
    find "$state" -maxdepth 1 -name 'incoming.*' -mmin +10 | while IFS= read -r found; do
        rm -rf "$found"
        echo "order ${found##*/}"
    done
    for found in "$units"/sm-*; do
        name=${found##*/}
        if is_name "$name" && is_left " $name" && [ ! -e "$found/end" ]; then
            rm -rf "$found"
            echo "record $name"
        fi
    done
    for found in /sys/class/net/sm-????????; do
        [ -e "$found" ] && is_left "-${found##*/sm-}" && ip link delete "${found##*/}" && echo "interface ${found##*/}"
    done
    for table in $(nft list tables | sed -n 's/^table inet \(sm-[a-z0-9-]*\)$/\1/p'); do
        ! is_name "$table" || ! is_left " $table" || { nft delete table inet "$table" && echo "table $table"; }
    done
    for found in /run/netns/sm-*; do
        space=${found##*/}
        ! is_name "$space" || ! is_left " $space" || { ip netns delete "$space" && echo "namespace $space"; }
    done
    for found in "$scratch"/units/sm-*; do
        name=${found##*/}
        ! is_name "$name" || ! is_left " $name" || collect_folder "$found"
    done
    drop_cut_off
    unlock
    empty_trash
}

# What is mounted in it or stands on it goes first.
collect_folder() {
    for mount in $(mounts_below "$1"); do
        echo "mount $mount"
    done
    for loop in $(loops_below "$1"); do
        echo "loop $loop"
    done
    drop_room "$1"
    echo "folder ${1##*/}"
}
