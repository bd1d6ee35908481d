#!/bin/sh
# Builds what a program of this repository needs, if anything has changed since, and becomes that program.
#
#   run-main.sh MODULE CLASS ARGUMENT…
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
module=$1
class=$2
shift 2

"$here/build-for-running.sh" "$module"
dependencies=$module/target/runtime-dependencies.txt
JAVA_HOME=$("$here/find-jdk.sh")
export JAVA_HOME
# A burst of 10,000 has an agent's connection, both of its ends, for each. Who may raise the limit does.
# shellcheck disable=SC3045 # dash and busybox know it
case $(ulimit -n) in
unlimited | [1-9]????? | [1-9]??????*) ;;
*) ulimit -n 65536 2>/dev/null || : ;;
esac
# shellcheck disable=SC2086 # several options
exec "$JAVA_HOME/bin/java" ${JAVA_OPTS:-} --enable-native-access=ALL-UNNAMED \
	-cp "$module/target/classes:$(cat "$dependencies")" "$class" "$@"
