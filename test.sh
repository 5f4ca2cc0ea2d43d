#!/bin/sh
# Runs all tests, after installing what they need. `./test.sh native` runs one kind: see README.md.
. "$(dirname "$0")/xtask/toolchain.sh"
# Where nobody commits afterwards, a Cargo.lock that does not fit must fail instead of being changed.
exec cargo ${CI:+--locked} xtask test "$@"
