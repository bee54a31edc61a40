//! Finds for each item of one crate the item of the other, and writes the comparisons.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use syn::{GenericArgument, PathArguments, Type};
use xshell::{Shell, cmd};

use super::module::{Module, Value};
use super::rules::{OTHER_HEADERS, OTHER_LIBRARIES, OURS_ALONE, RESPELLED, Rule};

/// The module that is compared as a whole.
const RRAS: &str = "Win32::NetworkManagement::Rras";

/// Where else windows-sys has what mprapi-sys has besides.
const OTHER_MODULES: [&str; 4] = [
    "Win32::Foundation",
    "Win32::NetworkManagement::IpHelper",
    "Win32::NetworkManagement::NetManagement",
    "Win32::System::Rpc",
];

/// Pairs of items, by our name. What comes second is a path in windows-sys.
#[derive(Default)]
pub(super) struct Pairs {
    records: BTreeMap<String, (String, Vec<(String, String)>)>,
    functions: BTreeMap<String, (String, usize)>,
    callbacks: BTreeMap<String, (String, usize)>,
    types: BTreeMap<String, String>,
    constants: BTreeMap<String, (String, Value)>,
}

impl Pairs {
    pub(super) fn find(sh: &Shell, root: &Path) -> Result<Pairs> {
        let mut sources = Sources {
            ours: Module::read(&[
                &root.join("mprapi-sys/src/bindings.rs"),
                &root.join("mprapi-sys/src/winerror.rs"),
            ])?,
            windows_sys: windows_sys(sh)?,
            theirs: BTreeMap::new(),
        };
        for module in OTHER_MODULES.iter().chain([&RRAS]) {
            sources.load(module)?;
        }
        let mut pairs = Pairs::default();
        let mut left_out = LeftOut::default();
        pairs.find_functions(&sources, &mut left_out)?;
        pairs.find_constants(&sources, &mut left_out)?;
        pairs.find_types(&mut sources, &mut left_out)?;
        pairs.find_ours(&sources, &mut left_out)?;
        left_out.finish()?;
        Ok(pairs)
    }

    fn find_functions(&mut self, sources: &Sources, left_out: &mut LeftOut) -> Result<()> {
        for (name, theirs) in &sources.theirs[RRAS].functions {
            let dll = theirs.dll.as_deref().unwrap_or_default();
            if dll == "mprapi.dll" {
                let ours = sources.ours.functions.get(name).with_context(|| format!("{name} is not ours"))?;
                ensure!(ours.parameters == theirs.parameters, "the number of parameters of {name}");
                self.functions.insert(name.clone(), (format!("{RRAS}::{name}"), ours.parameters));
            } else {
                let rule = OTHER_LIBRARIES.iter().find(|(library, _)| *library == dll);
                let (_, reason) = rule.with_context(|| format!("{name} is of {dll}"))?;
                left_out.note(reason);
            }
        }
        Ok(())
    }

    fn find_constants(&mut self, sources: &Sources, left_out: &mut LeftOut) -> Result<()> {
        for (name, theirs) in &sources.theirs[RRAS].constants {
            let value = if let Value::Integer(value) = theirs { *value } else { None };
            let ours = sources.ours.constants.contains_key(name);
            left_out.judge(&OTHER_HEADERS, name, value, ours)?;
        }
        for (name, ours) in &sources.ours.constants {
            let has = |module: &&str| sources.theirs[*module].constants.contains_key(name);
            let module = [RRAS].into_iter().chain(OTHER_MODULES).find(|module| has(module));
            left_out.judge(&OURS_ALONE, name, None, module.is_some())?;
            let Some(module) = module else { continue };
            let theirs = sources.theirs[module].constants[name];
            let alike = std::mem::discriminant(ours) == std::mem::discriminant(&theirs);
            ensure!(alike, "{name}: {ours:?} and {theirs:?}");
            self.constants.insert(name.clone(), (format!("{module}::{name}"), theirs));
        }
        Ok(())
    }

