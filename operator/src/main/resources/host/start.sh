# The start of a worker.

read_order() {
    form='' memory='' cpu='' tasks='' seconds='' address='' gateway='' image='' boot=no base='' format='' size=''
    variables='' resolvers='' refuse='' volumes='' devices=''
    while IFS=' ' read -r key value; do
        case $value in
            '' | *[!A-Za-z0-9._:/-]*) fail 3 "the order's $key is not one word of letters, digits and ._:/-" ;;
        esac
        case $key in
            name) [ "$value" = "$name" ] || fail 3 "the order is for $value" ;;
            installation | pool | worker | uid | started) ;;
            form) form=$value ;;
            memory) memory=$value ;;
            cpu) cpu=$value ;;
            tasks) tasks=$value ;;
            stop-seconds) seconds=$value ;;
            address) address=$value ;;
            gateway) gateway=$value ;;
            resolver) resolvers="$resolvers $value" ;;
            refuse) refuse="$refuse $value" ;;
            image) image=$scratch/images/$value ;;
            boot) boot=$value ;;
            volume) volumes="$volumes $value" ;;
            device) devices="$devices $value" ;;
            disk-base) base=$scratch/images/$value ;;
            disk-format) format=$value ;;
            disk-bytes) size=$value ;;
            firmware-variables) variables=$value ;;
            *) fail 3 "the order says '$key', which this version does not know: install the operator's own" ;;
        esac
    done < "$1"
    for fact in form memory cpu tasks seconds address gateway; do
        eval "[ -n \"\$$fact\" ]" || fail 3 "the order says nothing of its $fact"
    done
}

# Who asks is who asked before, if the lines that say so are the same.
owner_of() { sed -n '/^installation /p; /^pool /p; /^worker /p; /^uid /p' "$1"; }

start() {
    name_of "${1-}"
    need tar flock nft ip systemd-run
    mkdir -p "$units"
    incoming=$(mktemp -d "$state/incoming.XXXXXX")
    trap 'rm -rf "$incoming"' EXIT
    tar -x -f - -C "$incoming" --no-same-owner || fail 1 "the order did not arrive whole"
    for part in order command files whole; do
        [ -e "$incoming/$part" ] || fail 1 "the order did not arrive whole"
    done
    read_order "$incoming/order"
    lock
    if [ -e "$dir/order" ]; then
        [ "$(owner_of "$dir/order")" = "$(owner_of "$incoming/order")" ] ||
            fail 4 "a worker $name of another owner is there"
        [ ! -e "$dir/end" ] && ! lives "$name" || exit 0
        # A start that was cut off in the middle.
        clean
        rm -rf "$dir"
    elif lives "$name"; then
        fail 4 "a unit $name.service is there that nobody has ordered"
    fi
    case $form in
        container)
            need systemd-nspawn
            [ -d "$image" ] || fail 6 "the host has no image $image"
            ;;
        machine)
            [ -z "$base" ] || [ -f "$base" ] || fail 6 "the host has no image $base"
            [ -z "$variables" ] || [ -f "$variables" ] || fail 6 "the host has no firmware $variables"
            ;;
        *) fail 3 "the order's form is neither container nor machine" ;;
    esac
    check_network
    for found in "$image" "$base"; do
        stocked "$found" > "$incoming/stock"
        [ ! -s "$incoming/stock" ] || break
    done
    [ ! -s "$incoming/stock" ] || touch "$stock/$(cat "$incoming/stock")/used"
    # What the name leads to from now on is the next one's.
    [ -z "$image" ] || image=$(readlink -f "$image")
    [ -z "$base" ] || base=$(readlink -f "$base")
    echo "started $(date +%s)" >> "$incoming/order"
    mv "$incoming" "$dir"
    trap 'clean 2> /dev/null || :; rm -rf "$dir"; empty_trash' EXIT
    mkdir -p "$room"
    touch "$dir/starting"
    make_network
    # systemd puts variables of its own in for what looks like one.
    sed -i 's/\$/$$/g' "$dir/command"
    case $form in
        container) start_container ;;
        machine) start_machine ;;
    esac
    trap - EXIT
    rm "$dir/starting"
    [ ! -e "$dir/end" ] || clean
    unlock
    empty_trash
}

