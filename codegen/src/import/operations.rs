//! Which operations a document has, which are wanted, and what they are called.

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::IndexMap;

use super::action::{self, Operation};
use super::document::{Document, Node};
use super::rules::Rule;
use super::{Options, path, text};
use crate::catalog::names;

/// The longest id of an action.
const LONGEST_ID: usize = 64;

/// The wanted operations, and the groups that they are in.
pub(super) struct Chosen<'a> {
    pub(super) operations: Vec<Operation<'a>>,
    pub(super) groups: IndexMap<String, String>,
}

/// Reads all operations. A document counts those it skips, too.
pub(super) fn read<'a>(document: &'a Document, options: &Options) -> Chosen<'a> {
    let mut reader = Reader {
        document,
        options,
        ids: HashSet::new(),
        chosen: Chosen { operations: Vec::new(), groups: IndexMap::new() },
    };
    let root = document.node();
    for (written, item) in
        root.get("paths").iter().flat_map(Node::members).filter(|(path, _)| !path.starts_with("x-"))
    {
        let Some(item) = document.follow(&item).filter(|item| item.value.is_object()) else {
            document.note(Rule::MalformedPart, &item.at, "a path item");
            continue;
        };
        reader.path_item(written, &item);
    }
    for key in ["webhooks", "x-webhooks"] {
        for (name, node) in root.get(key).iter().flat_map(Node::members) {
            document.note(Rule::Webhook, &node.at, format!("`{name}`"));
        }
    }
    reader.chosen
}

struct Reader<'r, 'a> {
    document: &'a Document,
    options: &'r Options,
    ids: HashSet<String>,
    chosen: Chosen<'a>,
}

impl<'a> Reader<'_, 'a> {
    fn path_item(&mut self, written: &str, item: &Node<'a>) {
        let further = item.get("additionalOperations");
        for (key, node) in item.members().chain(further.iter().flat_map(Node::members)) {
            let Some(method) = action::method(key) else {
                if action::is_unknown_method(key, node.value) {
                    self.document.report.borrow_mut().operations += 1;
                    if self.is_wanted(&node, "") {
                        self.document.report.borrow_mut().selected += 1;
                        self.document.note(
                            Rule::UnsupportedMethod,
                            &node.at,
                            format!("`{}`", key.to_ascii_uppercase()),
                        );
                    }
                }
                continue;
            };
            self.document.report.borrow_mut().operations += 1;
            let stated = node.text("operationId").map(str::trim);
            let line = format!("{} {written}", method.as_str());
            if !self.is_wanted(&node, &line) {
                continue;
            }
            self.document.report.borrow_mut().selected += 1;
            if !node.value.is_object() {
                self.document.note(Rule::MalformedOperation, &node.at, "");
                continue;
            }
            let Some(template) = path::read(written, &node.at, self.document) else { continue };
            let id = self.id(stated, method.as_str(), &template.path, &node.at);
            let group = self.group(&node);
            self.note_links(&node);
            self.chosen.operations.push(Operation {
                id,
                name: stated.map_or_else(|| line.clone(), str::to_owned),
                key: line,
                method,
                template: Rc::new(template),
                group,
                path_item: item.clone(),
                node,
            });
        }
    }

    fn is_wanted(&self, node: &Node, line: &str) -> bool {
        let Options { operations, tags, .. } = self.options;
        if operations.is_empty() && tags.is_empty() {
            return true;
        }
        let id = node.text("operationId").unwrap_or_default();
        let snake = snake(id);
        let named = operations
            .iter()
            .any(|wanted| (!id.is_empty() && (wanted == id || *wanted == snake)) || wanted == line);
        named
            || node.get("tags").iter().flat_map(Node::items).any(|tag| {
                tag.value
                    .as_str()
                    .is_some_and(|tag| tags.iter().any(|wanted| wanted.eq_ignore_ascii_case(tag)))
            })
    }

    fn id(&mut self, stated: Option<&str>, method: &str, path: &str, at: &str) -> String {
        let from_id =
            stated.map(snake).filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase()));
        let wanted = from_id.unwrap_or_else(|| {
            self.document.note(Rule::DerivedOperationId, at, stated.unwrap_or_default());
            derived(method, path)
        });
        let short = shortened(&wanted, LONGEST_ID);
        if short != wanted {
            self.document.note(Rule::ShortenedName, at, format!("`{wanted}` is `{short}`"));
        }
        let mut id = short.clone();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            let suffix = format!("_{number}");
            id = format!("{}{suffix}", shortened(&short, LONGEST_ID - suffix.len()));
            number += 1;
        }
        if id != short {
            self.document.note(Rule::DuplicateOperationId, at, format!("`{short}` is `{id}`"));
        }
        id
    }

    fn group(&mut self, node: &Node) -> Option<String> {
        let tags: Vec<&str> = node
            .get("tags")
            .iter()
            .flat_map(Node::items)
            .filter_map(|tag| tag.value.as_str())
            .collect();
        if tags.len() > 1 {
            self.document.note(Rule::ExtraTags, &node.at, tags[1..].join(", "));
        }
        let title = text::line(tags.first()?, 80)?;
        let id = names::ident(&title);
        let known = self.chosen.groups.entry(id.clone()).or_insert_with(|| {
            if title.chars().any(char::is_uppercase) { title } else { names::title(&id) }
        });
        (!known.is_empty()).then_some(id)
    }

    fn note_links(&self, node: &Node) {
        if let Some(callbacks) = node
            .get("callbacks")
            .filter(|callbacks| callbacks.value.as_object().is_some_and(|all| !all.is_empty()))
        {
            self.document.note(Rule::Webhook, &callbacks.at, "callbacks");
        }
        let extensions: Vec<&str> =
            node.members().map(|(key, _)| key).filter(|key| key.starts_with("x-")).collect();
        if !extensions.is_empty() {
            self.document.note(Rule::Extensions, &node.at, extensions.join(", "));
        }
    }
}

/// An id as actions have it; empty if nothing is left.
fn snake(name: &str) -> String {
    let short: String = name.chars().take(200).collect();
    let ident = names::ident(&short);
    let words: Vec<&str> = ident.split('_').filter(|word| !word.is_empty()).collect();
    if words == ["unnamed"] { String::new() } else { words.join("_") }
}

/// `GET /users/{id}/posts` is `get_users_by_id_posts`.
fn derived(method: &str, path: &str) -> String {
    let mut words = vec![method.to_ascii_lowercase()];
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let plain = segment.replace('{', " by ").replace('}', " ");
        words.push(snake(&plain));
    }
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
}

/// The words that fit.
fn shortened(id: &str, most: usize) -> String {
    if id.len() <= most {
        return id.to_owned();
    }
    let cut = id.get(..most).unwrap_or(id);
    let words = if id.as_bytes().get(most) == Some(&b'_') {
        cut
    } else {
        cut.rsplit_once('_').map_or(cut, |(words, _)| words)
    };
    words.trim_end_matches('_').to_owned()
}
