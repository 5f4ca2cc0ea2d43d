# Sourced by run.sh and test.sh: goes to the repository and sees to it that cargo works there.
# Everything else is the work of `cargo xtask`, which is the same on every platform.
set -eu
cd "$(dirname "$0")"
for program in rustup cargo; do
    if ! command -v "$program" >/dev/null 2>&1; then
        echo "error: $program is not on PATH: install Rust from https://rustup.rs, then open a new shell" >&2
        exit 1
    fi
done
# Adding the target is instant when it is there. It fails without the toolchain itself, whose
# version rust-toolchain.toml names; a rustup may be set not to install that by itself.
if ! rustup --quiet target add wasm32-unknown-unknown 2>/dev/null; then
    echo "Installing the Rust toolchain that rust-toolchain.toml names (usually 1 min) …"
    rustup toolchain install
fi
