//! Turns `wrapper.h` into `bindings.rs`: bindgen first, then the four things that bindgen cannot do.
//!
//! Shared by `build.rs` (feature `bindgen`) and `cargo xtask bindings`, so that both give the same text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use bindgen::callbacks::{ItemInfo, ParseCallbacks};
use quote::ToTokens as _;
use syn::{Attribute, ForeignItem, Item, parse_quote};

/// The result of one run.
pub(crate) struct Generated {
    /// The text of `bindings.rs`.
    pub(crate) source: String,
    /// Public items without a block in `docs/`, and blocks in `docs/` without an item.
    pub(crate) undocumented: Vec<String>,
}

/// Runs bindgen over `<crate_dir>/wrapper.h` for a Windows `target`, with the toolchain's headers
/// looked for in `include` (where empty, clang looks in its own places).
pub(crate) fn generate(crate_dir: &Path, target: &str, include: &[PathBuf]) -> Result<Generated, String> {
    let wrapper = crate_dir.join("wrapper.h");
    let builder = bindgen::Builder::default()
        .header(wrapper.to_str().ok_or("the path of wrapper.h is not UTF-8")?)
        .clang_arg(format!("--target={target}"))
        .clang_args(include.iter().map(|dir| format!("-isystem{}", dir.display())))
        .allowlist_file(r".*[/\\]mprapi(_sdk)?\.h")
        .allowlist_file(r".*[/\\]mprerror\.h")
        .allowlist_file(r".*[/\\]wrapper\.h")
        // ras.h defines these as well, and bindgen counts a macro to the file that has it first.
        .allowlist_var("RASCCPCA_.*")
        // What wrapper.h and the headers declare for their own use.
        .blocklist_item(
            "_*mingw_.*|UNICODE|_UNICODE|_WIN32_WINNT|NTDDI_VERSION|WIN32_LEAN_AND_MEAN|WINVER|.*_H_*",
        )
        // On x86-64 the two conventions are one and bindgen writes "C"; on 32-bit Windows that is a crash.
        .override_abi(bindgen::Abi::System, ".*")
        .use_core()
        .ctypes_prefix("ctypes")
        .default_enum_style(bindgen::EnumVariation::Consts)
        .prepend_enum_name(false)
        .merge_extern_blocks(true)
        .derive_debug(false)
        .derive_default(true)
        .generate_comments(false)
        .layout_tests(false)
        .rust_target(bindgen::RustTarget::stable(88, 0).map_err(|error| error.to_string())?)
        .rust_edition(bindgen::RustEdition::Edition2024)
        .parse_callbacks(Box::new(TagNames));
    let text = run(builder, target)?.to_string();

    // DWORD is `unsigned long`, 32 bits on every Windows, whatever it is where the crate is built.
    let text = FIXED_WIDTH.iter().fold(text, |text, (c, rust)| text.replace(&format!("ctypes::{c}"), rust));
    let file = syn::parse_file(&text).map_err(|error| error.to_string())?;
    let docs = read_docs(&crate_dir.join("docs"))?;
    Ok(Writer { docs, used: Vec::new(), undocumented: Vec::new() }.write(file))
}

/// Runs bindgen. Its two ordinary failures become sentences that tell what to do.
fn run(builder: bindgen::Builder, target: &str) -> Result<bindgen::Bindings, String> {
    // Without libclang bindgen panics; its words for that are kept from the screen, ours are below.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let generated = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| builder.generate()));
    std::panic::set_hook(hook);
    match generated {
        Ok(Ok(bindings)) => Ok(bindings),
        Ok(Err(error)) => Err(format!(
            "the headers for {target} could not be read. mprapi.h and what it includes come with the Windows SDK or \
             with mingw-w64; name their folders in MPRAPI_SYS_INCLUDE if clang does not find them by itself. ({})",
            error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
        )),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map_or("bindgen panicked", String::as_str);
            Err(if said.contains("find libclang") {
                "libclang was not found; install LLVM's clang, or name libclang's folder in LIBCLANG_PATH"
                    .to_owned()
            } else {
                format!("bindgen failed: {said}")
            })
        }
    }
}

/// Longest names first: the replacement is textual.
const FIXED_WIDTH: [(&str, &str); 11] = [
    ("c_ulonglong", "u64"),
    ("c_longlong", "i64"),
    ("c_ushort", "u16"),
    ("c_ulong", "u32"),
    ("c_uchar", "u8"),
    ("c_schar", "i8"),
    ("c_short", "i16"),
    // Only enumerations are `unsigned int` here, and only for gnu targets; the Windows SDK has them signed.
    ("c_uint", "i32"),
    ("c_long", "i32"),
    ("c_void", "core::ffi::c_void"),
    ("c_int", "i32"),
];

