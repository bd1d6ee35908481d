#!/bin/sh
# Everything that make test does, part by part. Each part runs even if one before it failed; then come how long each
# took, what was skipped and why, what failed and why, and the counts on the last line.
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
mkdir -p target
log=target/test.log
parts=target/test-parts.txt # lines of seconds, tab, part, tab, outcome
skips=target/test-skips.txt # parts that this machine can't run
: >"$log"
: >"$parts"
: >"$skips"
failed=

# Runs a command as a part of the whole and takes its time.
part() {
	name=$1
	shift
	echo "== $name"
	began=$(date +%s)
	if "$@"; then outcome=ok; else
		outcome=FAILED
		failed="$failed, $name"
	fi
	printf '%s\t%s\t%s\n' $(($(date +%s) - began)) "$name" $outcome >>"$parts"
}

packages() {
	"$here/need-packages.sh" shellcheck=shellcheck ignition-validate=ignition cloud-init=cloud-init \
		faketime=faketime ansible-playbook=ansible mmdebstrap=mmdebstrap systemd-nspawn=systemd-container \
		ssh-keygen=openssh-client ip=iproute2 busybox=busybox-static qemu-system-x86_64=qemu-system-x86 \
		qemu-system-aarch64=qemu-system-arm qemu-img=qemu-utils /usr/share/OVMF/OVMF_CODE_4M.fd=ovmf \
		/usr/share/AAVMF/AAVMF_CODE.fd=qemu-efi-aarch64 zstd=zstd curl=curl jq=jq cpio=cpio \
		mkfs.vfat=dosfstools mcopy=mtools && return
	# A person's machine may lack them: what needs them is counted as skipped. CI's must not.
	[ "${CI:-}" != true ]
}

shell_scripts() {
	if ! command -v shellcheck >/dev/null; then
		echo "shellcheck of the shell scripts: shellcheck is not installed" | tee -a "$skips"
		return
	fi
	# Every script of the repository, by its name or by its first line.
	find . \( -name .git -o -name target \) -prune -o -type f \( -name '*.sh' -o -perm -u+x \) -print |
		while IFS= read -r script; do
			case $(head -n 1 "$script" | tr -d '\0') in '#!'*sh) echo "$script" ;; esac
		done >target/shell-scripts.txt
	xargs shellcheck <target/shell-scripts.txt && echo "$(wc -l <target/shell-scripts.txt) scripts are in order"
}

image_definitions() { worker-images/check.sh "$skips"; }

# Of Maven's log, what a person wants to follow; all of it when it is not about progress, so that a failure is whole.
follow() {
	while IFS= read -r line; do
		case $line in
		'[INFO] Building Shedmaster'*) echo "${line#\[INFO\] }" ;;
		'[INFO] Tests run:'* | '[INFO] Shedmaster'*' ['*) echo "${line#\[INFO\] }" ;;
		'[INFO]'* | '[DEBUG]'* | '') ;;
		# The JDK's own words about Maven's libraries.
		'WARNING: '*sun.misc.Unsafe* | 'WARNING: '*'terminally deprecated'* | 'WARNING: Please consider reporting'*) ;;
		*) printf '%s\n' "$line" ;;
		esac
	done
}

maven() {
	rm -f target/maven-status
	{
		status=0
		"$here/maven.sh" "$@" 2>&1 </dev/null || status=$?
		echo $status >target/maven-status
	} | tee -a "$log" | follow
	[ "$(cat target/maven-status)" = 0 ]
}

formatting() { maven spotless:check; }

modules() {
	# The last run's reports must not pass for this one's.
	find . -type d \( -path '*/target/*surefire-reports' -o -path '*/target/failed-trials' \) -prune -exec rm -rf {} +
	maven verify --fail-at-end -Dspotless.check.skip=true -Dmaven.test.redirectTestOutputToFile=true
}

# Maven's own table of how long each module took.
module_times() {
	sed -n 's/^\[INFO\] \(Shedmaster.*[^.]\) \.\.* *\([A-Z]*\) \[ *\(.*\)\]$/\3\t  \1\t\2/p' "$log"
}

part "packages of the distribution" packages
part "shell scripts" shell_scripts
part "definitions of images" image_definitions
JAVA_HOME=$("$here/find-jdk.sh") || exit 1
export JAVA_HOME
part "the control plane, built once" "$here/control-plane.sh"
part "formatting" formatting
: >"$log" # its table of modules is not the one to show
part "modules: compiling, checks and tests" modules

echo
echo "How long each part took"
awk -F '\t' '{ printf "  %5d s  %s%s\n", $1, $2, $3 == "ok" ? "" : ": " $3; all += $1 } END { printf "  %5d s  in all\n", all }' "$parts"
module_times | awk -F '\t' '{ printf "  %12s  %s%s\n", $1, $2, $3 == "SUCCESS" ? "" : ": " $3 }'
[ -z "$failed" ] || printf '\nFailed: %s. The whole log is %s.\n' "${failed#, }" "$log"
echo
"$JAVA_HOME/bin/java" "$here/TestReport.java" "$skips" . || failed="$failed, tests"
[ -z "$failed" ]
