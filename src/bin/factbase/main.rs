//! The program `factbase`.

fn main() {}
