//! Held against mingw-w64's header by a C compiler: what `mprapi-sys` has and that header declares.
//!
//! `ctest` compares constants, sizes, alignments, fields and the passing of values. It does not look at the parameters of
//! functions, so these are declared once more in C, which is an error where a declaration differs; and it cannot
//! translate wide texts, so C hands them out. What the header has wrong stands in [`STALE`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;

use quote::ToTokens as _;
use syn::{BareFnArg, FnArg, ForeignItem, GenericArgument, Item, PathArguments, ReturnType, Type};

/// As `mprapi-sys/wrapper.h` has it.
const HEADERS: &str = "\
#undef _WIN32_WINNT
#define _WIN32_WINNT 0x0A00
#define UNICODE
#define _UNICODE
#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#include <windows.h>
#include <in6addr.h>
#include <wincrypt.h>
#include <lmcons.h>
#include <ras.h>
#include <mprapi.h>
#include <mprerror.h>
";

/// The items that mingw-w64's header declares otherwise than today's Windows SDK, as mprapi-sys has them.
///
/// An entry that C would accept is an error: it is not needed any more.
const STALE: &[(&str, &str)] = &[
    ("IKEV2_TUNNEL_CONFIG_PARAMS", "Windows 7's: the SDK's name is of revision 4"),
    ("PIKEV2_TUNNEL_CONFIG_PARAMS", "points to the above"),
    ("IKEV2_CONFIG_PARAMS", "holds the above"),
    ("L2TP_CONFIG_PARAMS", "Windows 7's: the SDK's name is of revision 1"),
    ("PL2TP_CONFIG_PARAMS", "points to the above"),
    ("MPRAPI_TUNNEL_CONFIG_PARAMS", "holds the two above, and lacks GRE"),
    ("PMPRAPI_TUNNEL_CONFIG_PARAMS", "points to the above"),
    ("MPR_SERVER_SET_CONFIG_EX", "holds the above"),
    ("PMPR_SERVER_SET_CONFIG_EX", "points to the above"),
    ("MPR_SERVER_EX", "holds the above"),
    ("PMPR_SERVER_EX", "points to the above"),
    ("MPRAPI_ADMIN_DLL_CALLBACKS", "lacks the two callbacks of version 2"),
    ("MPR_FILTER_0", "the member has another name"),
    ("MprAdminServerGetInfoEx", "over the above"),
    ("MprAdminServerSetInfoEx", "over the above"),
    ("MprConfigServerGetInfoEx", "over the above"),
    ("MprConfigServerSetInfoEx", "over the above"),
    ("MprAdminReleaseIpv6AddressForUser", "returns nothing, and mingw-w64 says DWORD"),
    ("ROUTEBASEEND", "956, which is a code of its own now"),
];

/// The types that bindgen names by a tag that is not their name in C.
const C_NAMES: &[(&str, &str)] =
    &[("in_addr", "IN_ADDR"), ("in6_addr", "IN6_ADDR"), ("CRYPTOAPI_BLOB", "CRYPT_INTEGER_BLOB")];

