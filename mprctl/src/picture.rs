//! The pictures of the README. Tests make them and hold them against those of `docs/images`; `cargo xtask screenshots` has the
//! same tests write them.

use std::fs;
use std::path::Path;

use anstyle_svg::{Palette, Term};

/// Colours that can be read on a dark ground, in the order of the terminal's sixteen.
const COLORS: [u32; 16] = [
    0x484f58, 0xff7b72, 0x3fb950, 0xd29922, 0x58a6ff, 0xbc8cff, 0x39c5cf, 0xb1bac4, 0x6e7681, 0xffa198,
    0x56d364, 0xe3b341, 0x79c0ff, 0xd2a8ff, 0x56d4dd, 0xffffff,
];

/// Compares the picture with what a terminal shows now, which may be coloured. Writes the picture if `UPDATE_PICTURES` is set.
///
/// # Panics
/// The picture is old.
pub(crate) fn check(name: &str, shown: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/images");
    // The archive of the crate has no pictures.
    if !folder.is_dir() {
        return;
    }
    let (path, svg) = (folder.join(name), svg(shown));
    if std::env::var_os("UPDATE_PICTURES").is_some() {
        fs::write(&path, &svg).expect("the picture is written");
    }
    let picture = fs::read_to_string(&path).unwrap_or_default();
    // Git on Windows may have changed the ends of the lines.
    assert!(
        picture.lines().eq(svg.lines()),
        "docs/images/{name} is old; `cargo xtask screenshots` makes it again. It should show:\n{shown}"
    );
}

fn svg(shown: &str) -> String {
    let color = |rgb: u32| {
        let [_, red, green, blue] = rgb.to_be_bytes();
        anstyle::RgbColor(red, green, blue)
    };
    let term = Term::new()
        .palette(Palette(COLORS.map(color)))
        .fg_color(color(0xd1d7e0).into())
        .bg_color(color(0x0d1117).into());
    // Browsers apply no `opacity` to parts of a text.
    let svg = term.render_svg(shown).replace("{ opacity: 0.4; }", "{ fill-opacity: 0.6; }");
    // Nothing hangs over at the end of a line of a file.
    svg.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
