//! `work count WORK WAY TIMES` does a piece of work, for callgrind to count its instructions.
//! `work times WORK ROUNDS TIMES` does it in all ways by turns, and prints the ratios of the shortest times: a round in which
//! other programs had the processor is longer.

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| arguments[index].parse().expect("a number");
    match &arguments[..] {
        [what, work, way, _] if what == "count" => count(work, way, number(3)),
        [what, work, _, _] if what == "times" => times(work, number(2), number(3)),
        _ => panic!("usage: work count WORK WAY TIMES, or work times WORK ROUNDS TIMES"),
    }
}

fn count(work: &str, way: &str, times: u32) {
    let mut ways = benches::ways(work);
    let way = ways.iter_mut().find(|known| known.name == way).expect("there is this way");
    (way.run)(times);
}

fn times(work: &str, rounds: u32, times: u32) {
    let mut ways = benches::ways(work);
    let count = ways.len();
    let mut shortest = vec![f64::INFINITY; count];
    for round in 0..rounds as usize {
        // Each round begins with another one, so that none always has the caches that the same one left.
        for turn in 0..count {
            let index = (turn + round) % count;
            let time = benches::seconds(|| (ways[index].run)(times));
            shortest[index] = shortest[index].min(time);
        }
    }
    for (way, time) in ways.iter().zip(&shortest).skip(1) {
        println!("{}\t{:.4}", way.name, shortest[0] / time);
    }
}
