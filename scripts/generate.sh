#!/bin/sh
# Makes anew what is generated and committed: the CRDs, docs/api.md, the chart's copy of the CRDs, the table of values
# in its README and the manifests that its tests compare with.
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
"$here/maven.sh" -q test -pl crds -am -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false \
	-Dshedmaster.regenerate=true
"$here/control-plane.sh" >/dev/null
"$here/maven.sh" -q test -pl e2e/suite -am -Dtest='ChartFilesTest,GoldenManifestsTest' \
	-Dsurefire.failIfNoSpecifiedTests=false -Dshedmaster.regenerate=true
git status --short -- crds docs/api.md charts e2e/suite/src/test/resources
