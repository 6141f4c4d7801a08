//! A tree against a shape: every fault of form at once.

use std::ops::Range;

use super::shape::{Grammar, Shape, Struct};
use crate::diagnostics::{Code, Diagnostic};
use crate::yaml::{Entry, Node, NodeKind, Tree};

/// Every fault of form.
pub(super) fn check(tree: &Tree, grammar: &Grammar) -> Vec<Diagnostic> {
    let mut check = Check { tree, grammar, faults: Vec::new() };
    check.value(&tree.root, &grammar.root, None);
    check.faults
}

struct Check<'a> {
    tree: &'a Tree,
    grammar: &'a Grammar,
    faults: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    fn fault(&self, code: Code, range: &Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.tree.file.span(range.clone()), message)
    }

    /// `key` is the place of the key, which stands for the whole mapping under it.
    fn value(&mut self, node: &Node, shape: &'a Shape, key: Option<&Range<usize>>) {
        match (self.grammar.resolve(shape), &node.kind) {
            (Shape::Any, _) => {}
            (Shape::Choice(choices), _) => self.choice(node, choices, key),
            (Shape::Struct(known), NodeKind::Mapping(entries)) => {
                self.mapping(node, known, entries, key);
            }
            (Shape::Map { values, filled }, NodeKind::Mapping(entries)) => {
                if *filled && entries.is_empty() {
                    self.faults.push(
                        self.fault(Code::TooShort, &node.range, "this mapping must not be empty")
                            .label("empty"),
                    );
                }
                entries
                    .iter()
                    .for_each(|entry| self.value(&entry.value, values, Some(&entry.range)));
            }
            (Shape::List(item), NodeKind::Sequence(items)) => {
                items.iter().for_each(|node| self.value(node, item, None));
            }
            (shape, NodeKind::Scalar { text, plain }) => self.scalar(node, shape, text, *plain),
            (shape, _) => self.wrong_type(node, expected(shape)),
        }
    }

    fn scalar(&mut self, node: &Node, shape: &Shape, text: &str, plain: bool) {
        match shape {
            Shape::Text { pattern, filled } => {
                if plain && kind_of(node) != "a string" {
                    self.wrong_type(node, "a string");
                } else if *filled && text.trim().is_empty() {
                    self.faults.push(
                        self.fault(Code::TooShort, &node.range, "this string must not be empty")
                            .label("empty"),
                    );
                } else if let Some(pattern) =
                    pattern.as_ref().filter(|pattern| !pattern.is_match(text))
                {
                    self.form(node, text, pattern.as_str());
                }
            }
            Shape::Words(words) if !words.iter().any(|word| word == text) => {
                let fault = self
                    .fault(
                        Code::UnknownValue,
                        &node.range,
                        format!("`{text}` is not an allowed value"),
                    )
                    .label("not one of the allowed values");
                self.faults.push(self.similar(
                    fault,
                    text,
                    &node.range,
                    words.iter().map(String::as_str),
                ));
            }
            Shape::Version(version) if text.parse() != Ok(*version) => {
                let message = format!(
                    "this build supports version {version} of the spec language, not `{text}`"
                );
                let span = self.tree.file.span(node.range.clone());
                let fault = self
                    .fault(Code::UnsupportedVersion, &node.range, message)
                    .label("unknown version");
                self.faults.push(fault.suggest("set the version", span, version.to_string()));
            }
            Shape::Boolean if kind_of(node) != "a boolean" => {
                self.wrong_type(node, "`true` or `false`");
            }
            Shape::Integer
                if !(plain && (text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok())) =>
            {
                self.wrong_type(node, "a whole number");
            }
            Shape::Number if kind_of(node) != "a number" => self.wrong_type(node, "a number"),
            Shape::List(_) | Shape::Map { .. } | Shape::Struct(_) => {
                self.wrong_type(node, expected(shape));
            }
            _ => {}
        }
    }

    fn wrong_type(&mut self, node: &Node, expected: &str) {
        let found = kind_of(node);
        let fault = self
            .fault(Code::WrongType, &node.range, format!("expected {expected}, found {found}"))
            .label(format!("this is {found}"));
        let quote = expected == "a string"
            && matches!(node.kind, NodeKind::Scalar { .. })
            && !node.range.is_empty();
        self.faults.push(if quote {
            let span = self.tree.file.span(node.range.clone());
            let quoted = format!("\"{}\"", span.text());
            fault.suggest("quote it", span, quoted)
        } else {
            fault
        });
    }

    fn form(&mut self, node: &Node, text: &str, pattern: &str) {
        if !pattern.starts_with("^(GET|") {
            let fault = self
                .fault(Code::BadForm, &node.range, format!("`{text}` is not the name of a type"))
                .label("not a type");
            let known =
                ["string", "integer", "number", "boolean", "array", "object", "any", "file"];
            self.faults.push(
                self.similar(fault, text, &node.range, known.into_iter())
                    .note("types that an integration declares start with a capital letter"),
            );
            return;
        }
        let (method, path) = text.split_once(' ').unwrap_or((text, ""));
        let upper = method.to_ascii_uppercase();
        let known =
            ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(&upper.as_str());
        let mut fault = self
            .fault(Code::BadForm, &node.range, format!("`{text}` is not a request line"))
            .label("not a method and a path");
        if !known || path.is_empty() || path.contains(char::is_whitespace) {
            self.faults
                .push(fault.help("write a method, one space and a path, as in `GET /users/{id}`"));
            return;
        }
        let span = self.tree.file.span(node.range.clone());
        if upper != method || !path.starts_with('/') {
            let slash = if path.starts_with('/') { "" } else { "/" };
            fault = fault.suggest(
                "methods are upper case, and a path starts with a slash",
                span,
                format!("{upper} {slash}{path}"),
            );
        }
        if path.contains(['?', '#']) {
            fault = fault.help("the query string is not part of the path: declare `parameters`, or constants under `query`");
        }
        self.faults.push(fault);
    }

    fn mapping(
        &mut self,
        node: &Node,
        known: &'a Struct,
        entries: &[Entry],
        key: Option<&Range<usize>>,
    ) {
        let mut meant = Vec::new();
        for entry in entries {
            if let Some(key) = known.keys.get(&entry.key) {
                self.value(&entry.value, &key.shape, Some(&entry.range));
            } else {
                let fault = self
                    .fault(Code::UnknownKey, &entry.range, format!("unknown key `{}`", entry.key))
                    .label("not a key of this mapping");
                let absent = known
                    .keys
                    .keys()
                    .map(String::as_str)
                    .filter(|key| !entries.iter().any(|entry| entry.key == *key));
                let fault = self.similar(fault, &entry.key, &entry.range, absent);
                meant.extend(
                    fault
                        .help
                        .iter()
                        .filter_map(|help| help.replacement.as_ref().map(|(_, name)| name.clone())),
                );
                self.faults.push(fault);
            }
        }
        let first = node.range.start..node.range.start;
        for (name, missing) in &known.keys {
            // A key that is there, misspelt, is not missing too.
            if missing.required
                && !meant.contains(name)
                && !entries.iter().any(|entry| entry.key == *name)
            {
                let fault = self
                    .fault(
                        Code::MissingKey,
                        key.unwrap_or(&first),
                        format!("the key `{name}` is missing"),
                    )
                    .label(format!("missing `{name}`"));
                let what = if missing.summary.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", missing.summary)
                };
                self.faults.push(fault.help(format!("add `{name}:`{what}")));
            }
        }
    }

    fn choice(&mut self, node: &Node, choices: &'a [Shape], key: Option<&Range<usize>>) {
        let fitting: Vec<&Shape> = choices
            .iter()
            .flat_map(|shape| self.flat(shape))
            .filter(|shape| fits(node, shape))
            .collect();
        if let Some(fault) = self.unknown_tag(node, &fitting) {
            self.faults.push(fault);
            return;
        }
        let best = match &node.kind {
            NodeKind::Mapping(entries) => {
                fitting.into_iter().rev().max_by_key(|shape| overlap(entries, shape))
            }
            NodeKind::Scalar { text, .. } => {
                let exact = fitting
                    .iter()
                    .copied()
                    .find(|shape| matches!(shape, Shape::Words(words) if words.contains(text)));
                exact.or(fitting.first().copied())
            }
            NodeKind::Sequence(_) => fitting.first().copied(),
        };
        if let Some(shape) = best {
            self.value(node, shape, key);
        } else {
            let mut expected: Vec<&str> =
                choices.iter().flat_map(|shape| self.flat(shape)).map(expected).collect();
            expected.dedup();
            self.wrong_type(node, &expected.join(" or "));
        }
    }

    /// Whether the mapping's `kind` is none of the kinds that there are; then nothing else about it can be told.
    fn unknown_tag(&self, node: &Node, shapes: &[&Shape]) -> Option<Diagnostic> {
        let NodeKind::Mapping(entries) = &node.kind else { return None };
        let Some(Entry { value: Node { kind: NodeKind::Scalar { text, .. }, range }, .. }) =
            entries.iter().find(|entry| entry.key == "kind")
        else {
            return None;
        };
        let tags: Vec<&String> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Struct(known) => known.keys.get("kind"),
                _ => None,
            })
            .flat_map(|key| match &key.shape {
                Shape::Words(words) => words.as_slice(),
                _ => &[],
            })
            .collect();
        if tags.len() < 2 || tags.contains(&text) {
            return None;
        }
        let fault = self
            .fault(Code::UnknownValue, range, format!("unknown kind `{text}`"))
            .label("not a kind");
        Some(self.similar(fault, text, range, tags.into_iter().map(String::as_str)))
    }

    fn flat(&self, shape: &'a Shape) -> Vec<&'a Shape> {
        match self.grammar.resolve(shape) {
            Shape::Choice(inner) => inner.iter().flat_map(|shape| self.flat(shape)).collect(),
            other => vec![other],
        }
    }

    /// The word that was probably meant, or all of them.
    fn similar<'w>(
        &self,
        fault: Diagnostic,
        written: &str,
        range: &Range<usize>,
        words: impl Iterator<Item = &'w str>,
    ) -> Diagnostic {
        let words: Vec<&str> = words.collect();
        let close =
            words.iter().map(|word| (strsim::damerau_levenshtein(written, word), *word)).min();
        match close.filter(|(distance, word)| *distance <= (word.len() / 3).max(1)) {
            Some((_, word)) => fault.suggest(
                format!("did you mean `{word}`?"),
                self.tree.file.span(range.clone()),
                word,
            ),
            None => fault.help(format!(
                "allowed values are {}",
                words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
            )),
        }
    }
}

