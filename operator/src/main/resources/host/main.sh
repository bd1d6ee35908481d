# The program is read whole before anything of it is done.
me=$0
verbs='list, start, stop, logs, collect, probe, health, fetch, drop or version'
[ $# -gt 0 ] || fail 3 "say what to do: $verbs"
command=$1
shift
case $command in
    list | collect | health | fetch) "$command" ;;
    start | stop | logs | probe | drop | ended | powerdown | fetching | unfetched) "$command" "$@" ;;
    version) digest "$me" ;;
    *) fail 3 "'$command' is nothing that can be done: $verbs" ;;
esac
