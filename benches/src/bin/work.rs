//! `work count WORK WAY TIMES` does a piece of work, for callgrind to count its instructions.
//! `work times WORK ROUNDS TIMES` does it in all ways by turns, and prints the medians of the paired ratios.

use std::time::Instant;

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
    let mut ratios = vec![Vec::new(); ways.len()];
    for round in 0..=rounds {
        let mut seconds = vec![0.0; ways.len()];
        let count = ways.len();
        // Each round begins with another one, so that none always has the caches that the same one left.
        for turn in 0..count {
            let index = (turn + round as usize) % count;
            let start = Instant::now();
            (ways[index].run)(times);
            seconds[index] = start.elapsed().as_secs_f64();
        }
        // The first round is for the caches.
        if round > 0 {
            ratios.iter_mut().zip(&seconds).for_each(|(ratios, other)| ratios.push(seconds[0] / other));
        }
    }
    for (way, ratios) in ways.iter().zip(&mut ratios).skip(1) {
        ratios.sort_by(f64::total_cmp);
        println!("{}\t{:.3}", way.name, ratios[ratios.len() / 2]);
    }
}