fn fits(node: &Node, shape: &Shape) -> bool {
    match &node.kind {
        NodeKind::Mapping(_) => matches!(shape, Shape::Struct(_) | Shape::Map { .. } | Shape::Any),
        NodeKind::Sequence(_) => matches!(shape, Shape::List(_) | Shape::Any),
        NodeKind::Scalar { .. } => match shape {
            Shape::Boolean => kind_of(node) == "a boolean",
            other => !matches!(other, Shape::List(_) | Shape::Map { .. } | Shape::Struct(_)),
        },
    }
}

/// How many keys fit; the tag under `kind` outweighs all others.
fn overlap(entries: &[Entry], shape: &Shape) -> usize {
    let Shape::Struct(known) = shape else { return 0 };
    let weight =
        |entry: &Entry| match (known.keys.get(&entry.key).map(|key| &key.shape), &entry.value.kind)
        {
            (Some(Shape::Words(words)), NodeKind::Scalar { text, .. }) if words.contains(text) => {
                1000
            }
            (Some(_), _) => 1,
            (None, _) => 0,
        };
    entries.iter().map(weight).sum()
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any | Shape::Choice(_) | Shape::Named(_) => "a value",
        Shape::Boolean => "`true` or `false`",
        Shape::Integer | Shape::Version(_) => "a whole number",
        Shape::Number => "a number",
        Shape::Text { .. } => "a string",
        Shape::Words(_) => "a word",
        Shape::List(_) => "a list",
        Shape::Map { .. } | Shape::Struct(_) => "a mapping",
    }
}

fn kind_of(node: &Node) -> &'static str {
    match &node.kind {
        NodeKind::Sequence(_) => "a list",
        NodeKind::Mapping(_) => "a mapping",
        NodeKind::Scalar { plain: false, .. } => "a string",
        NodeKind::Scalar { text, .. } => match text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => "nothing",
            "true" | "false" | "True" | "False" | "TRUE" | "FALSE" => "a boolean",
            text if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
                && text.parse::<f64>().is_ok() =>
            {
                "a number"
            }
            _ => "a string",
        },
    }
}
