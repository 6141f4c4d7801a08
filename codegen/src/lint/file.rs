//! A spec file as rules see it: its prose, its examples, and the integration around it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::consistency::folded;
use crate::catalog::names;
use crate::diagnostics::Span;
use crate::load::{IntegrationSources, Loaded};
use crate::spec::{ActionSpec, IntegrationSpec, Source, SourceDocument, TriggerSpec};
use crate::yaml::{Node, NodeKind, Tree, parse};

/// An integration with what its files share.
pub(super) struct Home<'a> {
    pub(super) spec: &'a IntegrationSpec,
    /// Domains of the vendor: whatever the integration or its pages name as an address of it.
    pub(super) domains: BTreeSet<String>,
    loaded: &'a Loaded<IntegrationSpec>,
    sources: &'a IntegrationSources,
    response_keys: OnceLock<BTreeMap<String, BTreeSet<String>>>,
}

/// One file.
pub(super) struct SpecFile<'a> {
    pub(super) home: &'a Home<'a>,
    pub(super) kind: Kind<'a>,
    pub(super) tree: &'a Tree,
    /// What people read.
    pub(super) prose: Vec<Prose>,
    /// What is shown as an example.
    pub(super) examples: Vec<Example<'a>>,
}

/// What the file describes.
pub(super) enum Kind<'a> {
    Integration,
    Action(&'a ActionSpec),
    Trigger(&'a TriggerSpec),
}

/// A text for people.
pub(super) struct Prose {
    pub(super) pointer: String,
    pub(super) role: Role,
    pub(super) text: String,
    pub(super) span: Span,
}

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Description,
    /// Of an allowed value, an error, a scope.
    Meaning,
    /// Why something is waived.
    Reason,
    Remedy,
    Note,
    Step,
    /// In the vendor's words.
    Name,
}

/// An example: all its values, with their places.
pub(super) struct Example<'a> {
    /// The key that it stands at: a pointer into the spec.
    pub(super) pointer: String,
    tree: Cow<'a, Tree>,
    /// The pointer of the value within the tree.
    root: String,
}

/// A value in an example that is neither list nor mapping.
pub(super) struct Leaf<'t> {
    /// The nearest key around it.
    pub(super) key: &'t str,
    pub(super) text: &'t str,
    /// It is no text: a number, `true` or `null`.
    pub(super) bare: bool,
    pub(super) span: Span,
}

impl<'a> Home<'a> {
    pub(super) fn new(sources: &'a IntegrationSources) -> Option<Self> {
        let loaded = sources.integration.as_ref()?;
        let spec = &loaded.spec;
        let mut addresses: Vec<&str> = vec![&spec.documentation];
        addresses.extend(spec.links.iter().map(|link| link.url.as_str()));
        addresses.extend(spec.servers.values().map(|server| server.url.as_str()));
        addresses.extend(spec.servers.values().flat_map(|server| &server.variables).flat_map(
            |(_, variable)| {
                variable
                    .values
                    .keys()
                    .chain(&variable.default)
                    .chain(&variable.example)
                    .map(String::as_str)
            },
        ));
        let mut domains: BTreeSet<String> =
            addresses.into_iter().filter_map(|address| domain(host(address))).collect();
        for node in strings(&loaded.tree.root) {
            domains.extend(node.strip_prefix("https://").and_then(|_| domain(host(node))));
        }
        Some(Self { spec, domains, loaded, sources, response_keys: OnceLock::new() })
    }