    fn find_types(&mut self, sources: &mut Sources, left_out: &mut LeftOut) -> Result<()> {
        let rras = &sources.theirs[RRAS];
        let records: Vec<String> = rras.records.keys().cloned().collect();
        let aliases: Vec<(String, Type)> =
            rras.aliases.iter().map(|(name, ty)| (name.clone(), ty.clone())).collect();
        for name in records {
            // A nested one is named after what it is in, and is reached from there.
            if nested_in(&name).is_some_and(|outer| sources.theirs[RRAS].records.contains_key(outer)) {
                continue;
            }
            let ours = sources.ours.record(&name);
            left_out.judge(&OTHER_HEADERS, &name, None, ours.is_some())?;
            if let Some(ours) = ours {
                self.add_record(sources, ours, RRAS.to_owned(), name)?;
            }
        }
        for (name, theirs) in aliases {
            let ours = sources.ours.aliases.get(&name);
            left_out.judge(&OTHER_HEADERS, &name, None, ours.is_some())?;
            let Some(ours) = ours else { continue };
            let path = format!("{RRAS}::{name}");
            match (callback_parameters(ours), callback_parameters(&theirs)) {
                (Some(ours), Some(theirs)) => {
                    ensure!(ours == theirs, "the number of parameters of {name}");
                    self.callbacks.insert(name, (path, ours));
                }
                (None, None) => drop(self.types.insert(name, path)),
                _ => bail!("{name} is a type of functions on one side only"),
            }
        }
        Ok(())
    }

    /// Checks that each item of ours was compared, is spelled out in windows-sys, or has a reason.
    fn find_ours(&mut self, sources: &Sources, left_out: &mut LeftOut) -> Result<()> {
        for name in sources.ours.functions.keys() {
            left_out.judge(&OURS_ALONE, name, None, self.functions.contains_key(name))?;
        }
        for name in sources.ours.records.keys() {
            let inner = name.contains("__bindgen_ty_") && !self.records.contains_key(name);
            ensure!(!inner, "{name} was not reached");
            left_out.judge(&OURS_ALONE, name, None, self.records.contains_key(name))?;
        }
        for (name, ty) in &sources.ours.aliases {
            if self.types.contains_key(name) || self.callbacks.contains_key(name) {
                continue;
            }
            let Some(parameters) = callback_parameters(ty) else {
                left_out.note("ours alone: names of integers, pointers, handles and newest revisions, spelled out there");
                continue;
            };
            // The entry point of an administration DLL has the type of the callback of the same name.
            let respelled = RESPELLED.iter().find(|(ours, _)| ours == name);
            let callback = respelled
                .map_or_else(|| format!("P{}", name.to_uppercase()), |(_, theirs)| (*theirs).to_owned());
            let theirs = self.callbacks.get(&callback).cloned();
            left_out.judge(&OURS_ALONE, name, None, theirs.is_some())?;
            if let Some((path, count)) = theirs {
                ensure!(count == parameters, "the number of parameters of {name}");
                self.callbacks.insert(name.clone(), (path, count));
            }
        }
        Ok(())
    }

    /// Adds two records and all that their fields lead to.
    fn add_record(
        &mut self,
        sources: &mut Sources,
        ours: String,
        module: String,
        theirs: String,
    ) -> Result<()> {
        let path = format!("{module}::{theirs}");
        if let Some((paired, _)) = self.records.get(&ours) {
            ensure!(*paired == path, "{ours} would be both {paired} and {path}");
            return Ok(());
        }
        let our_fields = sources.ours.records[&ours].clone();
        let mut their_fields = sources.theirs[&module].records[&theirs].clone();
        ensure!(our_fields.len() == their_fields.len(), "the number of fields of {ours}");
        let mut fields = Vec::new();
        let mut inner = Vec::new();
        for (index, (our_name, our_type)) in our_fields.into_iter().enumerate() {
            // In order, so that two fields of one type are not confused; a union's may stand in another.
            let found =
                their_fields.iter().skip(index).position(|(name, _)| normal(name) == normal(&our_name));
            let found = found.with_context(|| format!("{path} has no {our_name}"))? + index;
            their_fields.swap(index, found);
            let (their_name, their_type) = their_fields[index].clone();
            fields.push((our_name, their_name));
            inner.push((our_type, their_type));
        }
        self.records.insert(ours.clone(), (path.clone(), fields));
        for (our_type, their_type) in inner {
            match (sources.our_record(&our_type), sources.their_record(&module, &their_type)?) {
                (Some(ours), Some((module, theirs))) => self.add_record(sources, ours, module, theirs)?,
                (None, None) => {}
                (ours, theirs) => bail!("in {path}: {ours:?} and {theirs:?}"),
            }
        }
        Ok(())
    }

