//! One module of a crate of bindings, as its source declares it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Expr, Fields, ForeignItem, Item, Lit, Signature, Token, Type, UnOp};

/// The items of a module, by name.
#[derive(Default)]
pub(super) struct Module {
    /// Structs and unions, with their fields.
    pub(super) records: BTreeMap<String, Vec<(String, Type)>>,
    pub(super) aliases: BTreeMap<String, Type>,
    pub(super) constants: BTreeMap<String, Value>,
    pub(super) functions: BTreeMap<String, Function>,
}

pub(super) struct Function {
    /// The library, where the declaration says it.
    pub(super) dll: Option<String>,
    pub(super) parameters: usize,
}

/// The kind of value that a constant has: each is compared in its own way.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Value {
    Integer(Option<u32>),
    Text,
    /// A pointer made of this integer.
    Address(i64),
}

impl Module {
    /// Reads the module that these files are.
    pub(super) fn read(files: &[&Path]) -> Result<Module> {
        let mut module = Module::default();
        for file in files {
            let source = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            for item in syn::parse_file(&source).with_context(|| file.display().to_string())?.items {
                module.add(item)?;
            }
        }
        Ok(module)
    }

    fn add(&mut self, item: Item) -> Result<()> {
        match item {
            Item::Struct(item) => self.add_record(item.ident.to_string(), item.fields),
            Item::Union(item) => self.add_record(item.ident.to_string(), Fields::Named(item.fields)),
            Item::Type(item) => drop(self.aliases.insert(item.ident.to_string(), *item.ty)),
            Item::Const(item) => {
                let name = item.ident.to_string();
                let value = value(&item.ty, &item.expr);
                self.constants.insert(name, value);
            }
            Item::ForeignMod(block) => {
                for item in block.items {
                    if let ForeignItem::Fn(function) = item {
                        self.add_function(None, &function.sig);
                    }
                }
            }
            Item::Macro(item) if item.mac.path.segments.last().is_some_and(|last| last.ident == "link") => {
                let link: Link = syn::parse2(item.mac.tokens)?;
                self.add_function(Some(link.dll), &link.signature);
            }
            // winerror.rs
            Item::Macro(item) if item.mac.path.is_ident("codes") => {
                for name in codes.parse2(item.mac.tokens).context("codes! of winerror.rs")? {
                    self.constants.insert(name, Value::Integer(None));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A name declared twice is one item for two kinds of machine, and alike in its names.
    fn add_record(&mut self, name: String, fields: Fields) {
        let fields =
            fields.into_iter().filter_map(|field| Some((field.ident?.to_string(), field.ty))).collect();
        self.records.insert(name, fields);
    }

    fn add_function(&mut self, dll: Option<String>, signature: &Signature) {
        let function = Function { dll, parameters: signature.inputs.len() };
        self.functions.insert(signature.ident.to_string(), function);
    }
}

/// `link!("library" "convention" fn name(…) -> …)`
struct Link {
    dll: String,
    signature: Signature,
}

impl Parse for Link {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let dll = input.parse::<syn::LitStr>()?.value();
        input.parse::<syn::LitStr>()?;
        input.parse::<Option<syn::LitStr>>()?;
        let signature = input.parse()?;
        input.parse::<Option<Token![;]>>()?;
        Ok(Link { dll, signature })
    }
}

/// The names in `codes! { /// … NAME = value; … }`.
fn codes(input: ParseStream<'_>) -> syn::Result<Vec<String>> {
    let mut names = Vec::new();
    while !input.is_empty() {
        input.call(syn::Attribute::parse_outer)?;
        names.push(input.parse::<syn::Ident>()?.to_string());
        input.parse::<Token![=]>()?;
        input.parse::<Lit>()?;
        input.parse::<Token![;]>()?;
    }
    Ok(names)
}

fn value(ty: &Type, expr: &Expr) -> Value {
    match (ty, expr) {
        (Type::Reference(_), _) | (_, Expr::Macro(_)) => Value::Text,
        // `core::ptr::without_provenance_mut(usize::MAX)`
        (_, Expr::Call(_)) => Value::Address(-1),
        // `-1i32 as _`
        (_, Expr::Cast(cast)) => integer(&cast.expr).map_or(Value::Integer(None), Value::Address),
        _ => Value::Integer(integer(expr).and_then(|value| u32::try_from(value).ok())),
    }
}

fn integer(expr: &Expr) -> Option<i64> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(integer) => integer.base10_parse().ok(),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => Some(-integer(&unary.expr)?),
        _ => None,
    }
}
