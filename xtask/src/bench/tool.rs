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

/// Lines of a name and figures, parted by tabs.
pub(crate) fn figures(text: &str) -> Result<Vec<(String, Vec<f64>)>> {
    let line = |line: &str| {
        let mut parts = line.trim().split('\t');
        let name = parts.next().context("a name")?.to_owned();
        Ok((name, parts.map(str::parse).collect::<Result<_, _>>()?))
    };
    text.lines().map(line).collect()
}

pub(crate) fn find<'f>(figures: &'f [(String, Vec<f64>)], name: &str) -> Result<&'f [f64]> {
    let found = figures.iter().find(|(known, _)| known == name);
    Ok(&found.with_context(|| format!("{name} was not printed"))?.1)
}

pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The slope of the line through the logarithms: 1 where twice as many take twice as much.
pub(crate) fn exponent(points: &[(f64, f64)]) -> f64 {
    let points: Vec<(f64, f64)> = points.iter().map(|(count, cost)| (count.ln(), cost.ln())).collect();
    let mean = |value: fn(&(f64, f64)) -> f64| points.iter().map(value).sum::<f64>() / points.len() as f64;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let rise: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    rise / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}