    /// Its own file, its actions, its triggers.
    pub(super) fn files(&'a self) -> Vec<SpecFile<'a>> {
        let mut files = vec![SpecFile::new(self, Kind::Integration, &self.loaded.tree)];
        files.extend(
            self.sources
                .actions
                .values()
                .map(|action| SpecFile::new(self, Kind::Action(&action.spec), &action.tree)),
        );
        files.extend(
            self.sources
                .triggers
                .values()
                .map(|trigger| SpecFile::new(self, Kind::Trigger(&trigger.spec), &trigger.tree)),
        );
        files
    }

    /// The keys of all example outputs and events: the spellings of each, by what they have in common.
    pub(super) fn response_keys(&'a self) -> &'a BTreeMap<String, BTreeSet<String>> {
        self.response_keys.get_or_init(|| {
            let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            let files = self.files();
            let examples = files.iter().flat_map(|file| &file.examples);
            for example in
                examples.filter(|it| matches!(it.pointer.as_str(), "/output/example" | "/event"))
            {
                for key in example.tree.node(&example.root).into_iter().flat_map(keys_of) {
                    keys.entry(folded(key)).or_default().insert(key.to_owned());
                }
            }
            keys
        })
    }

    /// Whether a host belongs to the vendor.
    pub(super) fn owns(&self, host: &str) -> bool {
        domain(host).is_some_and(|domain| self.domains.contains(&domain))
    }
}

impl<'a> SpecFile<'a> {
    fn new(home: &'a Home<'a>, kind: Kind<'a>, tree: &'a Tree) -> Self {
        let mut file = Self { home, kind, tree, prose: Vec::new(), examples: Vec::new() };
        file.keywords(&tree.root, "");
        file
    }

    /// The documents that its facts come from, with their places.
    pub(super) fn sources(&self) -> Vec<(&'a str, Span)> {
        let source = match self.kind {
            Kind::Integration => return Vec::new(),
            Kind::Action(action) => &action.source,
            Kind::Trigger(trigger) => &trigger.source,
        };
        let at = |document: &'a SourceDocument, pointer: String| {
            (document.document.as_str(), self.tree.value(&pointer))
        };
        match source {
            Source::Name(name) => vec![(name.as_str(), self.tree.value("/source"))],
            Source::One(one) => vec![at(one, "/source/document".to_owned())],
            Source::Many(many) => many
                .iter()
                .enumerate()
                .map(|(index, one)| at(one, format!("/source/{index}/document")))
                .collect(),
        }
    }

    /// Walks a mapping whose keys are keys of the language.
    fn keywords(&mut self, node: &'a Node, pointer: &str) {
        let NodeKind::Mapping(entries) = &node.kind else { return };
        for entry in entries {
            let at = join(pointer, &entry.key);
            match entry.key.as_str() {
                "example" | "event" => self.example(&entry.value, at),
                "title" => self.text(&entry.value, at, Role::Title),
                "description" => self.text(&entry.value, at, Role::Description),
                "reason" | "none" | "unsafe" | "when" => self.text(&entry.value, at, Role::Reason),
                "remedy" => self.text(&entry.value, at, Role::Remedy),
                "text" => self.text(&entry.value, at, Role::Note),
                "name" if pointer.starts_with("/permissions/") => {
                    self.text(&entry.value, at, Role::Name);
                }
                "notes" => self.each(&entry.value, &at, Some(Role::Note)),
                "setup" => self.each(&entry.value, &at, Some(Role::Step)),
                "permissions" if matches!(entry.value.kind, NodeKind::Sequence(_)) => {
                    self.each(&entry.value, &at, Some(Role::Name));
                }
                "groups" | "workflows" => self.each(&entry.value, &at, Some(Role::Title)),
                "errors" if matches!(self.kind, Kind::Integration) => {
                    self.keywords(&entry.value, &at);
                }
                "enum" | "errors" | "cases" | "scopes" | "values" => {
                    self.each(&entry.value, &at, Some(Role::Meaning));
                }
                "parameters" | "properties" | "types" | "servers" | "authentication"
                | "variables" | "steps" | "links" => {
                    self.each(&entry.value, &at, None);
                }
                // What machines read: addresses, paths, values that are sent.
                "pagination" if matches!(self.kind, Kind::Integration) => {}
                "default" | "vendorDefault" | "names" | "constants" | "headers" | "query"
                | "rules" | "source" | "valuesFrom" | "graphql" | "claims" | "fields" => {}
                _ => self.keywords(&entry.value, &at),
            }
        }
    }

    /// Walks a list, or a mapping whose keys are names: the items are texts, or mappings of the language.
    fn each(&mut self, node: &'a Node, pointer: &str, role: Option<Role>) {
        let items: Vec<(String, &'a Node)> = match &node.kind {
            NodeKind::Mapping(entries) => {
                entries.iter().map(|entry| (join(pointer, &entry.key), &entry.value)).collect()
            }
            // The values of an `enum` without descriptions are data.
            NodeKind::Sequence(_) if role == Some(Role::Meaning) => Vec::new(),
            NodeKind::Sequence(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| (join(pointer, &index.to_string()), item))
                .collect(),
            NodeKind::Scalar { .. } => Vec::new(),
        };
        for (at, item) in items {
            match role {
                Some(role) if matches!(item.kind, NodeKind::Scalar { .. }) => {
                    self.text(item, at, role);
                }
                _ => self.keywords(item, &at),
            }
        }
    }

    fn text(&mut self, node: &Node, pointer: String, role: Role) {
        if let NodeKind::Scalar { text, .. } = &node.kind {
            let span = self.tree.file.span(node.range.clone());
            self.prose.push(Prose { pointer, role, text: text.trim().to_owned(), span });
        }
    }

    /// An example, inline or in a file; or the reason why there is none.
    fn example(&mut self, node: &'a Node, pointer: String) {
        match &node.kind {
            NodeKind::Mapping(entries) if entries.len() == 1 && entries[0].key == "none" => {
                self.keywords(node, &pointer);
            }
            NodeKind::Scalar { text, .. } if self.home.sources.examples.contains_key(text) => {
                // JSON is YAML, and so its places are found by the same reader.
                if let Ok(tree) = parse(&self.home.sources.examples[text].file) {
                    self.examples.push(Example {
                        pointer,
                        tree: Cow::Owned(tree),
                        root: String::new(),
                    });
                }
            }
            _ => self.examples.push(Example {
                root: pointer.clone(),
                pointer,
                tree: Cow::Borrowed(self.tree),
            }),
        }
    }
}

impl Example<'_> {
    /// Its values, in order.
    pub(super) fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut leaves = Vec::new();
        if let Some(node) = self.tree.node(&self.root) {
            self.collect(node, self.key(), &mut leaves);
        }
        leaves
    }

    /// The parameter or property that it is an example of.
    fn key(&self) -> &str {
        self.pointer.rsplit('/').nth(1).unwrap_or_default()
    }

    fn collect<'t>(&'t self, node: &'t Node, key: &'t str, leaves: &mut Vec<Leaf<'t>>) {
        match &node.kind {
            NodeKind::Scalar { text, plain } => {
                let bare = *plain
                    && (text.parse::<f64>().is_ok()
                        || matches!(text.as_str(), "true" | "false" | "null" | "~" | ""));
                leaves.push(Leaf {
                    key,
                    text,
                    bare,
                    span: self.tree.file.span(node.range.clone()),
                });
            }
            NodeKind::Sequence(items) => {
                items.iter().for_each(|item| self.collect(item, key, leaves));
            }
            NodeKind::Mapping(entries) => {
                entries.iter().for_each(|entry| self.collect(&entry.value, &entry.key, leaves));
            }
        }
    }
}

