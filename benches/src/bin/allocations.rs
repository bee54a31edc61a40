//! `allocations WORK`: how often mprapi's way to do the work asks for memory, each time that it is done. What the library
//! allocates is not counted: it has an allocator of its own.

use benches::counting::Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const TIMES: u32 = 8;

fn main() {
    let work = std::env::args().nth(1).expect("usage: allocations WORK");
    let mut ways = benches::ways(&work);
    let way = &mut ways[0];
    assert_eq!(way.name, "mprapi");
    (way.run)(1);
    let before = Counting::allocations();
    (way.run)(TIMES);
    println!("{}", (Counting::allocations() - before) as f64 / f64::from(TIMES));
}
