#!/bin/sh
# Makes the operator's image of what is built, with an AOT cache that is recorded in the image's own JRE.
#
#   image.sh [NAME]     DOCKER names another program that understands docker build, such as podman
set -eu

here=$(unset CDPATH && cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
docker=${DOCKER:-docker}
command -v "$docker" >/dev/null || {
	echo "shedmaster: there is no '$docker' on the PATH: install Docker 23 or newer, or set DOCKER to podman" >&2
	exit 1
}
"$here/recording-kit.sh" operator/target/recording
exec "$docker" build --tag "${1:-shedmaster:dev}" .
