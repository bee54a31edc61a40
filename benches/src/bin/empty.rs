//! Does nothing, and so takes the time that every program takes to start and to end.

fn main() {}
