# The list of all there is.

list() {
    lock
    synchronised=$(timedatectl show -p NTPSynchronized --value 2> /dev/null) || synchronised=
    mkdir -p "$scratch"
    {
        printf 'host=1\nbootId=%s\nprogram=%s\n' "$(cat /proc/sys/kernel/random/boot_id)" "$(digest "$me")"
        printf 'time=%s\nuptimeSeconds=%s\n' "$(date +%s.%N)" "$(cut -d ' ' -f 1 /proc/uptime)"
        printf 'clockSynchronised=%s\narchitecture=%s\ncpus=%s\n' "$synchronised" "$(uname -m)" "$(nproc)"
        awk '$1 == "MemTotal:" { printf "memoryBytes=%.0f\n", $2 * 1024 }
             $1 == "MemAvailable:" { printf "freeMemoryBytes=%.0f\n", $2 * 1024 }' /proc/meminfo
        df -Pk "$scratch" | awk 'NR == 2 { printf "scratchBytes=%.0f\nfreeScratchBytes=%.0f\n", $2 * 1024, $4 * 1024 }'
        list_images
        for dir in "$units"/sm-*; do
            [ -e "$dir/order" ] || continue
            printf '\nrecord=%s\n' "${dir##*/}"
            while IFS=' ' read -r key value; do
                case $key in
                    installation | pool | worker | uid | started) echo "$key=$value" ;;
                esac
            done < "$dir/order"
            [ ! -e "$dir/end" ] || while IFS=' ' read -r key value; do
                echo "$key=$value"
            done < "$dir/end"
        done
        echo
        systemctl show -p Id -p ActiveState -p MemoryCurrent 'sm-*.service'
    } | awk -F= "$document"
}

# Of paragraphs of key=value lines makes the document. A unit of systemd's joins the record of its name.
# shellcheck disable=SC2016 # awk's own
document='
function text(value) {
    gsub(/\\/, "\\\\", value)
    gsub(/"/, "\\\"", value)
    gsub(/[\001-\037]/, "?", value)
    return "\"" value "\""
}
function number(value) { return value ~ /^[0-9]+(\.[0-9]+)?$/ ? value : "null" }
function truth(value) { return value == "yes" ? "true" : value == "no" ? "false" : "null" }
{ value = substr($0, length($1) + 2) }
$1 == "host" { unit = "" }
$1 == "image" { images[++imageCount] = value; next }
$1 == "record" { unit = value; if (!(unit in seen)) { seen[unit] = 1; order[++count] = unit } }
$1 == "Id" { unit = value; sub(/\.service$/, "", unit); if (!(unit in seen)) { seen[unit] = 1; order[++count] = unit } }
# systemd sorts what it shows of a unit in its own way.
$1 == "ActiveState" || $1 == "MemoryCurrent" { pending[$1] = value; next }
function settle(key) {
    for (key in pending) fact[unit, key] = pending[key]
    split("", pending)
}
/^$/ { settle(); next }
{ fact[unit, $1] = value }
END {
    settle()
    printf "{\"bootId\":%s,\"program\":%s,", text(fact["", "bootId"]), text(fact["", "program"])
    printf "\"time\":%s,\"uptimeSeconds\":%s,", number(fact["", "time"]), number(fact["", "uptimeSeconds"])
    printf "\"clockSynchronised\":%s,", truth(fact["", "clockSynchronised"])
    printf "\"architecture\":%s,\"cpus\":%s,", text(fact["", "architecture"]), number(fact["", "cpus"])
    printf "\"memoryBytes\":%s,", number(fact["", "memoryBytes"])
    printf "\"freeMemoryBytes\":%s,", number(fact["", "freeMemoryBytes"])
    printf "\"scratchBytes\":%s,", number(fact["", "scratchBytes"])
    printf "\"freeScratchBytes\":%s,", number(fact["", "freeScratchBytes"])
    printf "\"images\":["
    for (i = 1; i <= imageCount; i++) {
        split(images[i], words, " ")
        printf "%s{\"name\":%s,", (i > 1 ? "," : ""), text(words[4])
        printf "\"sha256\":%s,", text(words[1] == "-" ? "" : words[1])
        printf "\"used\":%s,\"inUse\":%s}", number(words[2]), truth(words[3])
    }
    printf "],\"units\":["
    for (i = 1; i <= count; i++) {
        unit = order[i]
        printf "%s{\"name\":%s,\"installation\":%s,", (i > 1 ? "," : ""), text(unit), text(fact[unit, "installation"])
        printf "\"pool\":%s,\"worker\":%s,", text(fact[unit, "pool"]), text(fact[unit, "worker"])
        printf "\"uid\":%s,\"state\":%s,", text(fact[unit, "uid"]), text(fact[unit, "ActiveState"])
        printf "\"result\":%s,\"code\":%s,", text(fact[unit, "result"]), text(fact[unit, "code"])
        printf "\"status\":%s,\"started\":%s,", text(fact[unit, "status"]), number(fact[unit, "started"])
        printf "\"ended\":%s,\"memoryBytes\":%s}", number(fact[unit, "ended"]), number(fact[unit, "MemoryCurrent"])
    }
    print "]}"
}'