/// Every key of a tree.
fn keys_of(node: &Node) -> Vec<&str> {
    match &node.kind {
        NodeKind::Scalar { .. } => Vec::new(),
        NodeKind::Sequence(items) => items.iter().flat_map(keys_of).collect(),
        NodeKind::Mapping(entries) => entries
            .iter()
            .flat_map(|entry| std::iter::once(entry.key.as_str()).chain(keys_of(&entry.value)))
            .collect(),
    }
}

/// Every text of a tree, keys aside.
pub(super) fn strings(node: &Node) -> Vec<&str> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => vec![text],
        NodeKind::Sequence(items) => items.iter().flat_map(strings).collect(),
        NodeKind::Mapping(entries) => {
            entries.iter().flat_map(|entry| strings(&entry.value)).collect()
        }
    }
}

/// The host of an address, or what stands in its place.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest
        .split(['/', '?', '#', '\\', '"', '\'', ' ', '<', '>', ')', ','])
        .next()
        .unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    host.split(':').next().unwrap_or_default().trim_end_matches('.')
}

/// The part of a host name that its owner registered: the last two labels, or three under suffixes such as `co.uk`.
pub(super) fn domain(host: &str) -> Option<String> {
    let labels: Vec<&str> = host.split('.').collect();
    let plain = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let wanted = match labels.as_slice() {
        [.., second, top] if top.len() == 2 && second.len() <= 3 => 3,
        _ => 2,
    };
    let tail = labels.len().checked_sub(wanted).map(|start| &labels[start..])?;
    let named = tail.iter().all(plain)
        && tail.last().is_some_and(|top| top.starts_with(|c: char| c.is_ascii_alphabetic()));
    named.then(|| tail.join(".").to_ascii_lowercase())
}

/// The title that the language gives to a key without one.
pub(super) fn derived_title(key: &str) -> String {
    names::title(key)
}

/// A pointer one segment further.
pub(super) fn join(pointer: &str, segment: &str) -> String {
    format!("{pointer}/{}", crate::pointer::escape(segment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_domains_are_found_in_addresses() {
        assert_eq!(host("https://ada@api.example.com:8443/a?b"), "api.example.com");
        assert_eq!(host("https://api.{region}.example.com"), "api.{region}.example.com");
        assert_eq!(domain("api.{region}.example.com").as_deref(), Some("example.com"));
        assert_eq!(domain("www.example.co.uk").as_deref(), Some("example.co.uk"));
        assert_eq!(domain("{host}"), None);
        assert_eq!(domain("192.0.2.1"), None);
    }
}