/// Writes the tests and compiles their C side.
pub(crate) fn build(out: &Path) {
    let bindings = Path::new("../mprapi-sys/src/bindings.rs");
    println!("cargo::rerun-if-changed={}", bindings.display());
    println!("cargo::rerun-if-changed=c_header.rs");
    let source = fs::read_to_string(bindings).expect("the bindings are committed");
    let items = Items::of(&syn::parse_file(&source).expect("the bindings are Rust"));
    let header = Rc::new(Header::read(out));

    for (name, reason) in STALE {
        assert!(header.declares(name), "the header lacks {name}, so it is not stale: {reason}");
        let claim = items.claim(name);
        assert!(compile(out, &claim).is_err(), "{name} is as it should be, take it out of STALE:\n{claim}");
    }
    let claims: Vec<String> =
        items.signatures().filter(|name| header.has(name)).map(|name| items.claim(name)).collect();
    compile(out, &claims.concat())
        .unwrap_or_else(|errors| panic!("the header declares something else:\n{errors}"));

    let texts: Vec<_> = items.texts.iter().filter(|name| header.has(name)).collect();
    let mut c = HEADERS.to_owned();
    let mut rust = format!(
        "/// Functions and types of functions declared alike.\npub const SIGNATURES: usize = {};\n",
        claims.len()
    );
    rust.push_str("unsafe extern \"C\" {\n");
    for name in &texts {
        let _ = writeln!(c, "const WCHAR *text_{name}(void) {{ return {name}; }}");
        let _ = writeln!(rust, "    safe fn text_{name}() -> *const u16;");
    }
    rust.push_str("}\n/// The wide texts of both sides.\npub fn texts() -> Vec<(&'static [u16], *const u16)> {\n    vec![\n");
    for name in &texts {
        let _ = writeln!(rust, "        ({name}, text_{name}()),");
    }
    rust.push_str("    ]\n}\n");
    fs::write(out.join("c_texts.c"), c).expect("OUT_DIR is ours");
    fs::write(out.join("c_texts.rs"), rust).expect("OUT_DIR is ours");
    fs::write(out.join("c_headers.h"), HEADERS).expect("OUT_DIR is ours");

    generate(&header, &items, bindings);
    cc::Build::new()
        .include(out)
        .files([out.join("c_header.c"), out.join("c_texts.c")])
        .flags(["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", "-Wno-type-limits"])
        .compile("c_header");
}

/// Lets `ctest` write its two files.
fn generate(header: &Rc<Header>, items: &Items, bindings: &Path) {
    let mut tests = ctest::TestGenerator::new();
    // The bindings are the same for every target, and this machine's is the one whose libraries are here.
    tests.target(&std::env::var("HOST").expect("cargo sets it")).edition(2024).header("c_headers.h");
    let has = |header: &Rc<Header>| {
        let header = Rc::clone(header);
        move |name: &str| header.has(name)
    };
    let (structs, unions, aliases) = (has(header), has(header), has(header));
    let (functions, constants, texts) = (has(header), has(header), items.texts.clone());
    let entry_points = items.entry_points();
    tests.skip_struct(move |item| !structs(c_name(item.ident())));
    tests.skip_union(move |item| !unions(c_name(item.ident())));
    tests.skip_alias(move |item| !aliases(item.ident()) || entry_points.contains(item.ident()));
    tests.skip_fn(move |item| !functions(item.ident()));
    tests.skip_const(move |item| !constants(item.ident()) || texts.contains(item.ident()));
    // What has no name in C; what is in it is reached through what it is in.
    tests.skip_struct_field(|_, field| field.ident().starts_with("__bindgen_anon_"));
    let (structs, unions) = (items.nested.clone(), items.nested.clone());
    tests.skip_struct_field_type(move |record, field| {
        // bindgen writes the first field of a GUID as `u32`, for C another type than `unsigned long`.
        structs.contains(field.ident()) || (record.ident() == "GUID" && field.ident() == "Data1")
    });
    tests.skip_union_field_type(move |_, field| unions.contains(field.ident()));
    tests.rename_struct_ty(|name| Some(c_name(name).to_owned()));
    tests.rename_union_ty(|name| Some(c_name(name).to_owned()));
    tests.rename_struct_field(|_, field| (field.ident() == "type_").then(|| "type".to_owned()));
    // gcc has an enumeration without negative values unsigned, Microsoft's compiler has each signed.
    let enumerations = items.enumerations.clone();
    tests.skip_signededness(move |name| enumerations.contains(name));
    // ctest knows of the padding in a record, and not in another name for it.
    let renamed = items.renamed.clone();
    tests.skip_roundtrip(move |name| renamed.contains(name));
    tests.generate_files(bindings, "c_header").unwrap_or_else(|error| panic!("{error}"));
}

fn c_name(name: &str) -> &str {
    C_NAMES.iter().find(|(rust, _)| *rust == name).map_or(name, |(_, c)| c)
}

