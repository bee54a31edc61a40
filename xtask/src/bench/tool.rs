//! Small things that the benchmarks have in common.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use xshell::Shell;

use crate::sh;

/// Where the benchmarks have their files.
pub(crate) fn folder() -> PathBuf {
    sh::target_dir().join("bench")
}

/// Writes a file of the benchmarks.
pub(crate) fn write(sh: &Shell, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder().join(name);
    sh.write_file(&path, text)?;
    Ok(path)
}

/// Lines of a name and a figure, parted by a tab.
pub(crate) fn figures(text: &str) -> Result<Vec<(String, f64)>> {
    let line = |line: &str| {
        let (name, figure) = line.trim().split_once('\t').context("a name and a figure")?;
        Ok((name.to_owned(), figure.parse()?))
    };
    text.lines().map(line).collect()
}

/// The slope of the line through the logarithms: 1 where twice as many take twice as much.
pub(crate) fn exponent(points: &[(f64, f64)]) -> f64 {
    let points: Vec<(f64, f64)> = points.iter().map(|(count, cost)| (count.ln(), cost.ln())).collect();
    let mean = |value: fn(&(f64, f64)) -> f64| points.iter().map(value).sum::<f64>() / points.len() as f64;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let rise: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    rise / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}
