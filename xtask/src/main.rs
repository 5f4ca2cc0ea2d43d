//! Set-up and everything one types.
fn main() {}
