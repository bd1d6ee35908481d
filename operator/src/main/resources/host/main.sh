# The program is read whole before anything of it is done.
me=$0
[ $# -gt 0 ] || fail 3 "say what to do: list, start, stop, logs, collect, probe, health or version"
command=$1
shift
case $command in
    list | collect | health) "$command" ;;
    start | stop | logs | probe | ended | powerdown) "$command" "$@" ;;
    version) digest "$me" ;;
    *) fail 3 "'$command' is nothing that can be done: list, start, stop, logs, collect, probe, health or version" ;;
esac
