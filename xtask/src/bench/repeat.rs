//! Measures times again and again, until they tell.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::table::Row;
use super::verdict::{LEAST, Spread, Verdict};

/// The most runs: a figure without a verdict after so many is at its goal, or nearly.
const MOST: usize = 101;

/// How long most measurements are repeated.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// A line is printed about as often as this, so that it shows that something goes on.
const PATIENCE: Duration = Duration::from_secs(15);

/// The figures that were measured, with a sample of each run.
#[derive(Default)]
pub(crate) struct Samples(Vec<(String, Vec<f64>)>);

impl Samples {
    fn add(&mut self, figures: Vec<(String, f64)>) {
        for (name, figure) in figures {
            match self.0.iter_mut().find(|(known, _)| *known == name) {
                Some((_, samples)) => samples.push(figure),
                None => self.0.push((name, vec![figure])),
            }
        }
    }

    /// The samples of a figure.
    pub(crate) fn of(&self, name: &str) -> Result<Spread> {
        let found = self.0.iter().find(|(known, _)| known == name);
        Ok(Spread::new(found.with_context(|| format!("{name} was not measured"))?.1.clone()))
    }

    /// All figures by their names.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, Spread)> {
        self.0.iter().map(|(name, samples)| (&**name, Spread::new(samples.clone())))
    }
}

/// Repeats a run until each row has a verdict or the limit is reached: then rows say that they have none. No interval takes
/// fewer than [`LEAST`] runs, which a row without a goal has as well; for them there is three times the limit.
///
/// A run gives one sample of each figure. Where it is a program that measures by turns, that is the median of its own
/// rounds: rounds of one process have the places of its memory in common, which another process has elsewhere.
pub(crate) fn repeat(
    limit: Duration,
    mut run: impl FnMut() -> Result<Vec<(String, f64)>>,
    rows: impl Fn(&Samples) -> Result<Vec<Row>>,
) -> Result<Vec<Row>> {
    let (start, mut told) = (Instant::now(), Instant::now());
    let (mut samples, mut runs) = (Samples::default(), 0);
    loop {
        samples.add(run()?);
        runs += 1;
        let rows = rows(&samples)?;
        ensure!(!rows.is_empty(), "there is nothing to measure");
        let undecided = rows.iter().filter(|row| row.verdict() == Some(Verdict::Unsure)).count();
        let is_late = |limits| start.elapsed() >= limits * limit;
        let ends = (runs >= LEAST && (undecided == 0 || runs >= MOST || is_late(1))) || is_late(3);
        if ends || told.elapsed() >= PATIENCE {
            let seconds = start.elapsed().as_secs();
            println!("  {runs} runs in {seconds} s, {undecided} of {} rows without a verdict", rows.len());
            told = Instant::now();
        }
        if ends {
            return Ok(rows);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::table::Row;
    use super::super::verdict::{Goal, LEAST, Verdict};
    use super::{LIMIT, MOST, repeat};

    /// Measures a median of 1 with runs that differ by up to `noise` each way, and says how it ends, and after how many runs.
    fn measure(goal: Option<Goal>, noise: f64, limit: Duration) -> (Option<Verdict>, usize) {
        let (mut runs, mut state) = (0, 1_u32);
        let run = || {
            runs += 1;
            // Numbers without a pattern, the same each time.
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let place = f64::from(state) / f64::from(u32::MAX) * 2.0 - 1.0;
            Ok(vec![("figure".to_owned(), 1.0 + noise * place)])
        };
        let rows = repeat(limit, run, |samples| {
            let row = Row::paired("work", "peer", samples.of("figure")?);
            Ok(vec![match goal {
                Some(goal) => row.goal(goal),
                None => row,
            }])
        });
        (rows.expect("a row")[0].verdict(), runs)
    }

    #[test]
    fn what_is_clear_needs_the_fewest_runs() {
        assert_eq!(measure(Some(Goal::AtMost(1.2)), 0.1, LIMIT), (Some(Verdict::Met), LEAST));
        assert_eq!(measure(Some(Goal::AtMost(0.8)), 0.1, LIMIT), (Some(Verdict::Missed), LEAST));
        assert_eq!(measure(Some(Goal::AtLeast(0.8)), 0.1, LIMIT), (Some(Verdict::Met), LEAST));
    }

    #[test]
    fn what_is_noisy_needs_more_runs_and_comes_to_the_same_verdict() {
        let (verdict, runs) = measure(Some(Goal::AtMost(1.2)), 0.5, LIMIT);
        assert_eq!(verdict, Some(Verdict::Met));
        assert!((LEAST + 1..MOST).contains(&runs), "{runs} runs");
    }

    #[test]
    fn what_is_at_its_goal_has_no_verdict() {
        assert_eq!(measure(Some(Goal::AtMost(1.0)), 0.1, LIMIT), (Some(Verdict::Unsure), MOST));
    }

    #[test]
    fn what_takes_too_long_has_no_verdict() {
        assert_eq!(measure(Some(Goal::AtMost(1.0)), 0.1, Duration::ZERO), (Some(Verdict::Unsure), 1));
    }

    #[test]
    fn what_has_no_goal_is_measured_for_its_interval() {
        assert_eq!(measure(None, 0.1, LIMIT), (None, LEAST));
    }
}
