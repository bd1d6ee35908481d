# How the hardware does, as one JSON document. What is not known is null, or in no list: never well.

sys=/sys
# Seconds in which a disk has to answer. One that fails may take minutes, and must not hold up what is said of the rest.
patience=10

health() {
    mkdir -p "$state/health" "$scratch"
    # Of calls that were cut off.
    find "$state/health" -maxdepth 1 -name 'answers.*' -mmin +10 -exec rm -rf {} +
    answers=$(mktemp -d "$state/health/answers.XXXXXX")
    trap 'rm -rf "$answers"' EXIT
    ask_disks
    printf '{"disks":['
    each tell_disk "$(disks)"
    printf '],"sensors":['
    each tell_sensor "$(sensors)"
    printf '],"memory":['
    each tell_memory "$(files "$sys"/devices/system/edac/mc/mc*/ce_count)"
    printf '],"scratch":'
    tell_space "$scratch"
    printf ',"root":'
    # Of one file system that is both it is told once.
    if [ "$(mounted_at "$scratch")" = "$(mounted_at /)" ]; then printf null; else tell_space /; fi
    printf ',"arrays":['
    each tell_array "$(files "$sys"/block/md*/md/degraded)"
    echo ']}'
}

# A text of somebody else's, as JSON.
quoted() { printf '"%s"' "$(printf '%s' "$1" | tr -c '[:alnum:]._:+ /@()-' '?')"; }

# The number in a file; null where there is none.
number_in() {
    found=$(cat "$1" 2> /dev/null) || found=
    case $found in
        '' | - | *[!0-9-]* | ?*-*) found=null ;;
    esac
    printf '%s' "$found"
}

# Those of the paths that are there, one a line.
files() {
    for path; do
        [ ! -e "$path" ] || echo "$path"
    done
}

# Calls a function with each line, and puts commas in between.
each() {
    comma=
    echo "$2" | while IFS= read -r line; do
        [ -n "$line" ] || continue
        printf '%s' "$comma"
        comma=,
        "$1" "$line"
    done
}

# The disks that are built in. Loops, memory and arrays have no device, and NVMe's ways to one disk are hidden.
disks() {
    for path in "$sys"/block/*; do
        case ${path##*/} in sr* | fd* | nbd*) continue ;; esac
        [ "$(number_in "$path/size")" != 0 ] || continue
        [ "$(number_in "$path/hidden")" != 1 ] || continue
        [ "$(number_in "$path/removable")" != 1 ] || continue
        [ ! -e "$path/device" ] || echo "${path##*/}"
    done
}

# A disk that hangs can hold whoever asks it even against a kill. So each is asked aside, and by one at a time.
ask_disks() {
    command -v smartctl > /dev/null || return 0
    for disk in $(disks); do
        (
            flock -w "$patience" 8 || exit 0
            # Its exit status tells of the disk, in bits; what it prints tells the same.
            timeout -k 1 "$patience" smartctl --json=c --info --health --attributes "/dev/$disk" \
                > "$answers/$disk.part" || :
            mv "$answers/$disk.part" "$answers/$disk"
        ) 8> "$state/health/$disk.lock" < /dev/null > /dev/null 2>&1 &
    done
    tries=0
    while [ "$tries" -le $((patience * 5)) ] && ! have_answered; do
        sleep 0.2
        tries=$((tries + 1))
    done
}

have_answered() {
    for disk in $(disks); do
        [ -e "$answers/$disk" ] || return 1
    done
}

tell_disk() {
    smart=null
    silence=''
    if [ -e "$answers/$1" ]; then
        smart=$(cat "$answers/$1")
        case $smart in
            '{'*'}') ;;
            *) smart=null silence="smartctl tells no JSON of it (7.0 is the first that does), or not in $patience s" ;;
        esac
    elif command -v smartctl > /dev/null; then
        silence="it has not answered in $patience s"
    else
        silence="the host has no smartctl"
    fi
    printf '{"device":%s,"silence":%s,"smart":%s}' "$(quoted "/dev/$1")" "$(quoted "$silence")" "$smart"
}

# Of what has limits of its maker's. What boards tell beside is often of pins that lead nowhere.
sensors() {
    for path in "$sys"/class/hwmon/hwmon*; do
        case $(cat "$path/name" 2> /dev/null) in
            coretemp | k10temp | apm_xgene | smpro* | nvme | drivetemp | jc42) files "$path"/temp*_input ;;
        esac
    done
}

tell_sensor() {
    chip=${1%/*}
    of=$(readlink -f "$chip/device") || of=
    printf '{"chip":%s,' "$(quoted "$(cat "$chip/name")")"
    printf '"device":%s,"label":%s,' "$(quoted "${of##*/}")" "$(quoted "$(cat "${1%_input}_label" 2> /dev/null)")"
    printf '"milliCelsius":%s,"criticalMilliCelsius":%s,' "$(number_in "$1")" "$(number_in "${1%_input}_crit")"
    alarm=$(number_in "${1%_input}_crit_alarm")
    # Applied Micro's word for it, whose sensors are in Ampere's processors.
    [ "$alarm" != null ] || alarm=$(number_in "${1%_input}_critical_alarm")
    printf '"alarm":%s}' "$alarm"
}

tell_memory() {
    controller=${1%/*}
    printf '{"controller":%s,' "$(quoted "${controller##*/}")"
    printf '"corrected":%s,"uncorrected":%s,' "$(number_in "$1")" "$(number_in "$controller/ue_count")"
    printf '"seconds":%s}' "$(number_in "$controller/seconds_since_reset")"
}

mounted_at() { df -Pk "$1" | awk 'NR == 2 { print $6 }'; }

tell_space() {
    printf '{"path":%s,' "$(quoted "$1")"
    df -Pk "$1" | awk 'NR == 2 { printf "\"bytes\":%.0f,\"freeBytes\":%.0f,", $2 * 1024, $4 * 1024 }'
    # Some file systems make inodes as they are needed, and count none.
    inodes=$(df -Pi "$1" 2> /dev/null |
        awk 'NR == 2 && $2 ~ /^[0-9]+$/ && $2 > 0 { printf "\"inodes\":%s,\"freeInodes\":%s", $2, $4 }')
    printf '%s}' "${inodes:-\"inodes\":null,\"freeInodes\":null}"
}

tell_array() {
    array=${1%/md/degraded}
    printf '{"name":%s,"missing":%s}' "$(quoted "${array##*/}")" "$(number_in "$1")"
}