    pub(super) fn counts(&self) -> String {
        let fields: usize = self.records.values().map(|(_, fields)| fields.len()).sum();
        let parameters =
            |of: &BTreeMap<String, (String, usize)>| of.values().map(|(_, count)| count).sum::<usize>();
        format!(
            "compared: {} structs and unions with {fields} fields, {} constants, {} functions with {} parameters, \
             {} types of functions with {} parameters, {} types of enumerations",
            self.records.len(),
            self.constants.len(),
            self.functions.len(),
            parameters(&self.functions),
            self.callbacks.len(),
            parameters(&self.callbacks),
            self.types.len()
        )
    }

    pub(super) fn write(&self) -> String {
        let mut text = "// Written by `cargo xtask conformance`. Do not edit.\n\nuse super::*;\n".to_owned();
        let mut records = String::new();
        for (ours, (theirs, fields)) in &self.records {
            let _ = writeln!(records, "    {ours} = windows_sys::{theirs} {{");
            for (ours, theirs) in fields {
                let _ = writeln!(records, "        {ours} = {theirs}");
            }
            records.push_str("    }\n");
        }
        block(&mut text, "records", [records]);
        let function = |(ours, (theirs, parameters)): (&String, &(String, usize))| {
            let parameters = vec!["_"; *parameters].join(" ");
            format!("    {ours} = windows_sys::{theirs}, ({parameters});\n")
        };
        block(&mut text, "functions", self.functions.iter().map(function));
        block(&mut text, "callbacks", self.callbacks.iter().map(function));
        let item = |ours: &String, theirs: &String| format!("    {ours} = windows_sys::{theirs};\n");
        block(&mut text, "types", self.types.iter().map(|(ours, theirs)| item(ours, theirs)));
        let constants = |kind: fn(&Value) -> bool| {
            self.constants.iter().filter(move |(_, (_, value))| kind(value)).map(|(ours, (theirs, value))| {
                match value {
                    Value::Address(value) => format!("    {ours} = windows_sys::{theirs}, {value};\n"),
                    _ => item(ours, theirs),
                }
            })
        };
        block(&mut text, "integers", constants(|value| matches!(value, Value::Integer(_))));
        block(&mut text, "texts", constants(|value| matches!(value, Value::Text)));
        block(&mut text, "addresses", constants(|value| matches!(value, Value::Address(_))));
        text
    }
}

fn block(text: &mut String, name: &str, lines: impl IntoIterator<Item = String>) {
    let _ = writeln!(text, "\n{name}! {{");
    text.extend(lines);
    text.push_str("}\n");
}

