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
