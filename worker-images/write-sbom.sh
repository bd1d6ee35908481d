#!/bin/sh
# Prints what packages a root is made of, as SPDX 2.3 in JSON.
#
#   write-sbom.sh ROOT NAME VERSION ARCHITECTURE DISTRIBUTION
set -eu

root=$1
name=$2-$3-$4
created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)

# shellcheck disable=SC2016 # dpkg's own
dpkg-query --admindir="$root/var/lib/dpkg" --show \
	--showformat '${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n' |
	jq --raw-input --slurp --arg name "$name" --arg version "$3" --arg created "$created" --arg distribution "$5" '
		def purl($package; $version; $arch):
			"pkg:deb/\($distribution)/\($package | @uri)@\($version | @uri)?arch=\($arch)";
		[split("\n")[] | select(. != "") | split("\t")] as $packages |
		{
			spdxVersion: "SPDX-2.3",
			dataLicense: "CC0-1.0",
			SPDXID: "SPDXRef-DOCUMENT",
			name: $name,
			documentNamespace: "https://shedmaster.dev/images/\($name)",
			creationInfo: {created: $created, creators: ["Tool: shedmaster-images"]},
			packages: [
				{
					SPDXID: "SPDXRef-image",
					name: $name,
					versionInfo: $version,
					downloadLocation: "NOASSERTION",
					filesAnalyzed: false,
					primaryPackagePurpose: "OPERATING-SYSTEM"
				},
				($packages[] | {
					SPDXID: "SPDXRef-\(.[0] | gsub("[^A-Za-z0-9.-]"; "-"))-\(.[2])",
					name: .[0],
					versionInfo: .[1],
					downloadLocation: "NOASSERTION",
					filesAnalyzed: false,
					sourceInfo: "built from \(.[3]) \(.[4])",
					externalRefs: [{
						referenceCategory: "PACKAGE-MANAGER",
						referenceType: "purl",
						referenceLocator: purl(.[0]; .[1]; .[2])
					}]
				})
			],
			relationships: [
				{
					spdxElementId: "SPDXRef-DOCUMENT",
					relationshipType: "DESCRIBES",
					relatedSpdxElement: "SPDXRef-image"
				},
				($packages[] | {
					spdxElementId: "SPDXRef-image",
					relationshipType: "CONTAINS",
					relatedSpdxElement: "SPDXRef-\(.[0] | gsub("[^A-Za-z0-9.-]"; "-"))-\(.[2])"
				})
			]
		}'
