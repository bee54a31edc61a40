//! The modules of a crate, read from its files: what each defines, imports and names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::graph::Graph;

/// The modules of a crate. The first is its root.
pub(crate) struct Crate {
    folder: PathBuf,
    modules: Vec<Module>,
}

#[derive(Default)]
struct Module {
    file: PathBuf,
    parent: usize,
    children: BTreeMap<String, usize>,
    imports: Vec<Import>,
    /// The paths that its code names, and single names, which may be imported ones.
    paths: BTreeSet<Vec<String>>,
}

struct Import {
    path: Vec<String>,
    /// The name it has here; `*` for everything.
    name: String,
    is_handed_on: bool,
}

/// Where a path leads.
enum Place<'p> {
    Module(usize),
    /// An item that this module defines.
    Item(usize, &'p str),
}

/// Reads the crate whose root file this is.
pub(crate) fn read(root: &Path) -> Crate {
    let folder = root.parent().expect("a file is in a folder").to_owned();
    let mut read = Crate { folder: folder.clone(), modules: Vec::new() };
    read.modules.push(Module { file: root.to_owned(), ..Module::default() });
    read.file(0, &folder);
    read
}

impl Crate {
    /// Reads the file of a module whose children lie in `folder`.
    fn file(&mut self, module: usize, folder: &Path) {
        let path = self.modules[module].file.clone();
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let tokens = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.items(module, tokens, folder);
    }

    fn items(&mut self, module: usize, tokens: TokenStream, folder: &Path) {
        let mut tokens = tokens.into_iter().peekable();
        // The attributes before an item, and whether a `pub` stands before it.
        let (mut attributes, mut is_public) = (Attributes::default(), false);
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => {
                    // An inner attribute has a `!` in between.
                    if matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '!') {
                        tokens.next();
                    }
                    if let Some(TokenTree::Group(group)) = tokens.next() {
                        attributes.add(&group);
                    }
                    continue;
                }
                TokenTree::Ident(word) if word == "pub" => {
                    is_public = true;
                    if matches!(tokens.peek(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
                    {
                        tokens.next();
                    }
                    continue;
                }
                _ => {}
            }
            // The rest of the item: up to a `;` or a body in braces.
            let mut item = vec![token];
            while !ends(&item) {
                match tokens.next() {
                    Some(token) => item.push(token),
                    None => break,
                }
            }
            if !attributes.is_test {
                self.item(module, &item, folder, &attributes, is_public);
            }
            (attributes, is_public) = (Attributes::default(), false);
        }
    }

    fn item(
        &mut self,
        module: usize,
        item: &[TokenTree],
        folder: &Path,
        attributes: &Attributes,
        is_public: bool,
    ) {
        match item {
            [TokenTree::Ident(word), TokenTree::Ident(name), rest] if word == "mod" => {
                let name = name.to_string();
                for (file, inside) in files(&self.modules[module].file, folder, &name, &attributes.paths) {
                    let child = self.modules.len();
                    self.modules[module].children.insert(name.clone(), child);
                    self.modules.push(Module { file, parent: module, ..Module::default() });
                    if let TokenTree::Group(body) = rest {
                        self.modules[child].file = self.modules[module].file.clone();
                        self.items(child, body.stream(), &inside);
                    } else {
                        self.file(child, &inside);
                    }
                }
            }
            [TokenTree::Ident(word), tree @ ..] if word == "use" => {
                self.import(module, &mut Vec::new(), tree, is_public);
            }
            _ => names(item, &mut self.modules[module].paths),
        }
    }

    /// Takes in what a `use` says after the word.
    fn import(&mut self, module: usize, before: &mut Vec<String>, tree: &[TokenTree], is_handed_on: bool) {
        let depth = before.len();
        let mut tokens = tree.iter();
        let mut alias = None;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(word) if word == "as" => {
                    alias = tokens.next().map(ToString::to_string);
                }
                TokenTree::Ident(word) => before.push(word.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == '*' => before.push("*".to_owned()),
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    let comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
                    for tree in inside.split(comma).filter(|tree| !tree.is_empty()) {
                        self.import(module, before, tree, is_handed_on);
                    }
                    before.truncate(depth);
                    return;
                }
                _ => {}
            }
        }
        let mut path = before.clone();
        before.truncate(depth);
        // `{self}` is the module itself.
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let Some(last) = path.last() else { return };
        let name = alias.unwrap_or_else(|| last.clone());
        self.modules[module].imports.push(Import { path, name, is_handed_on });
    }

    /// Finds where a path leads that `module` has, if it leads to something of this crate.
    fn resolve<'p>(&'p self, module: usize, path: &'p [String], depth: usize) -> Option<Place<'p>> {
        let (first, mut rest) = path.split_first()?;
        let mut place = match first.as_str() {
            "crate" => 0,
            "self" => module,
            "super" => self.modules[module].parent,
            name => match self.look_up(module, name, depth, false)? {
                Place::Module(module) => module,
                item => return Some(item),
            },
        };
        while let Some((name, after)) = rest.split_first() {
            rest = after;
            if name == "super" {
                place = self.modules[place].parent;
                continue;
            }
            if name == "*" {
                return Some(Place::Item(place, "everything"));
            }
            match self.look_up(place, name, depth, true)? {
                Place::Module(module) => place = module,
                item => return Some(item),
            }
        }
        Some(Place::Module(place))
    }

    /// Finds what a module calls by this name. If it is `certain` that the module has it, it defines what it does not import.
    fn look_up<'p>(&'p self, module: usize, name: &'p str, depth: usize, certain: bool) -> Option<Place<'p>> {
        // Globs may lead in a circle.
        if depth > 20 {
            return None;
        }
        let this = &self.modules[module];
        if let Some(child) = this.children.get(name) {
            return Some(Place::Module(*child));
        }
        if let Some(import) = this.imports.iter().find(|import| import.name == name) {
            return self.resolve_import(module, import, depth);
        }
        for import in this.imports.iter().filter(|import| import.name == "*" && import.is_handed_on) {
            let of = &import.path[..import.path.len() - 1];
            if let Some(Place::Module(of)) = self.resolve(module, of, depth + 1)
                && self.defines(of, name)
            {
                return Some(Place::Item(of, name));
            }
        }
        certain.then_some(Place::Item(module, name))
    }

    fn resolve_import<'p>(&'p self, module: usize, import: &'p Import, depth: usize) -> Option<Place<'p>> {
        // `use serde::Serialize` beside a module of that name is not told apart; no crate here has one.
        if import.path[0] == import.name && !self.modules[module].children.contains_key(&import.name) {
            return None;
        }
        self.resolve(module, &import.path, depth + 1)
    }

    /// Returns `true` if the file of the module defines an item of this name.
    fn defines(&self, module: usize, name: &str) -> bool {
        self.modules[module].paths.contains(&vec![format!("+{name}")])
    }

    /// Draws an arrow for each thing that a file takes from another.
    pub(crate) fn arrows(&self) -> Graph {
        let mut graph = Graph::default();
        for (at, module) in self.modules.iter().enumerate() {
            let from = self.name(at);
            graph.add_file(&from);
            let mut draw = |path: &[String]| {
                // A module that is only named gives nothing; what is taken from it is a path of its own.
                if let Some(Place::Item(of, name)) = self.resolve(at, path, 0) {
                    let to = self.name(of);
                    if to != from {
                        graph.add(&from, &to, name);
                    }
                }
            };
            for import in &module.imports {
                // What is only handed on is not taken.
                if !import.is_handed_on || module.paths.contains(&vec![import.name.clone()]) {
                    draw(&import.path);
                }
            }
            module.paths.iter().filter(|path| path.len() > 1).for_each(|path| draw(path));
        }
        graph
    }

    fn name(&self, module: usize) -> String {
        let file = &self.modules[module].file;
        let file = file.strip_prefix(&self.folder).unwrap_or(file);
        file.to_string_lossy().replace('\\', "/")
    }
}

