//! The places in our sources that use certain words. A test lists each of them with its reason.

use std::collections::BTreeMap;
use std::path::Path;

/// Counts, by file, the lines of code in these folders of the workspace that have one of the words.
pub fn found(folders: &[&str], words: &[&str]) -> BTreeMap<String, usize> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut places = BTreeMap::new();
    for folder in folders {
        look(root, &root.join(folder), words, &mut places);
    }
    places
}

/// The files and their numbers of a list, as [`found`] counts them.
pub fn known(list: &[(&str, usize, &str)]) -> BTreeMap<String, usize> {
    list.iter().map(|(file, count, _)| ((*file).to_owned(), *count)).collect()
}

fn look(root: &Path, folder: &Path, words: &[&str], places: &mut BTreeMap<String, usize>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            look(root, &path, words, places);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).expect("text");
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let count = code.filter(|line| words.iter().any(|word| line.contains(word))).count();
            let name = path.strip_prefix(root).expect("below it").to_str().expect("text").replace('\\', "/");
            if count > 0 {
                places.insert(name, count);
            }
        }
    }
}