/// The items that the rules left out, by reason.
#[derive(Default)]
struct LeftOut(BTreeMap<&'static str, usize>);

impl LeftOut {
    fn note(&mut self, reason: &'static str) {
        *self.0.entry(reason).or_default() += 1;
    }

    /// An item that has its pair must match no rule; one that has none must match one.
    fn judge(&mut self, rules: &'static [Rule], name: &str, value: Option<u32>, paired: bool) -> Result<()> {
        match rules.iter().find(|rule| (rule.matches)(name, value)) {
            Some(rule) => {
                ensure!(!paired, "the rule \"{}\" would leave out {name}, which both have", rule.reason);
                self.note(rule.reason);
            }
            None => ensure!(paired, "{name}: only one side has it, and no rule says why"),
        }
        Ok(())
    }

    /// Prints the counts, and fails for a rule that leaves nothing out.
    fn finish(self) -> Result<()> {
        for (reason, count) in &self.0 {
            println!("left out: {count:4}  {reason}");
        }
        let rules = OTHER_HEADERS.iter().chain(&OURS_ALONE).map(|rule| rule.reason);
        let used: BTreeSet<_> = self.0.keys().copied().collect();
        for reason in rules.chain(OTHER_LIBRARIES.map(|(_, reason)| reason)) {
            ensure!(used.contains(reason), "the rule \"{reason}\" leaves nothing out");
        }
        Ok(())
    }
}

struct Sources {
    ours: Module,
    windows_sys: PathBuf,
    /// By path, as far as they were needed.
    theirs: BTreeMap<String, Module>,
}

impl Sources {
    fn load(&mut self, module: &str) -> Result<()> {
        if !self.theirs.contains_key(module) {
            let folder = if module == "core" { "src".to_owned() } else { "src/Windows".to_owned() };
            let path = self.windows_sys.join(folder).join(module.replace("::", "/")).join("mod.rs");
            self.theirs.insert(module.to_owned(), Module::read(&[&path])?);
        }
        Ok(())
    }

    /// The record that a type is, points to, or is an array of.
    fn our_record(&self, ty: &Type) -> Option<String> {
        match inner(ty) {
            Type::Path(path) => {
                let name = path.path.segments.last()?.ident.to_string();
                if path.path.segments.len() > 1 {
                    None
                } else {
                    self.ours.record(&name).or_else(|| self.our_record(self.ours.aliases.get(&name)?))
                }
            }
            _ => None,
        }
    }

    /// As [`Sources::our_record`], for a type named in `module`: in which module, and its name.
    fn their_record(&mut self, module: &str, ty: &Type) -> Result<Option<(String, String)>> {
        let Type::Path(path) = inner(ty) else { return Ok(None) };
        let mut segments: Vec<String> =
            path.path.segments.iter().map(|part| part.ident.to_string()).collect();
        let Some(name) = segments.pop() else { return Ok(None) };
        let mut place: Vec<&str> = module.split("::").collect();
        for (index, segment) in segments.iter().enumerate() {
            match (segment.as_str(), index) {
                ("super", _) => drop(place.pop()),
                ("windows_sys", 0) => place.clear(),
                // `core::ffi::c_void`
                ("core", 0) => return Ok(None),
                _ => place.push(segment),
            }
        }
        let place = place.join("::");
        self.load(&place)?;
        let declared = &self.theirs[&place];
        if declared.records.contains_key(&name) {
            return Ok(Some((place, name)));
        }
        match declared.aliases.get(&name).cloned() {
            Some(alias) => self.their_record(&place, &alias),
            None => Ok(None),
        }
    }
}

impl Module {
    /// The record of this name, or that this name is an alias of.
    fn record(&self, name: &str) -> Option<String> {
        if self.records.contains_key(name) {
            return Some(name.to_owned());
        }
        match self.aliases.get(name)? {
            Type::Path(path) => self.record(&path.path.get_ident()?.to_string()),
            _ => None,
        }
    }
}

/// `X_0` and `X_0_0` are nested in `X`, if there is an `X`.
fn nested_in(name: &str) -> Option<&str> {
    let mut outer = name;
    while let Some(shorter) = outer.strip_suffix("_0") {
        outer = shorter;
    }
    (outer != name).then_some(outer)
}

/// A field's name without what either crate does to it: bindgen numbers what has no name and puts an
/// underscore after a keyword, windows-sys writes `Anonymous` and `r#`.
fn normal(name: &str) -> String {
    if let Some(number) = name.strip_prefix("__bindgen_anon_") {
        let number: usize = number.parse().unwrap_or_default();
        return if number == 1 { "anonymous".to_owned() } else { format!("anonymous{number}") };
    }
    name.trim_start_matches("r#").trim_end_matches('_').to_lowercase()
}

/// Returns the type behind pointers and in arrays.
fn inner(ty: &Type) -> &Type {
    match ty {
        Type::Ptr(pointer) => inner(&pointer.elem),
        Type::Array(array) => inner(&array.elem),
        _ => ty,
    }
}

/// The number of parameters, for `Option<unsafe extern "system" fn(…)>`.
fn callback_parameters(ty: &Type) -> Option<usize> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(Type::FnPtr(function)) => Some(function.inputs.len()),
        _ => None,
    }
}

/// Where cargo has windows-sys.
fn windows_sys(sh: &Shell) -> Result<PathBuf> {
    let cargo = crate::sh::cargo();
    let metadata = cmd!(sh, "{cargo} metadata --locked --format-version 1").quiet().read()?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let tests = packages.iter().find(|package| package["name"] == "tests").context("no package tests")?;
    let wanted = tests["dependencies"]
        .as_array()
        .and_then(|all| all.iter().find(|dependency| dependency["name"] == "windows-sys"))
        .and_then(|dependency| dependency["req"].as_str())
        .context("the package tests does not depend on windows-sys")?;
    let version = wanted.trim_start_matches('=');
    let found = packages
        .iter()
        .find(|package| package["name"] == "windows-sys" && package["version"] == version)
        .and_then(|package| package["manifest_path"].as_str())
        .with_context(|| format!("cargo has no windows-sys {version}"))?;
    Ok(Path::new(found).parent().context("a manifest is in a folder")?.to_owned())
}