#[derive(Default)]
struct Attributes {
    is_test: bool,
    paths: Vec<String>,
}

impl Attributes {
    fn add(&mut self, group: &Group) {
        let text = group.stream().to_string().replace(' ', "");
        self.is_test |= ["test", "cfg(test)", "cfg(doctest)", "cfg(doc)"].contains(&text.as_str());
        // Behind `cfg_attr` there may be one for each system; all are read.
        if let Some((_, path)) = text.split_once("path=\"") {
            self.paths.extend(path.split('"').next().map(str::to_owned));
        }
    }
}

/// Finds the files of a child module that `parent` declares, and for each the folder of its own children.
fn files(parent: &Path, folder: &Path, name: &str, paths: &[String]) -> Vec<(PathBuf, PathBuf)> {
    if !paths.is_empty() {
        let beside = parent.parent().unwrap_or(folder);
        let inside = |file: &PathBuf| file.parent().unwrap_or(beside).to_owned();
        return paths
            .iter()
            .map(|path| beside.join(path))
            .map(|file| (file.clone(), inside(&file)))
            .collect();
    }
    let inside = folder.join(name.trim_start_matches("r#"));
    let own = inside.join("mod.rs");
    vec![if own.exists() { (own, inside) } else { (inside.with_extension("rs"), inside) }]
}

/// Returns `true` if an item is whole: a `;`, or a body in braces that is not part of a `use`, a value or a signature.
fn ends(item: &[TokenTree]) -> bool {
    let is_word = |token: &TokenTree, words: &[&str]| matches!(token, TokenTree::Ident(word) if words.iter().any(|it| word == it));
    match item.last() {
        Some(TokenTree::Punct(punct)) => punct.as_char() == ';',
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let opens_value = is_word(&item[0], &["use", "static", "type"])
                || is_word(&item[0], &["const"])
                    && item.get(1).is_some_and(|next| !is_word(next, &["fn", "unsafe", "extern"]));
            !opens_value
        }
        _ => false,
    }
}

/// Collects the paths of some code, the single names, and (with a `+` before them) the names of the items that it defines.
fn names(tokens: &[TokenTree], into: &mut BTreeSet<Vec<String>>) {
    const DEFINING: [&str; 9] =
        ["struct", "enum", "union", "trait", "type", "const", "static", "fn", "macro_rules"];
    let defined = tokens
        .iter()
        .position(|token| matches!(token, TokenTree::Ident(word) if DEFINING.iter().any(|it| word == it)));
    if let Some(TokenTree::Ident(name)) =
        defined.and_then(|at| tokens[at + 1..].iter().find(|token| matches!(token, TokenTree::Ident(_))))
    {
        into.insert(vec![format!("+{name}")]);
    }
    paths(tokens, into);
}

fn paths(tokens: &[TokenTree], into: &mut BTreeSet<Vec<String>>) {
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(word) => {
                let mut path = vec![word.to_string()];
                while let [TokenTree::Punct(one), TokenTree::Punct(two), TokenTree::Ident(next), ..] =
                    &tokens[at + 1..]
                    && one.as_char() == ':'
                    && two.as_char() == ':'
                {
                    path.push(next.to_string());
                    at += 3;
                }
                into.insert(path);
                at += 1;
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                paths(&inside, into);
                at += 1;
            }
            _ => at += 1,
        }
    }
}
