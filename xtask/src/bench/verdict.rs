//! Goals, and the samples that are held against them.

/// A bound of a figure.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

/// The answer about a goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Verdict {
    Met,
    Missed,
    /// The runs differ too much to tell.
    Unsure,
}

/// How likely it is that an interval does not hold the median. It is this low because a measurement is looked at after each
/// run: among many looks, one that errs is likelier than at one look.
const DOUBT: f64 = 0.001;

/// The fewest samples that have an interval at this doubt: in 11 tosses of a coin the same side comes up each time in 2 of
/// 2,048 cases.
pub(crate) const LEAST: usize = 11;

/// Samples of a figure that differs from run to run. What is told about it is told about its median.
#[derive(Clone, Debug)]
pub(crate) struct Spread {
    /// In ascending order, at least one.
    samples: Vec<f64>,
}

impl Spread {
    /// Takes at least one sample.
    pub(crate) fn new(mut samples: Vec<f64>) -> Spread {
        assert!(!samples.is_empty());
        samples.sort_by(f64::total_cmp);
        Spread { samples }
    }

    /// The samples as parts of something.
    pub(crate) fn divided_by(self, whole: f64) -> Spread {
        Spread { samples: self.samples.into_iter().map(|sample| sample / whole).collect() }
    }

    pub(crate) fn count(&self) -> usize {
        self.samples.len()
    }

    pub(crate) fn median(&self) -> f64 {
        self.samples[self.samples.len() / 2]
    }

    /// Returns the interval that holds the true median, as far as the samples can tell, however they are distributed: each
    /// sample is as likely below it as above, so that its place among them is that of a coin's tosses. There is none
    /// for fewer than [`LEAST`] samples.
    pub(crate) fn interval(&self) -> Option<(f64, f64)> {
        let count = self.samples.len();
        // How likely no more than `index` of the tosses show one side, beginning with none of them.
        let mut exactly = 0.5_f64.powi(count as i32);
        let mut at_most = 0.0;
        let mut place = None;
        for index in 0..count {
            at_most += exactly;
            if 2.0 * at_most > DOUBT {
                break;
            }
            place = Some(index);
            exactly *= (count - index) as f64 / (index + 1) as f64;
        }
        place.map(|place| (self.samples[place], self.samples[count - 1 - place]))
    }
}

impl Goal {
    /// Holds a figure against the goal that is the same in each run.
    pub(crate) fn of_count(self, figure: f64) -> Verdict {
        self.of_interval(figure, figure)
    }

    /// Holds the median of samples against the goal.
    pub(crate) fn of_spread(self, spread: &Spread) -> Verdict {
        spread.interval().map_or(Verdict::Unsure, |(low, high)| self.of_interval(low, high))
    }

    fn of_interval(self, low: f64, high: f64) -> Verdict {
        let (all, none) = match self {
            Goal::AtMost(most) => (high <= most, low > most),
            Goal::AtLeast(least) => (low >= least, high < least),
        };
        match (all, none) {
            (true, _) => Verdict::Met,
            (_, true) => Verdict::Missed,
            _ => Verdict::Unsure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Goal, LEAST, Spread, Verdict};

    #[test]
    fn the_interval_leaves_out_as_many_samples_as_a_coin_allows() {
        let spread = |count: i32| Spread::new((1..=count).map(f64::from).collect());
        assert_eq!(spread(LEAST as i32 - 1).interval(), None);
        assert_eq!(spread(LEAST as i32).interval(), Some((1.0, 11.0)));
        // The ranks of the sign test at 99.9 %.
        assert_eq!(spread(20).interval(), Some((3.0, 18.0)));
        assert_eq!(spread(50).interval(), Some((14.0, 37.0)));
        assert_eq!(spread(100).interval(), Some((34.0, 67.0)));
    }

    #[test]
    fn a_goal_inside_the_interval_has_no_verdict() {
        let spread = Spread::new((0..LEAST).map(|sample| 1.0 + sample as f64 / 100.0).collect());
        assert_eq!(Goal::AtMost(1.10).of_spread(&spread), Verdict::Met);
        assert_eq!(Goal::AtMost(1.05).of_spread(&spread), Verdict::Unsure);
        assert_eq!(Goal::AtMost(0.99).of_spread(&spread), Verdict::Missed);
        assert_eq!(Goal::AtLeast(1.0).of_spread(&spread), Verdict::Met);
        assert_eq!(Goal::AtLeast(1.05).of_spread(&spread), Verdict::Unsure);
        assert_eq!(Goal::AtLeast(1.11).of_spread(&spread), Verdict::Missed);
    }

    #[test]
    fn a_count_always_has_a_verdict() {
        assert_eq!(Goal::AtMost(30.0).of_count(30.0), Verdict::Met);
        assert_eq!(Goal::AtMost(30.0).of_count(31.0), Verdict::Missed);
        assert_eq!(Goal::AtLeast(2.0).of_count(1.0), Verdict::Missed);
    }
}
