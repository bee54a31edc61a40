//! `cargo xtask screenshots`: the images of docs/images, which tests of mprctl make. Without this command the same tests fail if
//! an image is not what mprctl prints.

use anyhow::Result;
use xshell::cmd;

use crate::sh;

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    let cargo = sh::cargo();
    let test = cmd!(sh, "{cargo} test --locked --package mprctl --lib --test program the_picture_of");
    sh::run(test.env("UPDATE_PICTURES", "1"))
}
