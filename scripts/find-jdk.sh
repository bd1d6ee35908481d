#!/bin/sh
# Prints the home of a JDK 25, or says what to install and fails.
#
# Looks at JAVA_HOME, the PATH and the folders where systems and SDKMAN put JDKs; where there is none, the
# distribution's package is installed if it has one and if this user may.
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
wanted=25
package=openjdk-$wanted-jdk-headless

# The release of the JDK in a folder; nothing where there is no compiler.
release_of() {
	[ -x "$1/bin/javac" ] || return 0
	version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || version=
	[ -n "$version" ] || version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
	echo "$version"
}

# The folder that the javac on the PATH belongs to; it is often a link to a link.
home_on_path() {
	compiler=$(command -v javac) || return 0
	compiler=$(readlink -f "$compiler" 2>/dev/null) || return 0
	dirname "$(dirname "$compiler")"
}

look() {
	# The one that the caller chose may be newer than what the project is tried with.
	if [ -n "${JAVA_HOME:-}" ]; then
		release=$(release_of "$JAVA_HOME")
		if [ -n "$release" ] && [ "$release" -ge $wanted ]; then
			echo "$JAVA_HOME"
			return
		fi
	fi
	for home in "$(home_on_path)" \
		/usr/lib/jvm/* /usr/local/lib/jvm/* /opt/jdk* /opt/java/* \
		"${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${HOME:-}"/.jdks/* \
		/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk@$wanted; do
		if [ "$(release_of "$home")" = $wanted ]; then
			echo "$home"
			return
		fi
	done
	if [ -x /usr/libexec/java_home ]; then # macOS; it may answer with a newer one
		home=$(/usr/libexec/java_home -v $wanted 2>/dev/null) && [ "$(release_of "$home")" = $wanted ] && echo "$home"
	fi
}

found=$(look) || found=
if [ -z "$found" ] && "$here/need-packages.sh" --has "$package"; then
	"$here/need-packages.sh" "java-$wanted=$package" >&2 || exit 1
	found=$(look) || found=
fi
if [ -z "$found" ]; then
	echo "shedmaster: needs a JDK $wanted and found none (looked at JAVA_HOME, the PATH, /usr/lib/jvm, SDKMAN): install" \
		"one, such as Temurin $wanted (https://adoptium.net), or set JAVA_HOME to it" >&2
	exit 1
fi
echo "$found"
