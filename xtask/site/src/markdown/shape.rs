//! Blocks that get a better form than Markdown has for them, each told by its shape.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::block::{Block, Code, Table, text_of};
use super::inline::anchored;

/// Gives blocks their forms.
pub(super) fn shape(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut shaped: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Table(table) if is_definitions(&table) => shaped.push(Block::Definitions(table)),
            Block::Table(table) if is_listing(&table) => shaped.push(Block::Listing(table)),
            Block::Table(table) if is_facts(&table) => shaped.push(Block::Facts(table)),
            Block::Code(code) => sample(code, &mut shaped),
            other => shaped.push(other),
        }
    }
    shaped
}

/// Rows that begin with an anchor.
fn is_definitions(table: &Table) -> bool {
    !table.rows.is_empty()
        && table.rows.iter().all(|row| row.first().is_some_and(|cell| anchored(cell).is_some()))
}

/// One row under a head that begins with the anchor `facts`.
fn is_facts(table: &Table) -> bool {
    let anchor = table.head.first().and_then(|cell| anchored(cell));
    table.rows.len() == 1 && anchor.is_some_and(|(anchor, _)| anchor == "facts")
}

/// Rows of a link, a word and a text.
fn is_listing(table: &Table) -> bool {
    let is_link = |cell: &[Event]| matches!(cell, [Event::Start(Tag::Link { dest_url, .. }), .., Event::End(TagEnd::Link)] if !dest_url.contains(':'));
    table.head.len() == 3
        && matches!(text_of(&table.head[1]).as_str(), "Effect" | "Kind")
        && table.rows.iter().all(|row| row.first().is_some_and(|cell| is_link(cell)))
}

/// Code behind a paragraph like "curl:" joins the samples before it.
fn sample(code: Code, shaped: &mut Vec<Block<'_>>) {
    let label = match shaped.last() {
        Some(Block::Paragraph(inlines)) => text_of(inlines).strip_suffix(':').map(str::to_owned),
        _ => None,
    };
    let Some(label) = label.filter(|label| !label.contains(". ") && label.len() < 40) else {
        shaped.push(Block::Code(code));
        return;
    };
    shaped.pop();
    match shaped.last_mut() {
        Some(Block::Tabs(samples)) => samples.push((label, code)),
        _ => shaped.push(Block::Tabs(vec![(label, code)])),
    }
}