/// All words of the header and of what it includes: a name that is not among them is declared nowhere.
struct Header(BTreeSet<String>);

impl Header {
    fn read(out: &Path) -> Header {
        let file = out.join("c_words.c");
        fs::write(&file, HEADERS).expect("OUT_DIR is ours");
        let words = |arguments: &[&str]| {
            let output = compiler().args(arguments).arg(&file).output().expect("there is a C compiler");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            text.split(|next: char| next != '_' && !next.is_ascii_alphanumeric())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        Header(words(&["-E", "-P"]).into_iter().chain(words(&["-E", "-dM"])).collect())
    }

    fn declares(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Returns `true` if it has the item as it should be.
    fn has(&self, name: &str) -> bool {
        self.declares(name) && !STALE.iter().any(|(stale, _)| *stale == name)
    }
}

fn compiler() -> Command {
    cc::Build::new().cargo_metadata(false).get_compiler().to_command()
}

/// Compiles the header with a claim about it; an error is what the compiler says.
fn compile(out: &Path, claim: &str) -> Result<(), String> {
    let file = out.join("c_claim.c");
    fs::write(&file, format!("{HEADERS}#include <stddef.h>\n{claim}")).expect("OUT_DIR is ours");
    let check = compiler().args(["-std=gnu11", "-fsyntax-only"]).arg(&file).output();
    let check = check.expect("there is a C compiler");
    if check.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&check.stderr).into_owned()) }
}

/// The items of the bindings that C is asked about here.
#[derive(Default)]
struct Items {
    records: BTreeMap<String, Vec<(String, Type)>>,
    /// Fields whose type has no name in C.
    nested: BTreeSet<String>,
    /// Other names for records.
    renamed: BTreeSet<String>,
    /// Functions, types of functions, and other names for types, as C declares them.
    declarations: BTreeMap<String, String>,
    integers: BTreeMap<String, String>,
    texts: BTreeSet<String>,
    enumerations: BTreeSet<String>,
}

impl Items {
    fn of(file: &syn::File) -> Items {
        let mut items = Items::default();
        for item in &file.items {
            match item {
                Item::Struct(item) => {
                    items.add_record(&item.ident.to_string(), item.fields.iter());
                }
                Item::Union(item) => items.add_record(&item.ident.to_string(), item.fields.named.iter()),
                Item::Type(item) => items.add_alias(&item.ident.to_string(), &item.ty),
                Item::Const(item) if matches!(*item.ty, Type::Reference(_)) => {
                    items.texts.insert(item.ident.to_string());
                }
                Item::Const(item) => {
                    let ty = item.ty.to_token_stream().to_string();
                    if ty != "u32" {
                        items.enumerations.insert(ty);
                    }
                    items.integers.insert(item.ident.to_string(), item.expr.to_token_stream().to_string());
                }
                Item::ForeignMod(block) => {
                    for item in &block.items {
                        let ForeignItem::Fn(function) = item else { continue };
                        let parameter = |argument: &FnArg| match argument {
                            FnArg::Typed(argument) => c_type(&argument.ty),
                            FnArg::Receiver(_) => unreachable!("C has none"),
                        };
                        let name = function.sig.ident.to_string();
                        let parameters = function.sig.inputs.iter().map(parameter).collect();
                        let declaration =
                            c_function(&format!("WINAPI {name}"), parameters, &function.sig.output);
                        items.declarations.insert(name, declaration);
                    }
                }
                _ => {}
            }
        }
        items
    }

