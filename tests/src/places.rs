//! The places in our sources that use certain words. A test lists each of them with its reason.

use std::collections::BTreeMap;

use crate::sources::{name, root, sources};

/// Counts, by file, the lines of code in these folders of the workspace that have one of the words.
pub fn found(folders: &[&str], words: &[&str]) -> BTreeMap<String, usize> {
    let mut places = BTreeMap::new();
    for path in folders.iter().flat_map(|folder| sources(&root().join(folder), &["rs"])) {
        let text = std::fs::read_to_string(&path).expect("text");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let count = code.filter(|line| words.iter().any(|word| line.contains(word))).count();
        if count > 0 {
            places.insert(name(&path), count);
        }
    }
    places
}

/// The files and their numbers of a list, as [`found`] counts them.
pub fn known(list: &[(&str, usize, &str)]) -> BTreeMap<String, usize> {
    list.iter().map(|(file, count, _)| ((*file).to_owned(), *count)).collect()
}
