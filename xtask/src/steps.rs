//! The steps of a long command, and the time that each of them took.

use std::time::{Duration, Instant};

use crate::sh;

/// The steps that have run. When it goes, after the last step or the one that failed, it prints them as a table.
pub(crate) struct Steps {
    start: Instant,
    done: Vec<Step>,
}

struct Step {
    name: &'static str,
    wall: Duration,
    cpu: Duration,
}

impl Steps {
    pub(crate) fn start() -> Steps {
        Steps { start: Instant::now(), done: Vec::new() }
    }

    /// Runs a step and notes its time.
    pub(crate) fn run<T>(&mut self, name: &'static str, step: impl FnOnce() -> T) -> T {
        let (start, before) = (Instant::now(), sh::children_time());
        let result = step();
        let cpu = sh::children_time().saturating_sub(before);
        self.done.push(Step { name, wall: start.elapsed(), cpu });
        result
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        let row = |name: &str, wall: Duration, cpu: Duration| {
            println!("{name:<40} {:>8.1} {:>8.1}", wall.as_secs_f64(), cpu.as_secs_f64());
        };
        println!("{:<40} {:>8} {:>8}", "step", "seconds", "of CPU");
        for step in &self.done {
            row(step.name, step.wall, step.cpu);
        }
        row("all", self.start.elapsed(), self.done.iter().map(|step| step.cpu).sum());
    }
}
