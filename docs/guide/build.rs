//! Makes tests of the chapters' code. A forge shows a page as it is, with lines that rustdoc would hide, so the pages have
//! none: what each piece of code is run with is put before and behind it here.

use std::path::Path;
use std::{env, fs};

/// Before code that has no `main` of its own.
const BEFORE: &str = "# let mpr = guide::mpr();\n# let server = mpr.connect(None).unwrap();\n";
/// Behind code that has a `?` outside of a function.
const BEHIND: &str = "# Ok::<(), Box<dyn std::error::Error>>(())\n";

fn main() {
    println!("cargo::rerun-if-changed=src");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    for entry in fs::read_dir("src").expect("the chapters") {
        let path = entry.expect("a chapter").path();
        let page = fs::read_to_string(&path).expect("a chapter is text").replace("\r\n", "\n");
        let name = path.file_name().expect("a file");
        fs::write(Path::new(&out).join(name), with_surroundings(&page)).expect("the build's own folder");
    }
}

fn with_surroundings(page: &str) -> String {
    let (mut out, mut code) = (String::new(), None::<String>);
    for line in page.split_inclusive('\n') {
        match &mut code {
            None => {
                out.push_str(line);
                code = line.starts_with("```rust").then(String::new);
            }
            Some(text) if line.starts_with("```") => {
                assert!(
                    !text.lines().any(|line| line == "#" || line.starts_with("# ")),
                    "a hidden line:\n{text}"
                );
                let has_main = text.contains("fn main()");
                let returns = text.lines().any(|line| !line.starts_with([' ', '}']) && line.contains('?'))
                    || text.contains("return Err(");
                out.push_str(if has_main { "" } else { BEFORE });
                out.push_str(text);
                out.push_str(if returns && !has_main { BEHIND } else { "" });
                out.push_str(line);
                code = None;
            }
            Some(text) => text.push_str(line),
        }
    }
    out
}
