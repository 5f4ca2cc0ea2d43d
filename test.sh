#!/bin/sh
# Runs all tests, after installing what they need. `./test.sh native` runs one kind: see README.md.
. "$(dirname "$0")/xtask/toolchain.sh"
exec cargo xtask test "$@"
