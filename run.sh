#!/bin/sh
# Builds everything, after installing what is missing, and runs it: see README.md.
. "$(dirname "$0")/xtask/toolchain.sh"
exec cargo xtask run "$@"