/// `struct _X` and its typedef `X` are one item, `X`; `entry_X` is the type of the function `X`
/// which a third party's DLL implements (see wrapper.h).
#[derive(Debug)]
struct TagNames;

impl ParseCallbacks for TagNames {
    fn item_name(&self, item: ItemInfo<'_>) -> Option<String> {
        let name = item.name.strip_prefix("entry_").or_else(|| item.name.strip_prefix('_'))?;
        Some(name.to_owned())
    }
}

/// One block of `docs/*.md`: see `docs/README.md` for the format.
#[derive(Default)]
struct Doc {
    since: String,
    page: String,
    text: String,
    fields: BTreeMap<String, String>,
}

fn read_docs(dir: &Path) -> Result<BTreeMap<String, Doc>, String> {
    let mut docs = BTreeMap::new();
    for file in ["functions.md", "types.md"] {
        let path = dir.join(file);
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for block in text.split("\n## ").map(|block| block.trim_start_matches("## ")) {
            let (name, body) = block.split_once('\n').unwrap_or((block, ""));
            let mut doc = Doc::default();
            for line in body.lines() {
                if let Some(since) = line.strip_prefix("since: ") {
                    doc.since = since.trim().to_owned();
                } else if let Some(page) = line.strip_prefix("page: ") {
                    doc.page = page.trim().to_owned();
                } else if let Some((field, text)) =
                    line.strip_prefix('.').and_then(|line| line.split_once(' '))
                {
                    doc.fields.insert(field.to_owned(), text.to_owned());
                } else {
                    writeln!(doc.text, "{line}").expect("writing to a String");
                }
            }
            docs.insert(name.trim().to_owned(), doc);
        }
    }
    Ok(docs)
}

struct Writer {
    docs: BTreeMap<String, Doc>,
    used: Vec<String>,
    undocumented: Vec<String>,
}

impl Writer {
    fn write(mut self, mut file: syn::File) -> Generated {
        let implemented: Vec<String> = file
            .items
            .iter()
            .filter_map(|item| if let Item::Type(item) = item { Some(item.ident.to_string()) } else { None })
            .collect();
        let mut functions = String::new();
        for item in &mut file.items {
            match item {
                Item::ForeignMod(block) => {
                    // Types to implement, not functions to call: no library exports them.
                    block.items.retain(|item| match item {
                        ForeignItem::Fn(function) => !implemented.contains(&function.sig.ident.to_string()),
                        _ => true,
                    });
                    block.attrs = link_attributes();
                    for item in &mut block.items {
                        if let ForeignItem::Fn(function) = item {
                            functions.push_str(&self.signature(&function.sig));
                            let name = function.sig.ident.to_string();
                            self.document(&name, &mut function.attrs);
                        }
                    }
                }
                Item::Const(item) => {
                    widen(item);
                    self.document(&item.ident.to_string(), &mut item.attrs);
                }
                Item::Type(item) => self.document_type(&item.ident.to_string(), &mut item.attrs),
                Item::Struct(item) => {
                    let name = item.ident.to_string();
                    self.document(&name, &mut item.attrs);
                    self.document_fields(&name, &mut item.fields);
                }
                Item::Union(item) => {
                    let name = item.ident.to_string();
                    self.document(&name, &mut item.attrs);
                    for field in &mut item.fields.named {
                        self.document_field(&name, field);
                    }
                }
                _ => {}
            }
        }
        let unknown = self.docs.keys().filter(|name| !name.is_empty() && !self.used.contains(name));
        self.undocumented.extend(unknown.map(|name| format!("{name} (documented, but not in the bindings)")));
        let source = format!(
            "// Written by `cargo xtask bindings` from wrapper.h. Do not edit.\n\n{}{}{functions}{}",
            prettyplease::unparse(&file),
            LIST_HEAD,
            LIST_TAIL,
        );
        Generated { source, undocumented: self.undocumented }
    }

