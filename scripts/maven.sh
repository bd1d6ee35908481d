#!/bin/sh
# Maven on a JDK 25, whatever the shell is set to. Arguments go to mvn.
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
command -v mvn >/dev/null || {
	echo "shedmaster: needs Maven 3.8.6 or newer and there is no 'mvn' on the PATH: install it (Debian: apt-get install maven)" >&2
	exit 1
}
JAVA_HOME=$("$here/find-jdk.sh")
export JAVA_HOME
# Maven's own libraries use what newer JDKs warn of, and a warning at each start looks like a fault of this project.
MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
export MAVEN_OPTS
exec mvn --batch-mode --no-transfer-progress --file "$here/../pom.xml" -Dstyle.color=never "$@"
