//! A macro hides the code that it makes. One that is long has that code in its comment.

use std::fs;

use tests::sources::{name, root, sources};

/// The lines that a macro may have without its expansion in the comment.
const LONGEST: usize = 30;

/// Files that are not written by hand.
const GENERATED: &[&str] = &["mprapi-sys/src/bindings.rs"];

#[test]
fn a_macro_of_more_than_thirty_lines_shows_its_expansion_in_its_comment() {
    let sources = sources(root(), &["rs"]);
    assert!(sources.len() > 300, "{}", sources.len());
    let mut count = 0;
    let mut bare = Vec::new();
    for path in sources {
        let text = fs::read_to_string(&path).expect("a source");
        let file = name(&path);
        if GENERATED.contains(&&*file) {
            continue;
        }
        let macros = macros(&text);
        count += macros.len();
        let long = macros.iter().filter(|found| found.lines > LONGEST && !found.is_shown);
        bare.extend(long.map(|found| format!("{file}: `{}` has {} lines", found.name, found.lines)));
    }
    assert!(count > 80, "{count}");
    assert!(bare.is_empty(), "show what these become, in a code block of the comment:\n{}", bare.join("\n"));
}

#[test]
fn a_comment_counts_only_if_it_has_a_block_of_code_and_stands_before_the_macro() {
    let body = "    () => {\n".to_owned() + &"        one!();\n".repeat(30) + "    };\n";
    let long = |before: &str| macros(&format!("{before}macro_rules! long {{\n{body}}}\n")).remove(0);
    assert_eq!((long("").name.as_str(), long("").lines), ("long", 34));
    assert!(!long("").is_shown);
    assert!(!long("/// Makes things.\n").is_shown);
    assert!(long("/// Makes\n///\n/// ```text\n/// one();\n/// ```\n").is_shown);
    assert!(long("/// ```text\n/// one();\n/// ```\n#[macro_export]\n").is_shown);
    assert!(!long("/// ```text\n/// one();\n/// ```\nfn other() {}\n\n").is_shown);
    assert!(!long("/// ```text\n/// ```\n").is_shown, "an empty block shows nothing");
    let within = macros("mod a {\n    macro_rules! short {\n        () => {};\n    }\n}\n").remove(0);
    assert_eq!((within.name.as_str(), within.lines), ("short", 3));
}

struct Found {
    name: String,
    lines: usize,
    /// `true` if the comment has a block of code.
    is_shown: bool,
}

/// The macros of a file that `rustfmt` has formatted: the brace that ends one stands below its first letter.
fn macros(text: &str) -> Vec<Found> {
    let lines: Vec<&str> = text.lines().collect();
    let begins = lines.iter().enumerate().filter_map(|(begin, line)| {
        let rest = line.trim_start().strip_prefix("macro_rules! ")?;
        let indent = &line[..line.len() - line.trim_start().len()];
        Some((begin, rest, format!("{indent}}}")))
    });
    begins
        .map(|(begin, rest, end)| {
            let name = rest.split([' ', '{', '(']).next().expect("a name").to_owned();
            let length = match rest.ends_with('}') {
                true => 1,
                false => {
                    1 + lines[begin..].iter().position(|line| **line == end).expect("the end of the macro")
                }
            };
            let before = lines[..begin].iter().rev().map(|line| line.trim_start());
            let comment: Vec<&str> =
                before.take_while(|line| line.starts_with("///") || line.starts_with("#[")).collect();
            let mut fences = comment.iter().enumerate().filter(|(_, line)| line.starts_with("/// ```"));
            let block = fences.next().zip(fences.next());
            let is_shown = block.is_some_and(|((end, _), (begin, _))| begin - end > 1);
            Found { name, lines: length, is_shown }
        })
        .collect()
}