    fn add_record<'a>(&mut self, name: &str, fields: impl Iterator<Item = &'a syn::Field>) {
        let field = |field: &syn::Field| Some((field.ident.as_ref()?.to_string(), field.ty.clone()));
        let fields: Vec<_> = fields.filter_map(field).collect();
        let is_nested = |ty: &Type| ty.to_token_stream().to_string().contains("__bindgen_ty_");
        self.nested.extend(fields.iter().filter(|(_, ty)| is_nested(ty)).map(|(name, _)| name.clone()));
        self.records.insert(name.to_owned(), fields);
    }

    fn add_alias(&mut self, name: &str, ty: &Type) {
        let declaration = match (callback(ty), ty) {
            (Some(function), _) => {
                let parameter = |argument: &BareFnArg| c_type(&argument.ty);
                let parameters = function.inputs.iter().map(parameter).collect();
                if name.starts_with("Mpr") {
                    // The type of an entry point, which is a function in C.
                    c_function(&format!("WINAPI {name}"), parameters, &function.output)
                } else {
                    // Declared twice: an error where the two types are not compatible.
                    let again = c_function(&format!("(WINAPI *claim_{name})"), parameters, &function.output);
                    format!("extern {name} claim_{name};\nextern {again}")
                }
            }
            (None, Type::Ptr(_)) => {
                format!("extern {name} claim_{name};\nextern {} claim_{name};\n", c_type(ty))
            }
            // An integer or a record, which `ctest` compares.
            (None, _) => {
                let target = ty.to_token_stream().to_string();
                if self.records.contains_key(&target) {
                    self.renamed.insert(name.to_owned());
                }
                return;
            }
        };
        self.declarations.insert(name.to_owned(), declaration);
    }

    fn signatures(&self) -> impl Iterator<Item = &str> {
        self.declarations.keys().map(String::as_str)
    }

    fn entry_points(&self) -> BTreeSet<String> {
        self.signatures().filter(|name| name.starts_with("Mpr")).map(str::to_owned).collect()
    }

    /// C that compiles if the header has the item as the bindings have it.
    fn claim(&self, name: &str) -> String {
        if let Some(declaration) = self.declarations.get(name) {
            return declaration.clone();
        }
        if let Some(value) = self.integers.get(name) {
            return format!("_Static_assert(({name}) == {value}, \"{name}\");\n");
        }
        // The name may be one of several revisions of a record.
        let fields = self.records.get(name).or_else(|| {
            let newest = self.records.keys().filter(|record| {
                record.strip_prefix(name).is_some_and(|revision| revision.parse::<u8>().is_ok())
            });
            self.records.get(newest.max()?)
        });
        let fields = fields.unwrap_or_else(|| panic!("the bindings have no {name}"));
        let mut claim = format!("struct ours_{name} {{\n");
        let mut offsets =
            format!("_Static_assert(sizeof(struct ours_{name}) == sizeof({name}), \"{name}\");\n");
        for (field, ty) in fields {
            let _ = writeln!(claim, "    {} {field};", c_type(ty));
            let _ = writeln!(
                offsets,
                "_Static_assert(offsetof(struct ours_{name}, {field}) == offsetof({name}, {field}), \"{field}\");"
            );
        }
        claim + "};\n" + &offsets
    }
}

fn c_function(declarator: &str, mut parameters: Vec<String>, result: &ReturnType) -> String {
    if parameters.is_empty() {
        parameters.push("void".to_owned());
    }
    let result = match result {
        ReturnType::Default => "void".to_owned(),
        ReturnType::Type(_, ty) => c_type(ty),
    };
    format!("{result} {declarator}({});\n", parameters.join(", "))
}

/// A type without arrays and functions, in C.
fn c_type(ty: &Type) -> String {
    match ty {
        Type::Ptr(pointer) if pointer.const_token.is_some() => format!("{} const *", c_type(&pointer.elem)),
        Type::Ptr(pointer) => format!("{} *", c_type(&pointer.elem)),
        Type::Path(path) => {
            let name = path.path.segments.last().expect("a path has a name").ident.to_string();
            if name == "c_void" { "void".to_owned() } else { c_name(&name).to_owned() }
        }
        _ => panic!("not needed so far: {}", ty.to_token_stream()),
    }
}

fn callback(ty: &Type) -> Option<&syn::TypeBareFn> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(Type::BareFn(function)) => Some(function),
        _ => None,
    }
}
