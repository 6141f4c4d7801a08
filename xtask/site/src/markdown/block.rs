//! A page as a tree of blocks.

use std::iter::Peekable;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::html;
use crate::text::slug;

/// A run of text with its markup.
pub(crate) type Inlines<'a> = Vec<Event<'a>>;

/// A block of a page.
#[derive(Debug)]
pub(crate) enum Block<'a> {
    Heading {
        level: u8,
        id: String,
        inlines: Inlines<'a>,
    },
    Paragraph(Inlines<'a>),
    Code(Code),
    Quote {
        kind: Option<BlockQuoteKind>,
        blocks: Vec<Block<'a>>,
    },
    List {
        start: Option<u64>,
        items: Vec<Vec<Block<'a>>>,
    },
    Table(Table<'a>),
    Rule,
    /// Tags of ours, already safe.
    Html(String),
    /// Samples that say the same, each with its label.
    Tabs(Vec<(String, Code)>),
    /// A table whose rows can be linked.
    Definitions(Table<'a>),
    /// A table of one row whose head has the anchor `facts`.
    Facts(Table<'a>),
    /// A table of pages, with what each is.
    Listing(Table<'a>),
}

/// A block of code.
#[derive(Debug)]
pub(crate) struct Code {
    pub(crate) language: String,
    pub(crate) text: String,
}

#[derive(Debug, Default)]
pub(crate) struct Table<'a> {
    pub(crate) head: Vec<Inlines<'a>>,
    pub(crate) rows: Vec<Vec<Inlines<'a>>>,
}

/// What a run of text says, without markup.
pub(crate) fn text_of(inlines: &[Event]) -> String {
    let mut out = String::new();
    for event in inlines {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

pub(super) fn parse(markdown: &str) -> Vec<Block<'_>> {
    let mut events =
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_GFM).peekable();
    let mut anchors = Anchors::default();
    blocks(&mut events, &mut anchors)
}

/// Anchors of headings, each once.
#[derive(Default)]
struct Anchors(std::collections::HashSet<String>);

impl Anchors {
    fn take(&mut self, text: &str) -> String {
        let wanted = slug(text);
        let mut id = wanted.clone();
        let mut number = 1;
        while !self.0.insert(id.clone()) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        id
    }
}

/// Blocks up to the end of what they stand in, which is consumed.
fn blocks<'a, I: Iterator<Item = Event<'a>>>(
    events: &mut Peekable<I>,
    anchors: &mut Anchors,
) -> Vec<Block<'a>> {
    let mut found = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let inlines = inlines(events, |end| matches!(end, TagEnd::Heading(_)));
                found.push(Block::Heading {
                    level: level as u8,
                    id: anchors.take(&text_of(&inlines)),
                    inlines,
                });
            }
            Event::Start(Tag::Paragraph) => {
                found.push(Block::Paragraph(inlines(events, |end| *end == TagEnd::Paragraph)));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let text = text_of(&inlines(events, |end| *end == TagEnd::CodeBlock));
                found.push(Block::Code(Code {
                    language,
                    text: text.trim_end_matches('\n').to_owned(),
                }));
            }
            Event::Start(Tag::BlockQuote(kind)) => {
                found.push(Block::Quote { kind, blocks: blocks(events, anchors) });
            }
            Event::Start(Tag::List(start)) => {
                found.push(Block::List { start, items: items(events, anchors) });
            }
            Event::Start(Tag::Table(_)) => found.push(Block::Table(table(events))),
            Event::Start(Tag::HtmlBlock) => {
                let source: String = inlines(events, |end| *end == TagEnd::HtmlBlock)
                    .iter()
                    .filter_map(|event| {
                        if let Event::Html(html) | Event::Text(html) = event {
                            Some(&**html)
                        } else {
                            None
                        }
                    })
                    .collect();
                found.push(
                    html::code(&source)
                        .map_or_else(|| Block::Html(html::safe(&source)), Block::Code),
                );
            }
            Event::Rule => found.push(Block::Rule),
            Event::End(_) => break,
            Event::Start(_) => found.append(&mut blocks(events, anchors)),
            // The text of a tight list item stands in no paragraph.
            inline => {
                let mut run = vec![inline];
                let mut depth = 0_usize;
                while let Some(next) = events.peek() {
                    match next {
                        Event::Start(
                            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. },
                        ) => depth += 1,
                        Event::End(
                            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image,
                        ) => depth = depth.saturating_sub(1),
                        Event::Start(_) | Event::End(_) | Event::Rule if depth == 0 => break,
                        _ => {}
                    }
                    run.extend(events.next());
                }
                found.push(Block::Paragraph(run));
            }
        }
    }
    found
}

fn inlines<'a>(
    events: &mut impl Iterator<Item = Event<'a>>,
    is_end: impl Fn(&TagEnd) -> bool,
) -> Inlines<'a> {
    events.take_while(|event| !matches!(event, Event::End(end) if is_end(end))).collect()
}

fn items<'a, I: Iterator<Item = Event<'a>>>(
    events: &mut Peekable<I>,
    anchors: &mut Anchors,
) -> Vec<Vec<Block<'a>>> {
    let mut items = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Item) => items.push(blocks(events, anchors)),
            Event::End(TagEnd::List(_)) => break,
            _ => {}
        }
    }
    items
}

fn table<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Table<'a> {
    let mut table = Table::default();
    let mut row = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::TableCell) => {
                row.push(inlines(events, |end| *end == TagEnd::TableCell));
            }
            Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut row),
            Event::End(TagEnd::TableRow) => table.rows.push(std::mem::take(&mut row)),
            Event::End(TagEnd::Table) => break,
            _ => {}
        }
    }
    table
}
