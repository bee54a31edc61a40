//! The mechanical part of plain English: the first word of a doc comment, of its sections and of a help text, words to avoid, and messages
//! without a subject.
//!
//! The doc of a function begins with a verb, the doc of a type or a field with a noun. The words in `OPENINGS` are neither.

use std::fs;

use tests::sources::{name, root, sources};

/// Words that must not begin the first line of a doc comment, or of a section of it.
const OPENINGS: [&str; 13] = [
    "What", "Whether", "Whom", "Whose", "Of", "That", "Whoever", "Who", "Whatever", "Which", "There", "It",
    "Its",
];

/// Words and phrases to avoid everywhere: in docs, comments, messages and pages.
const AVOIDED: [&str; 10] = [
    "whom",
    "of which",
    "thereof",
    "whoever",
    "what there is",
    "who is no",
    "is to be",
    "are to be",
    "was to be",
    "nobody is there",
];

/// The beginnings of a message that does not name its subject. A message may follow the name of a function or a server.
const SUBJECTS: [&str; 2] = ["\"it ", "\"its "];

/// The code around texts that no user sees.
const INTERNAL: [&str; 6] = ["expect(", "expect_err(", "reason =", "must_use", "assert", "panic!("];

/// Files that are generated, quoted or record what programs print, by a part of their paths.
const OTHERS: [&str; 5] = ["corpus/", "snapshots/", "generated.rs", "english.rs", "codegen/"];

/// Calls `complain` with each line that breaks a rule, its number and the rule.
fn check(text: &str, is_rust: bool, mut complain: impl FnMut(usize, &str, &str)) {
    let (mut before, mut is_below_a_heading) = ("", false);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        let doc = ["///", "//!"].into_iter().find(|mark| line.starts_with(mark));
        if let Some(mark) = doc
            && (!before.starts_with(mark) || is_below_a_heading)
        {
            let first = line[mark.len()..].trim_start();
            let word = first.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if OPENINGS.contains(&word) {
                complain(number + 1, line, "the first word is not a verb and not a noun");
            }
        }
        let is_code = is_rust && !line.starts_with("//");
        if is_code
            && SUBJECTS.iter().any(|begin| line.contains(begin))
            && !INTERNAL.iter().any(|around| line.contains(around))
        {
            complain(number + 1, line, "the message does not name its subject");
        }
        let lower = line.to_lowercase();
        for words in AVOIDED {
            let found = lower.match_indices(words).any(|(at, _)| {
                let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !is_letter(lower[..at].chars().next_back())
                    && !is_letter(lower[at + words.len()..].chars().next())
            });
            if found {
                complain(number + 1, line, words);
            }
        }
        before = if is_rust && line.starts_with("#[") { before } else { line };
        // The sections of a doc have a first sentence too.
        is_below_a_heading = line.starts_with("/// # ") || line.starts_with("//! # ");
    }
}

#[test]
fn docs_begin_with_a_verb_or_a_noun_messages_name_their_subject_and_no_avoided_word_is_used() {
    let mut complaints = Vec::new();
    let mut read = 0;
    for path in sources(root(), &["rs", "md", "toml"]) {
        let file = name(&path);
        if OTHERS.iter().any(|part| file.contains(part)) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        check(&text, file.ends_with(".rs"), |line, text, why| {
            complaints.push(format!("{file}:{line}: {why}: {text}"));
        });
        read += 1;
    }
    assert!(read > 400, "only {read} files were read");
    assert!(complaints.is_empty(), "{}\n{} lines", complaints.join("\n"), complaints.len());
}

#[test]
fn each_kind_of_line_that_breaks_a_rule_is_found() {
    let found = |text: &str| {
        let mut lines = Vec::new();
        check(text, true, |line, _, _| lines.push(line));
        lines
    };
    assert_eq!(found("/// What it is.\nfn f() {}\n/// Lists it.\n/// What follows may begin so."), [1]);
    assert_eq!(found("/// Reads it.\n///\n/// # Errors\n/// What the server answers."), [4]);
    assert_eq!(found("//! Whether it is."), [1]);
    assert_eq!(found("let text = \"the server of which it is\";"), [1]);
    assert_eq!(found("// Whom it asks.\n// A broom."), [1]);
    assert_eq!(found("/// Its name."), [1]);
    assert_eq!(found("Err(\"it is empty\")"), [1]);
    assert_eq!(found("answer.expect(\"it is empty\")"), [] as [usize; 0]);
    assert_eq!(found("/// Lists the ports of the server."), [] as [usize; 0]);
}
