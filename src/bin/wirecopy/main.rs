//! The program `wirecopy`.

fn main() {}
