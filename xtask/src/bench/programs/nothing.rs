fn main() {
    let user = std::env::args().nth(1).unwrap_or_default();
    println!("{user} {} s", user.len());
}
