//! Writes the long inputs of a target into a folder, for a run to begin with: `seeds TARGET FOLDER`.

use mprapi_fuzz::seeds;

fn main() -> std::io::Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [target, folder] = &arguments[..] else { panic!("usage: seeds TARGET FOLDER") };
    std::fs::create_dir_all(folder)?;
    for (number, seed) in seeds::seeds(target).iter().enumerate() {
        std::fs::write(format!("{folder}/long-{number}"), seed)?;
    }
    Ok(())
}
