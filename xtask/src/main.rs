//! The repository's own commands. `cargo xtask` lists them.

#[cfg(feature = "bindings")]
#[path = "../../mprapi-sys/codegen.rs"]
mod codegen;

fn main() {
    #[cfg(feature = "bindings")]
    {
        let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../mprapi-sys");
        let g = codegen::generate(&dir, "x86_64-pc-windows-gnu", &[]).unwrap();
        std::fs::write(dir.join("src/bindings.rs"), g.source).unwrap();
        for u in &g.undocumented {
            eprintln!("undocumented: {u}");
        }
    }
}
