# Flatcar Container Linux, by its own flatcar-install, which fetches a release, checks its signature and writes it:
# https://www.flatcar.org/docs/latest/installing/bare-metal/installing-to-disk/
#
# It is made ours by the document that it reads at its first boot (Ignition): until then it has neither /etc nor /root.

check_flatcar() {
    flatcar="$(command -v flatcar-install || :)"
    if [ -n "$(ordered program)" ]; then
        flatcar=$state/install/flatcar-install
        bring "$(ordered program)" > "$flatcar" || fail 7 "$(ordered program) cannot be fetched"
        sum=$(sha256sum < "$flatcar" | cut -c 1-64)
        [ "$sum" = "$(ordered program-sha256)" ] ||
            fail 8 "$(ordered program) has the checksum $sum, and spec.image says $(ordered program-sha256)"
    fi
    [ -n "$flatcar" ] || fail 8 "the rescue system has no flatcar-install: say in spec.image where it is fetched from"
    # It calls this one, and Hetzner's rescue system does not bring it.
    command -v gawk > /dev/null || apt-get -q -y install gawk ||
        fail 7 "gawk, which flatcar-install needs, cannot be installed in the rescue system"
}

install_flatcar() {
    # shellcheck disable=SC2174 # its parent is there
    mkdir -m 700 "$state/install/new"
    make_host_keys "$state/install/new"
    ignition > "$state/install/ignition.json"
    version=$(ordered version)
    # No OEM: that of Hetzner is for their cloud. No entry in the firmware's list (-u), which begins with the network.
    set -- -d "$root" -C "$(ordered channel)" -o '' -i "$state/install/ignition.json"
    [ -z "$version" ] || set -- "$@" -V "$version"
    echo "installing Flatcar $(ordered channel) $version by flatcar-install"
    # The program is one of bash, and what is in /run may not be run by itself everywhere.
    bash "$flatcar" "$@" > "$state/install/said" 2>&1 || fail 1 "flatcar-install has failed: $(last_words)"
}

# What makes it ours, and what it is told beside: where both set a thing, the latter counts.
ignition() {
    printf '{"ignition":{"version":"3.3.0"'
    given_document=$(ordered ignition)
    [ -z "$given_document" ] ||
        printf ',"config":{"merge":[{"source":"data:;base64,%s"}]}' "$given_document"
    printf '},"storage":{"files":['
    marks | ignition_file "/$mark" 420
    printf ','
    ordered hostname | ignition_file /etc/hostname 420
    printf ','
    ordered key | ignition_file /root/.ssh/authorized_keys 384
    for key in "$state/install/new"/ssh_host_*_key; do
        printf ','
        ignition_file "/etc/ssh/${key##*/}" 384 < "$key"
        printf ','
        ignition_file "/etc/ssh/${key##*/}.pub" 420 < "$key.pub"
    done
    printf ']}}\n'
}

# A file, with its permissions as a decimal number, as JSON has them.
ignition_file() {
    printf '{"path":"%s","mode":%s,"overwrite":true,' "$1" "$2"
    printf '"contents":{"source":"data:;base64,%s"}}' "$(base64 -w 0)"
}
