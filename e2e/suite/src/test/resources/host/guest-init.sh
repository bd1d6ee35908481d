#!/bin/sh
# The init of the guest that make-guest.sh makes. Of what cloud-init does it knows the seed disk, one address, and files
# whose content is in base 64.
export PATH=/bin
busybox mount -t proc proc /proc
busybox --install -s /bin
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /etc/shedmaster /tmp
# Those that others need go in at the first turn or the second, and these after them.
for module in /modules/* /modules/* /modules/* /modules/*; do
	insmod "$module" 2>/dev/null
done

fail() {
	echo "GUEST fails: $*"
	poweroff -f
}

for disk in /dev/vd?; do
	# Where a small FAT has its label; its letters may be of either case to cloud-init.
	if [ "$(dd if="$disk" bs=1 skip=43 count=6 2>/dev/null | tr '[:lower:]' '[:upper:]')" = CIDATA ]; then
		mount -t vfat -o ro "$disk" /seed
	fi
done
[ -e /seed/user-data ] || fail "no disk of it is a seed"
read -r kind </seed/user-data
[ "$kind" = "#cloud-config" ] || fail "its user data are no cloud-config"
hostname "$(sed -n 's/^local-hostname: //p' /seed/meta-data)"

ip link set lo up
ip addr add "$(sed -n 's/.*addresses: \["\(.*\)"\]$/\1/p' /seed/network-config)" dev eth0
ip link set eth0 up
ip route add default via "$(sed -n 's/.*via: "\(.*\)"}.*/\1/p' /seed/network-config)"

# Each file has its path, and some lines later its content.
sed -n 's/^ *- path: /path /p; s/^ *content: "\(.*\)"$/content \1/p' /seed/user-data |
	while read -r key value; do
		case $key in
			path) file=$value ;;
			content)
				mkdir -p "${file%/*}"
				echo "$value" | base64 -d >"$file"
				;;
		esac
	done

# The button by which the host asks for its end.
acpid -l /dev/null

echo "GUEST $(hostname) is up"
/bin/agent
echo "GUEST ends with its agent"
poweroff -f
