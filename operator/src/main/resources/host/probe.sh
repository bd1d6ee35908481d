# What workers need of the host, tried. Each line is a name, ok or failed, and why.

tell() {
    if why=$("$2" 2>&1); then echo "$1 ok $why"; else echo "$1 failed $why"; fi | tr '\n\t' '  '
    echo
}

# Opening the device is not enough: where the processor or the firmware does not let it, only making a machine fails.
try_kvm() {
    [ -c /dev/kvm ] || { echo "there is no /dev/kvm" && return 1; }
    if command -v perl > /dev/null; then
        # 0xAE01 is KVM_CREATE_VM, which answers with a file descriptor of the machine.
        perl -e 'open(my $kvm, "+<", "/dev/kvm") or die "/dev/kvm does not open: $!\n";
            defined(ioctl($kvm, 0xAE01, 0)) or die "/dev/kvm makes no machine: $!\n"'
    elif command -v python3 > /dev/null; then
        python3 -c 'import fcntl; fcntl.ioctl(open("/dev/kvm", "r+b", 0), 0xAE01, 0)'
    elif command -v "qemu-system-$(uname -m)" > /dev/null; then
        echo quit | timeout 20 "qemu-system-$(uname -m)" -M none -accel kvm -S -nodefaults -display none \
            -monitor stdio > /dev/null
    else
        # shellcheck disable=SC2188 # opening it is all
        (exec 3<> /dev/kvm) || return 1
        echo "it opens; the host has no perl, python3 or QEMU to try it with"
    fi
}

try_tun() {
    [ -c /dev/net/tun ] || { echo "there is no /dev/net/tun" && return 1; }
    (exec 3<> /dev/net/tun) || return 1
}

try_scratch() {
    mkdir -p "$scratch"
    touch "$scratch/.probe" && rm "$scratch/.probe" || return 1
    df -Pk "$scratch" | awk 'NR == 2 { printf "%.0f bytes are free in '"$scratch"'\n", $4 * 1024 }'
}

try_clock() {
    case $(timedatectl show -p NTPSynchronized --value) in
        yes) ;;
        *) echo "the clock is not synchronised" && return 1 ;;
    esac
}

try_limits() {
    for controller in cpu memory pids; do
        grep -qw "$controller" /sys/fs/cgroup/cgroup.controllers || {
            echo "there is no cgroup controller $controller: workers' limits would not hold" && return 1
        }
    done
}

try_tools() {
    for tool in tar flock ip nft losetup systemd-run systemd-nspawn; do
        command -v "$tool" > /dev/null || { echo "the host has no $tool" && return 1; }
    done
}

try_rules() {
    name=sm-probe-aaaaaaaa link=sm-aaaaaaaa address=192.0.2.2 refuse=
    rules | nft -c -f -
}

try_network() {
    if command -v bash > /dev/null; then
        # shellcheck disable=SC2016 # bash's own
        timeout 10 bash -c ': > "/dev/tcp/$0/$1"' "$peer" "$port" || return 1
    else
        need nc
        nc -w 10 "$peer" "$port" < /dev/null > /dev/null || return 1
    fi
}

probe() {
    peer=$1
    port=$2
    tell kvm try_kvm
    tell tun try_tun
    tell scratch try_scratch
    tell clock try_clock
    tell limits try_limits
    tell tools try_tools
    tell rules try_rules
    tell network try_network
}