    /// One row of `for_each_function!`.
    fn signature(&self, sig: &syn::Signature) -> String {
        let name = sig.ident.to_string();
        let since = self.docs.get(&name).map_or("", |doc| &doc.since);
        let mut row = format!("            {since:?} fn {name}(");
        for (index, input) in sig.inputs.iter().enumerate() {
            if let syn::FnArg::Typed(argument) = input {
                let comma = if index == 0 { "" } else { ", " };
                let name = argument.pat.to_token_stream();
                write!(row, "{comma}{name}: {}", from_outside(&argument.ty)).expect("writing to a String");
            }
        }
        let result = match &sig.output {
            syn::ReturnType::Default => "()".to_owned(),
            syn::ReturnType::Type(_, ty) => from_outside(ty),
        };
        writeln!(row, ") -> {result};").expect("writing to a String");
        row
    }

    fn document(&mut self, name: &str, attrs: &mut Vec<Attribute>) {
        let Some(doc) = self.docs.get(name) else {
            self.undocumented.push(name.to_owned());
            return;
        };
        let mut text = doc.text.trim().to_owned();
        if doc.page.len() > 1 {
            write!(text, "\n\n[Microsoft's page]({PAGES}{})", doc.page).expect("writing to a String");
        }
        attrs.push(doc_attribute(&text));
        self.used.push(name.to_owned());
    }

    /// Type names of C (`DWORD`, `PRAS_PORT_0`) explain themselves by what they stand for.
    fn document_type(&mut self, name: &str, attrs: &mut Vec<Attribute>) {
        if self.docs.contains_key(name) {
            self.document(name, attrs);
        } else {
            attrs.push(doc_attribute("C's name for this type."));
        }
    }

    fn document_fields(&mut self, name: &str, fields: &mut syn::Fields) {
        for field in fields.iter_mut() {
            self.document_field(name, field);
        }
    }

    fn document_field(&mut self, owner: &str, field: &mut syn::Field) {
        let Some(name) = field.ident.as_ref().map(ToString::to_string) else { return };
        match self.docs.get(owner).and_then(|doc| doc.fields.get(&name)) {
            Some(text) => field.attrs.push(doc_attribute(text)),
            None => self.undocumented.push(format!("{owner}.{name}")),
        }
    }
}

const PAGES: &str = "https://learn.microsoft.com/windows/win32/api/mprapi/";

const LIST_HEAD: &str = r"
/// Calls `$callback!` with one row for each function of `mprapi.h`:
/// `since fn Name(parameter: Type, …) -> Result;`, where `since` names the first Windows that has it.
///
/// The table [`Mprapi`](crate::Mprapi) is made from this list; so can be whatever wants an item per function.
#[macro_export]
macro_rules! for_each_function {
    ($callback:ident) => {
        $callback! {
";

const LIST_TAIL: &str = r"        }
    };
}
";

fn doc_attribute(text: &str) -> Attribute {
    let lines: Vec<String> = text.lines().map(|line| format!(" {line}")).collect();
    let text = lines.join("\n");
    parse_quote!(#[doc = #text])
}

/// `raw-dylib`: no import library is needed, and none of mingw's missing exports is missed.
fn link_attributes() -> Vec<Attribute> {
    vec![
        parse_quote!(#[cfg_attr(
            all(windows, target_arch = "x86"),
            link(name = "mprapi.dll", kind = "raw-dylib", modifiers = "+verbatim", import_name_type = "undecorated")
        )]),
        parse_quote!(#[cfg_attr(
            all(windows, not(target_arch = "x86")),
            link(name = "mprapi.dll", kind = "raw-dylib", modifiers = "+verbatim")
        )]),
    ]
}

/// The type as another crate writes it inside the list's macro.
fn from_outside(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Ptr(pointer) => {
            let kind =
                if matches!(pointer.mutability, syn::PointerMutability::Mut(_)) { "mut" } else { "const" };
            format!("*{kind} {}", from_outside(&pointer.elem))
        }
        syn::Type::Path(path)
            if path.path.get_ident().is_some_and(|name| !name.to_string().starts_with(['i', 'u'])) =>
        {
            format!("$crate::{}", path.to_token_stream())
        }
        other => other.to_token_stream().to_string().replace(' ', ""),
    }
}

/// The API takes its strings as UTF-16, so the constants are that too.
fn widen(item: &mut syn::ItemConst) {
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::ByteStr(bytes), .. }) = &*item.expr else { return };
    let units = bytes.value();
    let (count, units) = (units.len(), units.iter().map(|byte| u16::from(*byte)));
    *item.ty = parse_quote!(&[WCHAR; #count]);
    *item.expr = parse_quote!(&[#(#units),*]);
}
