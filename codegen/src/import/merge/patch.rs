//! Edits of a YAML text that leave everything else as it stands: comments, order, quotes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Edit;
use crate::write;
use crate::yaml::{Entry, Node, NodeKind, Tree};

/// The text with the edits made. `merged` is what it must say afterwards.
pub(in crate::import) fn patch(tree: &Tree, edits: &[Edit], merged: &Value) -> Option<String> {
    let text = &tree.file.text;
    // By place, the last first, so that earlier places stay true.
    let mut changes: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let mut done: Vec<Vec<String>> = Vec::new();
    for edit in edits {
        let path = editable(tree, &edit.path)?;
        if done.contains(&path) {
            continue;
        }
        let value = path.iter().try_fold(merged, |value, key| value.get(key));
        let (range, replacement) = change(tree, &path, value)?;
        let slot = changes.entry(range.start).or_insert((range.end, String::new()));
        if slot.0 != range.end {
            return None;
        }
        slot.1.push_str(&replacement);
        done.push(path);
    }
    let mut out = text.clone();
    for (start, (end, replacement)) in changes.into_iter().rev() {
        if end < start || out.get(start..end).is_none() {
            return None;
        }
        out.replace_range(start..end, &replacement);
    }
    Some(out)
}

/// The path itself, or of the nearest mapping around it whose entries stand on lines of their own.
fn editable(tree: &Tree, path: &[String]) -> Option<Vec<String>> {
    let mut node = &tree.root;
    let mut good = 0;
    for (depth, key) in path.iter().enumerate() {
        if !is_block(tree, node) {
            break;
        }
        good = depth + 1;
        match entry(node, key) {
            Some(found) => node = &found.value,
            None => break,
        }
    }
    (good > 0).then(|| path[..good].to_vec())
}

fn is_block(tree: &Tree, node: &Node) -> bool {
    matches!(node.kind, NodeKind::Mapping(_))
        && !tree.file.text.get(node.range.clone()).is_some_and(|text| text.starts_with('{'))
}

fn entry<'t>(node: &'t Node, key: &str) -> Option<&'t Entry> {
    match &node.kind {
        NodeKind::Mapping(entries) => entries.iter().find(|entry| entry.key == key),
        _ => None,
    }
}

fn change(
    tree: &Tree,
    path: &[String],
    value: Option<&Value>,
) -> Option<(std::ops::Range<usize>, String)> {
    let (key, parents) = path.split_last()?;
    let parent = parents
        .iter()
        .try_fold(&tree.root, |node, key| entry(node, key).map(|entry| &entry.value))?;
    let NodeKind::Mapping(entries) = &parent.kind else { return None };
    let text = &tree.file.text;
    let line = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if let Some(found) = entries.iter().find(|entry| entry.key == *key) {
        let column = column_of(text, found.range.start);
        let end = end_of_lines(text, found.value.range.end.max(found.range.end));
        return match value {
            Some(value) => Some((found.range.start..end, write::entry(key, value, column))),
            // With its whole lines.
            None if text[line(found.range.start)..found.range.start].trim().is_empty() => {
                let after = (end + 1).min(text.len());
                Some((line(found.range.start)..after, String::new()))
            }
            None => None,
        };
    }
    let last = entries.last()?;
    let column = column_of(text, last.range.start);
    let end = end_of_lines(text, last.value.range.end.max(last.range.end));
    Some((end..end, format!("\n{}{}", " ".repeat(column), write::entry(key, value?, column))))
}

fn column_of(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..at].chars().count()
}

/// The end of the line on which a value ends, its line break left out. The parser counts line breaks after a block scalar to it.
fn end_of_lines(text: &str, end: usize) -> usize {
    let trimmed = text[..end].trim_end().len();
    text[trimmed..].find('\n').map_or(text.len(), |newline| trimmed + newline)
}