# The arguments are what differs, up to "--", and the command.
run_unit() {
    # A closed lock, or the worker would hold it.
    systemd-run --quiet --collect --service-type=exec \
        --unit="$name.service" --slice="$slice" --description="Worker $name" \
        -p MemoryMax="$memory" -p MemorySwapMax=0 -p CPUQuota="$cpu%" -p TasksMax="$tasks" -p OOMPolicy=continue \
        -p KillMode=mixed -p TimeoutStopSec="$seconds" -p ExecStopPost="$me ended $name" \
        -p DevicePolicy=closed "$@" < /dev/null 9>&- || fail 1 "systemd did not start $name.service"
}

start_container() {
    mkdir "$room/upper" "$room/work" "$room/root"
    chmod 755 "$room/upper"
    mount -t overlay overlay -o "lowerdir=$image,upperdir=$room/upper,workdir=$room/work" "$room/root"
    for resolver in $resolvers; do
        echo "nameserver $resolver"
    done > "$dir/resolv.conf"
    chmod 644 "$dir/resolv.conf"
    write_unmanaged host0 "$dir/host0.network"

    # An init writes to its console, which a pipe is none; a lone command may as well write to ours.
    console=pipe
    [ "$boot" != yes ] || console=read-only
    # What Docker asks for in there, beside what a container gets anyway.
    set -- systemd-nspawn --quiet --keep-unit --register=no --link-journal=no --settings=no --console="$console" \
        --machine="$name" --directory="$room/root" --network-namespace-path="/run/netns/$name" \
        --capability=CAP_NET_ADMIN --system-call-filter='@keyring bpf' --kill-signal=SIGRTMIN+3 \
        --resolv-conf=off --timezone=off --bind-ro="$dir/resolv.conf:/etc/resolv.conf" \
        --bind-ro="$dir/host0.network:/run/systemd/network/00-shedmaster.network" \
        --bind-ro="$dir/files:/run/shedmaster"
    # A unit of the order's own, which the image's init can be told to start.
    [ ! -e "$dir/files/agent.service" ] || set -- "$@" \
        --bind-ro="$dir/files/agent.service:/run/systemd/system/shedmaster-agent.service"
    for volume in $volumes; do
        mkdir -p "$room/volumes$volume"
        chmod 755 "$room/volumes$volume"
        set -- "$@" --bind="$room/volumes$volume:$volume"
    done
    for device in $devices; do
        [ -c "/dev/$device" ] || fail 6 "the host has no /dev/$device, which the order asks for"
        set -- "$@" --bind="/dev/$device"
    done
    case $boot in
        yes) set -- "$@" --boot ;;
        *) set -- "$@" --as-pid2 ;;
    esac
    while IFS= read -r argument; do
        set -- "$@" "$argument"
    done < "$dir/command"

    set -- -- "$@"
    for device in $devices; do
        set -- -p DeviceAllow="/dev/$device rw" "$@"
    done
    run_unit -p Delegate=yes -p 'DeviceAllow=char-pts rw' "$@"
}

start_machine() {
    if [ -n "$base" ]; then
        need qemu-img
        qemu-img create -q -f qcow2 -b "$base" -F "$format" "$room/disk.qcow2" "$size"
    fi
    [ -z "$variables" ] || cp "$variables" "$room/variables.fd"
    mkfifo "$dir/monitor.in" "$dir/monitor.out"
    set --
    while IFS= read -r argument; do
        set -- "$@" "$argument"
    done < "$dir/command"
    need "$1"
    run_unit -p ExecStop="$me powerdown $name" -p 'DeviceAllow=/dev/kvm rw' -p 'DeviceAllow=/dev/net/tun rw' \
        -- "$@" -chardev "pipe,id=shedmaster,path=$dir/monitor" -mon chardev=shedmaster,mode=readline
}
