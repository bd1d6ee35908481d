#!/bin/sh
# Enters an image into its folder's index, in place of the one that it replaces.
#
#   add-to-index.sh FOLDER NAME VERSION ARCHITECTURE FORM FILE
set -eu

folder=$1
file=$6
index=$folder/index.json

[ -e "$index" ] || echo '{"version": 1, "images": []}' >"$index"
jq --arg name "$2" --arg version "$3" --arg arch "$4" --arg form "$5" --arg file "$file" --arg format "${file#*"$4".}" \
	--arg sha256 "$(sha256sum <"$folder/$file" | cut -c 1-64)" --argjson bytes "$(stat -c %s "$folder/$file")" \
	--arg sbom "$2-$3-$4.$5.spdx.json" '
	{name: $name, version: $version, architecture: $arch, form: $form, file: $file, format: $format, sha256: $sha256,
		bytes: $bytes, sbom: $sbom} as $new |
	.images |= (map(select([.name, .version, .architecture, .form] != [$name, $version, $arch, $form])) + [$new] |
		sort_by([.name, .version, .architecture, .form]))' "$index" >"$index.new"
mv "$index.new" "$index"
