//! The results: a row for each piece of work and peer, held against its goal.

use std::fmt::Write as _;

/// A comparison.
pub(crate) struct Row {
    work: String,
    peer: String,
    theirs: String,
    ours: String,
    /// The figure that is held against the goal, and its format.
    figure: f64,
    written: String,
    goal: Option<Goal>,
}

#[derive(Clone, Copy)]
pub(crate) enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

impl Row {
    /// Ours divided by theirs.
    pub(crate) fn ratio(work: &str, peer: &str, theirs: (f64, &str), ours: (f64, &str)) -> Row {
        let ratio = ours.0 / theirs.0;
        Row::new(work, peer, number(theirs), number(ours), ratio, format!("{ratio:.2}"))
    }

    /// Ours less theirs.
    pub(crate) fn difference(work: &str, peer: &str, theirs: (f64, &str), ours: (f64, &str)) -> Row {
        let more = ours.0 - theirs.0;
        Row::new(work, peer, number(theirs), number(ours), more, format!("{more:+.0}"))
    }

    /// The median of ratios that were measured by turns.
    pub(crate) fn paired(work: &str, peer: &str, ratio: f64) -> Row {
        Row::new(work, peer, "—".to_owned(), "—".to_owned(), ratio, format!("{ratio:.2}"))
    }

    fn new(work: &str, peer: &str, theirs: String, ours: String, figure: f64, written: String) -> Row {
        let (work, peer) = (work.to_owned(), peer.to_owned());
        Row { work, peer, theirs, ours, figure, written, goal: None }
    }

    pub(crate) fn goal(mut self, goal: Goal) -> Row {
        self.goal = Some(goal);
        self
    }

    /// Returns `true` if it has no goal, or meets it.
    pub(crate) fn is_met(&self) -> bool {
        match self.goal {
            None => true,
            Some(Goal::AtMost(most)) => self.figure <= most,
            Some(Goal::AtLeast(least)) => self.figure >= least,
        }
    }

    pub(crate) fn name(&self) -> String {
        format!("{} against {}", self.work, self.peer)
    }

    fn cells(&self) -> [String; 7] {
        let (goal, verdict) = match self.goal {
            None => (String::new(), ""),
            Some(Goal::AtMost(most)) => (format!("≤ {}", plain(most)), self.verdict()),
            Some(Goal::AtLeast(least)) => (format!("≥ {}", plain(least)), self.verdict()),
        };
        [
            self.work.clone(),
            self.peer.clone(),
            self.theirs.clone(),
            self.ours.clone(),
            self.written.clone(),
            goal,
            verdict.to_owned(),
        ]
    }

    fn verdict(&self) -> &'static str {
        if self.is_met() { "met" } else { "missed" }
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
    let head = ["work", "peer", "peer's", "ours", "ratio", "goal", ""].map(str::to_owned);
    let cells: Vec<[String; 7]> = std::iter::once(head).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 7] = std::array::from_fn(width);
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
