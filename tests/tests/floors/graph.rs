//! Files and arrows between them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The arrows of a crate. Files are named from the folder of its root file.
#[derive(Default)]
pub(crate) struct Graph {
    /// Each file, and for each file that it leads to, the names that it takes from there.
    arrows: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

impl Graph {
    pub(crate) fn add_file(&mut self, file: &str) {
        self.arrows.entry(file.to_owned()).or_default();
    }

    pub(crate) fn add(&mut self, from: &str, to: &str, name: &str) {
        let arrows = self.arrows.entry(from.to_owned()).or_default();
        arrows.entry(to.to_owned()).or_default().insert(name.to_owned());
    }

    pub(crate) fn files(&self) -> Vec<&str> {
        self.arrows.keys().map(String::as_str).collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.arrows.values().map(BTreeMap::len).sum()
    }

    pub(crate) fn arrows(&self) -> Vec<(&str, &str)> {
        let all = self.arrows.iter();
        all.flat_map(|(from, to)| to.keys().map(move |to| (from.as_str(), to.as_str()))).collect()
    }

    /// Returns the files that can be reached from `file`.
    fn reach(&self, file: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = vec![file];
        while let Some(file) = open.pop() {
            for to in self.arrows.get(file).into_iter().flat_map(BTreeMap::keys) {
                if found.insert(to.as_str()) {
                    open.push(to);
                }
            }
        }
        found
    }

    /// Returns the circles: groups of files that can all be reached from each other.
    pub(crate) fn circles(&self) -> Vec<Vec<&str>> {
        self.groups().into_iter().filter(|group| group.len() > 1).collect()
    }

    /// Returns the circles, and each other file as a group of its own.
    fn groups(&self) -> Vec<Vec<&str>> {
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            self.arrows.keys().map(|file| (file.as_str(), self.reach(file))).collect();
        let mut groups: Vec<Vec<&str>> = Vec::new();
        let mut placed = BTreeSet::new();
        for (file, reached) in &reach {
            if !placed.contains(file) {
                let back = reached.iter().filter(|other| reach[**other].contains(file) && *other != file);
                let group: Vec<&str> = std::iter::once(*file)
                    .chain(back.copied())
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect();
                placed.extend(group.iter().copied());
                groups.push(group);
            }
        }
        groups
    }

    /// Says what ties a circle.
    pub(crate) fn tell(&self, circle: &[&str]) -> String {
        let mut text = String::new();
        for from in circle {
            for (to, names) in &self.arrows[*from] {
                if circle.contains(&to.as_str()) {
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    let _ = writeln!(text, "  {from} takes {} from {to}", names.join(", "));
                }
            }
        }
        text
    }

    /// Lists the floors, the highest first: a file stands one floor above the highest that it takes from.
    pub(crate) fn floors(&self) -> String {
        let groups = self.groups();
        let mut floor: BTreeMap<&str, usize> = BTreeMap::new();
        // Each round settles at least one floor.
        for _ in 0..groups.len() {
            for group in &groups {
                let below = group.iter().flat_map(|file| self.arrows[*file].keys());
                let below = below.filter(|to| !group.contains(&to.as_str()));
                let height = below.map(|to| floor.get(to.as_str()).copied().unwrap_or(1)).max();
                let height = height.map_or(1, |below| below + 1);
                floor.extend(group.iter().map(|file| (*file, height)));
            }
        }
        let highest = floor.values().copied().max().unwrap_or_default();
        let mut text = String::new();
        for height in (1..=highest).rev() {
            let files = floor.iter().filter(|(_, at)| **at == height);
            let files: Vec<String> = files.map(|(file, _)| format!("`{file}`")).collect();
            let _ = writeln!(text, "{height}. {}", files.join(", "));
        }
        text
    }
}
