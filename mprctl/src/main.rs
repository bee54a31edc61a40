//! Calls the library; see its `main`.

fn main() -> std::process::ExitCode {
    mprctl::main()
}
