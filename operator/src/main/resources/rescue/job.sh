# What takes long: it is started once in a boot, and asked for again until it has ended.

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

# Of a system that runs from its disks nothing is ever destroyed.
check_place() {
    [ -n "$given" ] || [ "$(uname -n)" = rescue ] || fail 5 "this is $(uname -n) and no rescue system"
}
