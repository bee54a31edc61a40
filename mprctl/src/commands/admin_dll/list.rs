//! The list of paths in the registry: full paths, separated by semicolons.

/// The list, as it is written. What is not changed keeps its letters and its spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paths(Vec<String>);

impl Paths {
    /// Reads the text of the value.
    pub(super) fn of(text: &str) -> Paths {
        let is_path = |part: &&str| !part.trim().is_empty();
        Paths(text.split(';').filter(is_path).map(str::to_owned).collect())
    }

    /// Returns the text of the value; `None` if no path is left.
    pub(super) fn text(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join(";"))
    }

    /// Returns the paths, without the spaces around them.
    pub(super) fn files(&self) -> Vec<String> {
        self.0.iter().map(|part| part.trim().to_owned()).collect()
    }

    /// Returns `true` if the list has the file, whatever the case of its letters.
    pub(super) fn has(&self, file: &str) -> bool {
        self.0.iter().any(|part| is_same(part, file))
    }

    /// Adds a file at the end. Returns `false` if the list has it.
    pub(super) fn push(&mut self, file: &str) -> bool {
        let is_new = !self.has(file);
        if is_new {
            self.0.push(file.to_owned());
        }
        is_new
    }

    /// Adds a file at the beginning, or moves it there. Returns `false` if it is there already.
    pub(super) fn insert_first(&mut self, file: &str) -> bool {
        if self.0.first().is_some_and(|first| is_same(first, file)) {
            return false;
        }
        self.remove(file);
        self.0.insert(0, file.to_owned());
        true
    }

    /// Removes a file, wherever it is; the others keep their order.
    pub(super) fn remove(&mut self, file: &str) {
        self.0.retain(|part| !is_same(part, file));
    }
}

/// Returns `true` if two paths name one file for Windows, as far as their text tells: its letters have no case, and both
/// slashes separate.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |path: &str| path.trim().replace('/', r"\");
    let (one, other) = (plain(one), plain(other));
    // Small and capital letters must both agree: for Windows the sign of Kelvin, whose small letter is k, is no capital K.
    let small = |path: &str| path.chars().flat_map(char::to_lowercase).collect::<String>();
    small(&one) == small(&other) && one.to_uppercase() == other.to_uppercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_list_of_the_page_has_two_files_in_their_order() {
        // As Microsoft's page has it, with a space behind the semicolon.
        let mut paths = Paths::of(r"C:\nt\system32\ntwkadm.dll; C:\nt\system32\ntwkadm2.dll");
        assert_eq!(paths.files(), [r"C:\nt\system32\ntwkadm.dll", r"C:\nt\system32\ntwkadm2.dll"]);
        assert!(!paths.push(r"c:\NT\System32/ntwkadm2.DLL"));
        assert!(paths.push(r"C:\own.dll"));
        paths.remove(r"C:\nt\system32\NTWKADM.dll");
        assert_eq!(paths.text().as_deref(), Some(r" C:\nt\system32\ntwkadm2.dll;C:\own.dll"));
    }

    #[test]
    fn the_last_file_that_goes_takes_the_list_with_it() {
        let mut paths = Paths::of(r";C:\own.dll; ;");
        assert_eq!(paths.files(), [r"C:\own.dll"]);
        paths.remove(r"C:\own.dll");
        assert_eq!(paths.text(), None);
    }

    #[test]
    fn a_file_is_moved_to_the_front_once() {
        let mut paths = Paths::of(r"C:\a.dll;C:\b.dll");
        assert!(paths.insert_first(r"C:\B.dll"));
        assert!(!paths.insert_first(r"C:\b.dll"));
        assert_eq!(paths.files(), [r"C:\B.dll", r"C:\a.dll"]);
    }

    #[test]
    fn letters_that_windows_keeps_apart_are_of_two_files() {
        // The sign of Kelvin is no letter k, and a name may end with either sigma.
        for (one, other) in [("C:\\\u{212A}.dll", "C:\\k.dll"), ("C:\\\u{17F}.dll", "C:\\s.dll")] {
            let mut paths = Paths::of(other);
            paths.remove(one);
            assert_eq!(paths.files(), [other], "{one} has taken it away");
            assert!(paths.push(one));
        }
        assert!(Paths::of("C:\\ΣΟΦΟΣ").has("c:\\σοφοσ") && Paths::of("C:\\É.dll").has("c:\\é.DLL"));
    }

    proptest! {
        #[test]
        fn a_file_that_comes_and_goes_leaves_the_others_as_they_were(
            others in proptest::collection::vec(r"[ a-zA-Z:\\]{1,12}", 0..5),
            own in r"own[a-z]{1,8}\.dll",
        ) {
            let before = Paths::of(&others.join(";"));
            let mut paths = before.clone();
            prop_assert!(paths.push(&own));
            prop_assert!(Paths::of(&paths.text().expect("a path")) == paths);
            paths.remove(&own);
            prop_assert_eq!(paths, before);
        }
    }
}
