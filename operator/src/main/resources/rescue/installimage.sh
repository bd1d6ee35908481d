# A distribution from an archive, by installimage: a program of Hetzner's rescue system that makes the partitions and an
# array, unpacks, and makes it bootable. Its place and its configuration: https://github.com/hetzneronline/installimage

hetzner=/root/.oldroot/nfs

check_installimage() {
    [ -x "$hetzner/install/installimage" ] ||
        fail 8 "the rescue system has no $hetzner/install/installimage: choose another kind of spec.image"
    archive=$(archive_named "$(ordered archive)")
    # The program says nothing that helps where this is wrong.
    if is_uefi && [ "$(volumes | grep -c '^PART [^ ]* esp ')" -ne 1 ]; then
        fail 8 "the server boots by UEFI: spec.image must have one volume like 'PART /boot/efi esp 256M'"
    fi
}

# An archive's path: a name may lack its ending, which differs between releases.
archive_named() {
    case $1 in
        /* | *://*)
            echo "$1"
            return
            ;;
    esac
    found=
    for file in "$hetzner/images/$1" "$hetzner/images/$1".*; do
        case $file in *.sig) continue ;; esac
        [ -e "$file" ] || continue
        [ -z "$found" ] || fail 8 "two archives are called $1: $found and $file"
        found=$file
    done
    [ -n "$found" ] || fail 8 "the rescue system has no archive $1 in $hetzner/images"
    echo "$found"
}

is_uefi() { [ -d /sys/firmware/efi ]; }

# The volumes of the order, or those that Hetzner proposes, without room for swapping.
volumes() {
    if [ -n "$(ordered volume)" ]; then
        ordered volume
        return
    fi
    ! is_uefi || echo "PART /boot/efi esp 256M"
    echo "PART /boot ext3 1024M"
    echo "PART / ext4 all"
}

# Disks are named as in this boot, which is the only one that it reads.
configuration() {
    number=0
    for disk in $root $raid_disks; do
        number=$((number + 1))
        echo "DRIVE$number $disk"
    done
    if [ -n "$raid_disks" ]; then
        printf 'SWRAID 1\nSWRAIDLEVEL %s\n' "$(ordered raid)"
    else
        echo "SWRAID 0"
    fi
    printf 'BOOTLOADER grub\nHOSTNAME %s\n' "$(ordered hostname)"
    volumes
    echo "IMAGE $archive"
}

install_installimage() {
    configuration > "$state/install/configuration"
    echo "installing $archive by installimage"
    # A character on its input ends the seconds in which a person could still stop it.
    echo x | "$hetzner/install/installimage" -a -c "$state/install/configuration" > "$state/install/said" 2>&1 ||
        fail 1 "installimage has failed: $(last_words)"
    sync
    look_again
    hold
    configure
    release
}

# The last thing that a program has said that installs.
last_words() { grep '[[:alnum:]]' "$state/install/said" | tail -n 1 | sed 's/[^[:print:]]/ /g'; }

# Arrays and volumes of the new system, where the program has let them go.
hold() {
    ! command -v mdadm > /dev/null || mdadm --assemble --scan 2> /dev/null || :
    ! command -v vgchange > /dev/null || vgchange --quiet --activate y > /dev/null 2>&1 || :
}
