# Asks a server who it is, or to reboot, for Shedmaster's operator, which passes this text to sh over SSH, as root, each
# time. It works in whatever system answers and leaves nothing behind.
#
#   look        the boot's id, the system's name, and what its mark says was installed: a line each
#   reboot ID   reboots, if that is still the boot
#
# What is said on standard error is for people. The exit status tells the operator what it means: 1 did not work,
# 3 a wrong order, 5 another boot.
set -eu
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

mark=/etc/shedmaster/host

boot_id() { cat /proc/sys/kernel/random/boot_id; }

look() {
    boot_id
    uname -n
    if [ -f "$mark" ]; then sed -n 's/^generation //p' "$mark"; else echo; fi
}

reboot_from() {
    [ "$(boot_id)" = "$1" ] || { echo "it is in another boot by now" >&2 && exit 5; }
    # The answer goes out first.
    { sleep 1; systemctl reboot || reboot; } > /dev/null 2>&1 < /dev/null &
}

case ${1-} in
    look) look ;;
    reboot) reboot_from "$2" ;;
    *) echo "'${1-}' is nothing that can be done: look or reboot" >&2 && exit 3 ;;
esac
