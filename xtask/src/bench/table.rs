//! The results: a row for each piece of work and peer, held against its goal.

use std::fmt::Write as _;

use super::verdict::{Goal, Spread, Verdict};

const COLUMNS: usize = 8;

/// A comparison.
pub(crate) struct Row {
    work: String,
    peer: String,
    theirs: String,
    ours: String,
    figure: Figure,
    goal: Option<Goal>,
}

/// The figure that is held against the goal.
enum Figure {
    /// A count, and how it is written: the same in each run, whatever else the machine does.
    Count(f64, String),
    /// Ratios of times.
    Times(Spread),
}

impl Row {
    /// Ours divided by theirs, which are counts.
    pub(crate) fn ratio(work: &str, peer: &str, theirs: (f64, &str), ours: (f64, &str)) -> Row {
        let ratio = ours.0 / theirs.0;
        Row::new(work, peer, Figure::Count(ratio, format!("{ratio:.2}"))).figures(theirs, ours)
    }

    /// Ours less theirs, which are counts.
    pub(crate) fn difference(work: &str, peer: &str, theirs: (f64, &str), ours: (f64, &str)) -> Row {
        let more = ours.0 - theirs.0;
        Row::new(work, peer, Figure::Count(more, format!("{more:+.0}"))).figures(theirs, ours)
    }

    /// Ratios of times that were measured by turns.
    pub(crate) fn paired(work: &str, peer: &str, ratios: Spread) -> Row {
        Row::new(work, peer, Figure::Times(ratios))
    }

    fn new(work: &str, peer: &str, figure: Figure) -> Row {
        let [work, peer, theirs, ours] = [work, peer, "—", "—"].map(str::to_owned);
        Row { work, peer, theirs, ours, figure, goal: None }
    }

    /// Shows what the peer has and what we have.
    pub(crate) fn figures(mut self, theirs: (f64, &str), ours: (f64, &str)) -> Row {
        (self.theirs, self.ours) = (number(theirs), number(ours));
        self
    }

    pub(crate) fn goal(mut self, goal: Goal) -> Row {
        self.goal = Some(goal);
        self
    }

    /// Returns none where it has no goal.
    pub(crate) fn verdict(&self) -> Option<Verdict> {
        self.goal.map(|goal| match &self.figure {
            Figure::Count(figure, _) => goal.of_count(*figure),
            Figure::Times(spread) => goal.of_spread(spread),
        })
    }

    pub(crate) fn name(&self) -> String {
        format!("{} against {}", self.work, self.peer)
    }

    fn cells(&self) -> [String; COLUMNS] {
        let (written, measured) = match &self.figure {
            Figure::Count(_, written) => (written.clone(), "count".to_owned()),
            Figure::Times(spread) => (format!("{:.2}", spread.median()), measured(spread)),
        };
        let goal = match self.goal {
            None => String::new(),
            Some(Goal::AtMost(most)) => format!("≤ {}", plain(most)),
            Some(Goal::AtLeast(least)) => format!("≥ {}", plain(least)),
        };
        let verdict = match self.verdict() {
            None => "",
            Some(Verdict::Met) => "met",
            Some(Verdict::Missed) => "missed",
            Some(Verdict::Unsure) => "unsure",
        };
        let [work, peer, theirs, ours] =
            [&self.work, &self.peer, &self.theirs, &self.ours].map(String::clone);
        [work, peer, theirs, ours, written, measured, goal, verdict.to_owned()]
    }
}

/// The interval of a figure, and of how many runs.
fn measured(spread: &Spread) -> String {
    let runs = spread.count();
    match spread.interval() {
        Some((low, high)) => format!("{low:.3} to {high:.3}, {runs} runs"),
        None => format!("{runs} runs"),
    }
}

fn number((value, unit): (f64, &str)) -> String {
    let digits = if value < 20.0 && value.fract() != 0.0 { 2 } else { 0 };
    let text = format!("{value:.digits$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    format!("{grouped}{rest}{}{unit}", if unit.is_empty() { "" } else { " " })
}

fn plain(value: f64) -> String {
    format!("{:.3}", value).trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The rows as a table of Markdown, which is also what is shown.
pub(crate) fn table(rows: &[Row]) -> String {
    let head = ["work", "peer", "peer's", "ours", "ratio", "measured", "goal", ""].map(str::to_owned);
    let cells: Vec<[String; COLUMNS]> = std::iter::once(head).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let mut text = String::new();
    for (index, row) in cells.iter().enumerate() {
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(text, "| {cell:width$} ");
        }
        text.push_str("|\n");
        if index == 0 {
            widths.iter().for_each(|width| text.push_str(&format!("|{}", "-".repeat(width + 2))));
            text.push_str("|\n");
        }
    }
    text
}
