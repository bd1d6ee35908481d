# The network: one namespace, one pair of interfaces and one table of rules a worker, all named for it.

rules() {
    refused=169.254.0.0/16
    for network in $refuse; do
        refused="$refused, $network"
    done
    cat << END
table inet $name {
    chain prerouting {
        type filter hook prerouting priority raw; policy accept;
        iifname "$link" ip saddr != $address drop
        iifname "$link" meta nfproto ipv6 drop
    }
    chain input {
        type filter hook input priority filter - 5; policy accept;
        iifname "$link" ct state established,related accept
        iifname "$link" drop
    }
    chain forward {
        type filter hook forward priority filter - 5; policy accept;
        oifname "$link" ct state established,related accept
        oifname "$link" drop
        iifname "$link" oifname "sm-*" drop
        iifname "$link" ip daddr { $refused } drop
    }
    chain postrouting {
        type nat hook postrouting priority srcnat; policy accept;
        ip saddr $address oifname != "$link" masquerade
    }
}
END
}

write_unmanaged() {
    printf '[Match]\nName=%s\n[Link]\nUnmanaged=yes\n' "$1" > "$2"
    chmod 644 "$2"
}

# A network daemon that manages every interface it finds would take our addresses away again.
keep_networkd_off() {
    unmanaged=/run/systemd/network/00-shedmaster.network
    [ ! -e "$unmanaged" ] || return 0
    mkdir -p "${unmanaged%/*}"
    chmod 755 "${unmanaged%/*}"
    write_unmanaged 'sm-*' "$unmanaged"
    ! systemctl -q is-active systemd-networkd.service || networkctl reload
}

# Both follow from the worker's name, so that two names can meet in them.
check_network() {
    [ ! -e "/sys/class/net/$link" ] || fail 4 "another worker here has the interface $link: take another name"
    [ -z "$(ip -o addr show to "$gateway/30")" ] ||
        fail 4 "the addresses $gateway/30 are in use here: take another name, from which others follow"
}

make_network() {
    keep_networkd_off
    case $form in
        container)
            ip netns add "$name"
            ip link add "$link" type veth peer name host0 netns "$name"
            ip -n "$name" link set lo up
            ip -n "$name" addr add "$address/30" dev host0
            ip -n "$name" link set host0 up
            ip -n "$name" route add default via "$gateway"
            ;;
        machine) ip tuntap add dev "$link" mode tap ;;
    esac
    rules | nft -f -
    [ ! -e "/proc/sys/net/ipv6/conf/$link" ] || echo 1 > "/proc/sys/net/ipv6/conf/$link/disable_ipv6"
    ip addr add "$gateway/30" dev "$link"
    ip link set "$link" up
    echo 1 > /proc/sys/net/ipv4/ip_forward
}
