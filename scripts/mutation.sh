#!/bin/sh
# Changes the rules in core, one place at a time, and runs their tests: does one fail? Each room's share of such changes
# that are noticed must reach operator/mutation-thresholds.properties.
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
report=operator/target/pit-reports/mutations.xml
rm -f "$report" # the last run's must not pass for this one's
"$here/maven.sh" -Pmutation -pl operator -am process-test-classes
"$here/mutation-scores.sh" "$report" operator/mutation-thresholds.properties
