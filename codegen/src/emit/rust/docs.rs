//! Doc comments from the Markdown of specs. Whatever the Markdown contains, rustdoc renders only prose, links and plain code.
//!
//! Kept: paragraphs, lists, emphasis, code, fenced blocks (never as doctests), links to `http` and `https` addresses. Everything else that
//! Markdown or rustdoc could take for markup (HTML, images, references, indented code) is escaped.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::spec::Deprecation;

/// Languages that a fenced block may name; anything else could be taken for a doctest.
const LANGUAGES: &[&str] = &[
    "bash",
    "console",
    "csv",
    "graphql",
    "html",
    "http",
    "ini",
    "javascript",
    "json",
    "python",
    "sh",
    "sql",
    "toml",
    "xml",
    "yaml",
];

/// Builds a doc comment.
#[derive(Default)]
pub(super) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// A paragraph or more of the spec's Markdown.
    pub(super) fn markdown(mut self, text: &str) -> Self {
        let lines = sanitize(text);
        if lines.iter().any(|line| !line.is_empty()) {
            self.separate();
            self.lines.extend(lines);
        }
        self
    }

    /// The spec's Markdown, if there is any.
    pub(super) fn maybe(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.markdown(text),
            None => self,
        }
    }

    /// A paragraph written by the generator.
    pub(super) fn text(mut self, line: impl Into<String>) -> Self {
        self.separate();
        self.lines.push(line.into());
        self
    }

    /// A list; each item is one line of the spec's Markdown.
    pub(super) fn list(mut self, items: impl IntoIterator<Item = String>) -> Self {
        self.separate();
        self.lines.extend(items.into_iter().map(|item| format!("- {item}")));
        self
    }

    /// A code block that is compiled but not run.
    pub(super) fn sample(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.separate();
        self.lines.push("```no_run".to_owned());
        self.lines.extend(lines);
        self.lines.push("```".to_owned());
        self
    }

    /// A program in a page that rustdoc compiles and people read: nothing of it is hidden.
    pub(super) fn program(mut self, code: &str) -> Self {
        self.separate();
        self.lines.push("```rust,no_run".to_owned());
        self.lines.extend(code.lines().map(str::to_owned));
        self.lines.push("```".to_owned());
        self
    }

    /// As a page.
    pub(super) fn into_text(self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// As attributes of the item that follows.
    pub(super) fn outer(&self) -> TokenStream {
        let lines = self.attribute_lines();
        quote!(#(#[doc = #lines])*)
    }

    /// As attributes of the module that holds them.
    pub(super) fn inner(&self) -> TokenStream {
        let lines = self.attribute_lines();
        quote!(#(#![doc = #lines])*)
    }

    fn attribute_lines(&self) -> impl Iterator<Item = String> {
        self.lines
            .iter()
            .map(|line| if line.is_empty() { String::new() } else { format!(" {line}") })
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

/// The spec's Markdown on one line.
pub(super) fn line(text: &str) -> String {
    let mut out = String::new();
    inline(&mut out, &squeeze(&plain(text)));
    out
}

/// A vendor's address as a link.
pub(super) fn link(address: &str) -> String {
    let is_whole = is_web(address)
        && !address.contains(|c: char| c.is_whitespace() || c == '<' || c == '>' || is_hidden(c));
    if is_whole { format!("<{address}>") } else { line(address) }
}

/// Text on one line, without control and direction characters.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_hidden(*c))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The attribute of a deprecated item.
pub(super) fn deprecated(deprecation: Option<&Deprecation>) -> TokenStream {
    match deprecation {
        Some(deprecation) => {
            let note = note(deprecation);
            quote!(#[deprecated(note = #note)])
        }
        None => TokenStream::new(),
    }
}

/// A deprecation in one line.
pub(super) fn note(deprecation: &Deprecation) -> String {
    let mut note = squeeze(&plain(&deprecation.reason));
    if !note.ends_with(['.', '!', '?']) {
        note.push('.');
    }
    // Writing to a `String` cannot fail.
    if let Some(replacement) = &deprecation.replaced_by {
        let _ = write!(note, " Use `{}` instead.", plain(replacement));
    }
    if let Some(since) = &deprecation.since {
        let _ = write!(note, " Deprecated since {}.", plain(since));
    }
    if let Some(date) = &deprecation.removed_on {
        let _ = write!(note, " Removed on {}.", plain(date));
    }
    note
}

/// Control characters and characters that reorder text. Both are invisible, and rustc rejects the latter.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}')
}

/// Escapes Markdown line by line.
fn sanitize(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    for raw in text.trim_end().lines() {
        let raw: String = raw
            .chars()
            .map(|c| if c == '\t' { ' ' } else { c })
            .filter(|c| !is_hidden(*c))
            .collect();
        if let Some(open) = &fence {
            let closes = is_closing(&raw, open);
            lines.push(raw.trim_end().to_owned());
            if closes {
                fence = None;
            }
        } else if let Some((open, language)) = opening(&raw) {
            let language =
                if LANGUAGES.contains(&language.as_str()) { language } else { "text".to_owned() };
            lines.push(format!("{open}{language}"));
            fence = Some(open);
        } else {
            lines.push(prose(&raw));
        }
    }
    lines.extend(fence);
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.split_off(blank)
}

/// The fence and the language of a line that opens a block.
fn opening(line: &str) -> Option<(String, String)> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    let is_fence = length >= 3 && !(mark == '`' && rest.contains('`'));
    is_fence.then(|| {
        (
            line[..length].to_owned(),
            rest.split_whitespace().next().unwrap_or_default().to_ascii_lowercase(),
        )
    })
}

fn is_closing(line: &str, open: &str) -> bool {
    let indent = line.len() - line.trim_start().len();
    let line = line.trim();
    indent <= 3 && line.starts_with(open) && line.trim_start_matches(&open[..1]).is_empty()
}

/// A line outside of fenced blocks. At most three spaces stand before it, and one between words, so that nothing is indented code.
fn prose(line: &str) -> String {
    let trimmed = line.trim_start();
    let mut out = " ".repeat((line.len() - trimmed.len()).min(3));
    inline(&mut out, &squeeze(trimmed));
    if out.trim().is_empty() { String::new() } else { out }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escapes what a line of prose holds beside emphasis, code and links.
fn inline(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '\\' => escape_pair(out, rest),
            '`' => code_span(out, rest),
            '[' => hyperlink(out, rest),
            '<' => autolink(out, rest),
            'h' => bare_address(out, rest),
            '!' | ']' | '~' | '|' | '$' => {
                out.push('\\');
                out.push(c);
                1
            }
            _ => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
}

/// A backslash and the mark that it escapes; alone it is escaped itself.
fn escape_pair(out: &mut String, rest: &str) -> usize {
    match rest[1..].chars().next() {
        Some(next) if next.is_ascii_punctuation() => {
            out.push('\\');
            out.push(next);
            2
        }
        _ => {
            out.push_str("\\\\");
            1
        }
    }
}

/// A code span that ends on its line, or escaped backticks.
fn code_span(out: &mut String, rest: &str) -> usize {
    let ticks = run(rest, '`');
    let mut end = ticks;
    while let Some(at) = rest[end..].find('`') {
        let closing = run(&rest[end + at..], '`');
        end += at + closing;
        if closing == ticks {
            out.push_str(&rest[..end]);
            return end;
        }
    }
    out.push_str(&"\\`".repeat(ticks));
    ticks
}

fn run(text: &str, mark: char) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

/// `[text](https://…)`, or an escaped bracket.
fn hyperlink(out: &mut String, rest: &str) -> usize {
    let parsed = rest.find("](").and_then(|middle| {
        let label = &rest[1..middle];
        let address = &rest[middle + 2..];
        let end = address.find(')')?;
        let address = &address[..end];
        let is_plain = !label.is_empty()
            && !label.contains(['[', ']', '`', '<', '\\', '!'])
            && !label.contains("http");
        let is_address = is_web(address) && !address.contains(['(', '<', '>', ' ', '\\', '"', '`']);
        (is_plain && is_address).then_some((label, address, middle + 2 + end + 1))
    });
    if let Some((label, address, length)) = parsed {
        let _ = write!(out, "[{label}]({address})");
        length
    } else {
        out.push_str("\\[");
        1
    }
}

/// `<https://…>`, or an escaped angle bracket.
fn autolink(out: &mut String, rest: &str) -> usize {
    match rest.find('>') {
        Some(end) if is_web(&rest[1..end]) && !rest[1..end].contains(['<', ' ', '`', '\\']) => {
            out.push_str(&rest[..=end]);
            end + 1
        }
        _ => {
            out.push_str("\\<");
            1
        }
    }
}

/// An address in running text becomes a link.
fn bare_address(out: &mut String, rest: &str) -> usize {
    let end = rest
        .find(|c: char| c.is_whitespace() || !c.is_ascii() || "<>\"'`\\|()[]*".contains(c))
        .unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '_', '~']);
    if is_web(address) {
        let _ = write!(out, "<{address}>");
        address.len()
    } else {
        out.push('h');
        1
    }
}

fn is_web(address: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| address.len() > scheme.len() && address.starts_with(scheme))
}
