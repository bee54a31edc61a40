//! Finding the one object that a name stands for.

use crate::adapter;
use crate::failure::Failure;
use crate::quantity;

/// An object that a name may stand for.
pub(crate) struct Candidate<T> {
    pub(crate) thing: T,
    /// The names as lists print them, with `�` for invalid characters.
    pub(crate) names: Vec<String>,
    /// Other names, such as the handle. The names above take precedence.
    pub(crate) aliases: Vec<String>,
    /// A unique description.
    pub(crate) label: String,
}

/// Returns a name in the form in which names are compared: in lower case, GUIDs in their standard form.
fn folded(name: &str) -> String {
    adapter::guid(name).map_or_else(|| name.to_lowercase(), |guid| guid.to_string())
}

/// Finds the one object that `name` stands for: one with exactly this name, or else one whose name differs only in case.
///
/// # Errors
/// Several objects match the name. `advice` says how to name one of them.
pub(crate) fn one<T>(
    noun: &str,
    name: &str,
    candidates: impl IntoIterator<Item = Candidate<T>>,
    advice: &str,
) -> Result<Option<T>, Failure> {
    let wanted = folded(name);
    let (mut exact, mut loose) = (Vec::new(), Vec::new());
    for candidate in candidates {
        if candidate.names.iter().any(|own| own == name) {
            exact.push(candidate);
        } else if candidate.names.iter().chain(&candidate.aliases).any(|own| folded(own) == wanted) {
            loose.push(candidate);
        }
    }
    let mut found = if exact.is_empty() { loose } else { exact };
    if found.len() > 1 {
        let labels: Vec<&str> = found.iter().map(|candidate| candidate.label.as_str()).collect();
        let what = quantity::count(found.len(), noun);
        return Err(Failure::usage(format!("`{name}` matches {what}: {}", labels.join("; "))).advice(advice));
    }
    Ok(found.pop().map(|candidate| candidate.thing))
}

/// Finds the objects that `names` stand for, each with the first name that stands for it.
///
/// # Errors
/// The first error of `find`. A command that finds all objects before it changes one has changed nothing then.
pub(crate) fn each_once<'n, N, T>(
    names: &'n [N],
    find: impl Fn(&'n N) -> Result<T, Failure>,
    is_same: impl Fn(&T, &T) -> bool,
) -> Result<Vec<(&'n N, T)>, Failure> {
    let mut found: Vec<(&N, T)> = Vec::new();
    for name in names {
        let thing = find(name)?;
        if !found.iter().any(|(_, other)| is_same(other, &thing)) {
            found.push((name, thing));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(names: &[&'static str]) -> Vec<Candidate<usize>> {
        let candidate = |(thing, name): (usize, &&str)| Candidate {
            thing,
            names: vec![(*name).to_owned()],
            aliases: vec![format!("{thing:#x}")],
            label: format!("{name}, handle {thing:#x}"),
        };
        names.iter().enumerate().map(candidate).collect()
    }

    fn meant(names: &[&'static str], name: &str) -> Result<Option<usize>, String> {
        one("interface", name, candidates(names), "by handle").map_err(|failure| failure.message)
    }

    #[test]
    fn a_name_means_what_is_printed_so_and_else_what_differs_in_case_alone() {
        let names = ["Lyon", "LYON", "Oslo", "a�"];
        assert_eq!(meant(&names, "Lyon"), Ok(Some(0)));
        assert_eq!(meant(&names, "LYON"), Ok(Some(1)));
        assert_eq!(meant(&names, "oslo"), Ok(Some(2)));
        assert_eq!(meant(&names, "A�"), Ok(Some(3)));
        assert_eq!(meant(&names, "0x2"), Ok(Some(2)));
        assert_eq!(meant(&names, "Bergen"), Ok(None));
    }

    #[test]
    fn a_name_that_fits_several_is_an_error_that_lists_them() {
        let names = ["Lyon", "LYON", "a�", "a�"];
        let both = "`lyon` matches 2 interfaces: Lyon, handle 0x0; LYON, handle 0x1";
        assert_eq!(meant(&names, "lyon"), Err(both.to_owned()));
        assert!(meant(&names, "a�").unwrap_err().ends_with("a�, handle 0x2; a�, handle 0x3"));
        assert_eq!(meant(&names, "0X3"), Ok(Some(3)));
    }

    #[test]
    fn a_name_comes_before_a_handle() {
        assert_eq!(meant(&["a", "0x0"], "0x0"), Ok(Some(1)));
    }
}
