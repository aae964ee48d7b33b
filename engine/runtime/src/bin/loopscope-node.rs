//! The windowless program: runs a script as `node` does.

fn main() {}
