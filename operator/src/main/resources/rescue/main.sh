[ $# -gt 0 ] || fail 3 "say what to do: inspect, disks, install, keys or wipe"
case $1 in
    inspect | install | keys | wipe) "$1" ;;
    disks) examine ;;
    *) fail 3 "'$1' is nothing that can be done: inspect, disks, install, keys or wipe" ;;
esac
