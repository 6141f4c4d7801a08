//! From parser events to a tree, with everything refused that the language leaves out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Entry, Node, NodeKind, Tree};
use crate::diagnostics::{Code, Diagnostic, SourceFile};

/// Deeper values are refused.
const MAX_DEPTH: usize = 64;

/// Reads one document. Every fault is reported; there is a tree only if there is none.
pub fn parse(file: &Arc<SourceFile>) -> Result<Tree, Vec<Diagnostic>> {
    let mut builder =
        Builder { file, open: Vec::new(), root: None, faults: Vec::new(), documents: 0 };
    builder.run();
    match (builder.root, builder.faults.is_empty()) {
        (Some(root), true) => Ok(Tree { file: Arc::clone(file), root }),
        (None, true) => Err(vec![
            Diagnostic::error(Code::EmptyFile, file.beginning(), "the file is empty")
                .help("write the spec, or delete the file"),
        ]),
        (_, false) => Err(builder.faults),
    }
}

struct Builder<'a> {
    file: &'a Arc<SourceFile>,
    open: Vec<Open>,
    root: Option<Node>,
    faults: Vec<Diagnostic>,
    documents: usize,
}

/// A list or mapping that is not closed yet.
enum Open {
    Sequence(usize, Vec<Node>),
    Mapping {
        start: usize,
        entries: Vec<Entry>,
        seen: HashMap<String, Range<usize>>,
        key: Option<(Range<usize>, String)>,
    },
}

impl Builder<'_> {
    fn report(&mut self, code: Code, range: Range<usize>, message: &str, label: &str, help: &str) {
        self.faults
            .push(Diagnostic::error(code, self.file.span(range), message).label(label).help(help));
    }

    /// Tabs before a key, the likely reason of a syntax error; within a block text they are harmless.
    fn tabs(&mut self) {
        let text = &self.file.text;
        let mut offset = 0;
        let mut found = Vec::new();
        for line in text.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            if let Some(at) = line[..indent].find('\t').filter(|_| !line.trim().is_empty()) {
                found.push(offset + at..offset + indent);
            }
            offset += line.len();
        }
        for range in found {
            let spaces = self.file.text[range.clone()].replace('\t', "  ");
            let span = self.file.span(range);
            self.faults.push(
                Diagnostic::error(
                    Code::TabIndentation,
                    span.clone(),
                    "a line is indented with a tab",
                )
                .label("tab here")
                .suggest("indent with spaces", span, spaces),
            );
        }
    }

    fn run(&mut self) {
        let file = Arc::clone(self.file);
        let mut parser = Parser::new_from_str(&file.text);
        while let Some(next) = parser.next_event() {
            match next {
                Ok((event, span)) => {
                    let range = span.byte_range().unwrap_or(0..0);
                    if !self.event(event, range) {
                        return;
                    }
                }
                Err(error) => {
                    self.tabs();
                    if self.faults.iter().any(|fault| fault.code == Code::TabIndentation) {
                        return;
                    }
                    let at = error.marker().byte_offset().unwrap_or(file.text.len());
                    if error.info().contains("recursion limit") {
                        let help = "flatten the value, or move it to a JSON file in `examples/`";
                        self.report(
                            Code::TooDeep,
                            at..at + 1,
                            "values are nested too deeply",
                            "too many levels",
                            help,
                        );
                        return;
                    }
                    let message = format!("this is not valid YAML: {}", error.info());
                    let fault = Diagnostic::error(Code::Syntax, file.span(at..at + 1), message)
                        .label("the parser stopped here");
                    self.faults
                        .push(fault.help("check indentation, and quote texts that contain `: ` or ` #` or start with one of `[{&*!|>%@`"));
                    return;
                }
            }
        }
    }

    /// Takes one event; `false` ends the reading.
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> bool {
        if event.tag().is_some() {
            self.report(
                Code::Tag,
                range.clone(),
                "tags are not part of the language",
                "this value has a tag",
                "remove the tag; the key decides the type",
            );
        }
        if !event.is_alias() && event.anchor_id().is_some() {
            self.report(
                Code::Alias,
                range.clone(),
                "anchors are not part of the language",
                "this value has an anchor",
                "remove the anchor",
            );
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.report(
                        Code::SeveralDocuments,
                        range,
                        "a file contains only one document",
                        "the second document starts here",
                        "move it to a separate file",
                    );
                    return false;
                }
            }
            Event::Alias(_) => {
                self.report(
                    Code::Alias,
                    range.clone(),
                    "aliases are not part of the language",
                    "an alias",
                    "write the value itself",
                );
                self.add(Node {
                    range,
                    kind: NodeKind::Scalar { text: String::new(), plain: true },
                });
            }
            Event::Scalar(text, style, ..) => {
                let text = text.into_owned();
                self.scalar(text, style == ScalarStyle::Plain, range);
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.open.len() >= MAX_DEPTH => {
                self.report(
                    Code::TooDeep,
                    range,
                    "values are nested too deeply",
                    "more than 64 levels",
                    "flatten the value, or move it to a JSON file in `examples/`",
                );
                return false;
            }
            Event::SequenceStart(..) => self.open.push(Open::Sequence(range.start, Vec::new())),
            Event::MappingStart(..) => {
                self.open.push(Open::Mapping {
                    start: range.start,
                    entries: Vec::new(),
                    seen: HashMap::new(),
                    key: None,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            _ => {}
        }
        true
    }

    fn scalar(&mut self, text: String, plain: bool, range: Range<usize>) {
        let Some(Open::Mapping { seen, key: key @ None, .. }) = self.open.last_mut() else {
            return self.add(Node { range, kind: NodeKind::Scalar { text, plain } });
        };
        let earlier = seen.insert(text.clone(), range.clone());
        *key = Some((range.clone(), text.clone()));
        if text == "<<" && plain {
            self.report(
                Code::MergeKey,
                range,
                "merge keys are not part of the language",
                "a merge key",
                "write the keys themselves",
            );
        } else if let Some(first) = earlier {
            let message = format!("duplicate key `{text}`");
            let fault = Diagnostic::error(Code::DuplicateKey, self.file.span(range), message)
                .label("repeated here");
            self.faults.push(
                fault.also(self.file.span(first), "first here").help("remove one of the two"),
            );
        }
    }

    fn close(&mut self, end: usize) {
        let node = match self.open.pop() {
            Some(Open::Sequence(start, items)) => {
                Node { range: start..self.trimmed(start, end), kind: NodeKind::Sequence(items) }
            }
            Some(Open::Mapping { start, entries, .. }) => {
                Node { range: start..self.trimmed(start, end), kind: NodeKind::Mapping(entries) }
            }
            None => return,
        };
        self.add(node);
    }

    /// Block collections end where the next thing begins; the blank space between belongs to neither.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        let text = self.file.text.get(start..end).unwrap_or_default();
        start + text.trim_end().len()
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping { entries, key, .. }) => {
                if let Some((range, text)) = key.take() {
                    entries.push(Entry { range, key: text, value: node });
                } else {
                    *key = Some((node.range.clone(), String::new()));
                    self.report(
                        Code::NonScalarKey,
                        node.range,
                        "a key is a list or a mapping",
                        "this key",
                        "keys are plain text",
                    );
                }
            }
        }
    }
}
