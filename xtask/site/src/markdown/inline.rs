//! Runs of text as HTML.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Reading, Target, html};
use crate::text::escape_into;

/// A run of text. Images come out as their text: no page fetches anything from elsewhere.
pub(super) fn write(inlines: &[Event], reading: &Reading, out: &mut String) {
    let mut open = Vec::new();
    for (index, event) in inlines.iter().enumerate() {
        match event {
            Event::Text(text) => escape_into(text, out),
            Event::Code(code) => {
                out.push_str("<code>");
                escape_into(code, out);
                out.push_str("</code>");
            }
            // An anchor is the business of the row that it stands in.
            Event::InlineHtml(tag) | Event::Html(tag)
                if html::anchor(tag).is_some() || &**tag == "</a>" => {}
            Event::InlineHtml(tag) | Event::Html(tag) => out.push_str(&html::safe(tag)),
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out.push_str("<br>"),
            Event::Start(Tag::Emphasis) => out.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</em>"),
            Event::Start(Tag::Strong) => {
                let deprecated = matches!(inlines.get(index + 1), Some(Event::Text(text)) if text.starts_with("Deprecated"));
                out.push_str(if deprecated {
                    "<strong class=\"tag tag-deprecated\">"
                } else {
                    "<strong>"
                });
            }
            Event::End(TagEnd::Strong) => out.push_str("</strong>"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let target = (reading.resolve)(dest_url);
                open.push(matches!(target, Target::To(_)));
                if let Target::To(address) = target {
                    out.push_str("<a href=\"");
                    escape_into(&address, out);
                    out.push_str("\">");
                }
            }
            Event::End(TagEnd::Link) if open.pop() == Some(true) => out.push_str("</a>"),
            _ => {}
        }
    }
}

/// The lines of a cell: what `<br>` separates.
pub(super) fn lines<'a, 'e>(cell: &'a [Event<'e>]) -> Vec<&'a [Event<'e>]> {
    cell.split(|event| matches!(event, Event::InlineHtml(tag) if &**tag == "<br>")).collect()
}

/// The cell's anchor, and what stands behind it.
pub(super) fn anchored<'a, 'e>(cell: &'a [Event<'e>]) -> Option<(&'a str, &'a [Event<'e>])> {
    match cell {
        [Event::InlineHtml(start), Event::InlineHtml(end), rest @ ..] if &**end == "</a>" => {
            Some((html::anchor(start)?, rest))
        }
        _ => None,
    }
}
