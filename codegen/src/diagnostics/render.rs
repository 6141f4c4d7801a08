//! Diagnostics as text; the only file that knows `annotate-snippets`.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};

use super::position::position;
use super::{Diagnostic, Label, Severity, Span, github, json};

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, with the line and a caret.
    Human,
    /// One JSON object a line.
    Json,
    /// Workflow commands of a forge.
    Github,
}

/// Lines longer than this are shown in part.
const LONGEST_LINE: usize = 240;
/// Replacements longer than this are not shown as a patch.
const LONGEST_PATCH: usize = 200;

/// All diagnostics as text, sorted by file and place.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], format: Format, color: bool) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|found| {
        let Span { file, range } = &found.primary.span;
        (file.path.as_str(), range.start, range.end, found.code)
    });
    sorted
        .into_iter()
        .map(|found| match format {
            Format::Human => human(found, color) + "\n\n",
            Format::Json => json::line(found, &human(found, false)),
            Format::Github => github::line(found),
        })
        .collect()
}

fn human(found: &Diagnostic, color: bool) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group =
        Group::with_title(level.primary_title(harmless(&found.message)).id(found.code.id()));
    let places: Vec<&Label> = std::iter::once(&found.primary).chain(&found.secondary).collect();
    if found.primary.span.file.text.is_empty() {
        group = group
            .element(Origin::path(harmless(&found.primary.span.file.path)).line(1).char_column(1));
    } else {
        group = group.elements(excerpts(&places));
    }
    let mut groups = Vec::new();
    for help in &found.help {
        match help.replacement.as_ref().and_then(|(span, text)| patch(span, text)) {
            Some(element) => groups.push(
                Group::with_title(Level::HELP.secondary_title(harmless(&help.text)))
                    .element(element),
            ),
            None => group = group.element(Level::HELP.message(harmless(&help.text))),
        }
    }
    if let Some(note) = &found.note {
        group = group.element(Level::NOTE.message(harmless(note)));
    }
    groups.insert(0, group);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&groups)
}

/// The lines around each place; one snippet a line, joined where they stand in one file.
fn excerpts<'a>(places: &[&'a Label]) -> Vec<Element<'a>> {
    let mut elements = Vec::new();
    let mut rest = places.to_vec();
    while let Some(first) = rest.first().copied() {
        let path = &first.span.file.path;
        let (same, other): (Vec<&Label>, Vec<&Label>) =
            rest.iter().partition(|label| label.span.file.path == *path);
        rest = other;
        let from = same.iter().map(|label| label.span.range.start).min().unwrap_or(0);
        let to = same.iter().map(|label| label.span.range.start).max().unwrap_or(0);
        let excerpt = Excerpt::around(&first.span.file.text, from, to);
        let annotations = same.iter().map(|label| {
            let kind = if std::ptr::eq(*label, places[0]) {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            kind.span(excerpt.shown(&label.span.range)).label(harmless(&label.text))
        });
        let annotations: Vec<_> = annotations.collect();
        elements.push(
            Snippet::source(excerpt.text)
                .line_start(excerpt.line)
                .path(harmless(path))
                .annotations(annotations)
                .into(),
        );
    }
    elements
}

fn patch<'a>(span: &Span, replacement: &str) -> Option<Element<'a>> {
    if replacement.len() > LONGEST_PATCH
        || replacement.contains(dangerous)
        || span.file.text.is_empty()
    {
        return None;
    }
    let excerpt = Excerpt::around(&span.file.text, span.range.start, span.range.end);
    if excerpt.cut {
        return None;
    }
    let patch = Patch::new(excerpt.shown(&span.range), replacement.to_owned());
    Some(
        Snippet::source(excerpt.text)
            .line_start(excerpt.line)
            .path(harmless(&span.file.path))
            .patch(patch)
            .into(),
    )
}

/// Part of a file, made harmless, with a map from its offsets to those shown.
struct Excerpt {
    text: String,
    line: usize,
    cut: bool,
    /// Offset in the file, offset shown; ascending.
    map: Vec<(usize, usize)>,
}

impl Excerpt {
    /// The lines from one offset to another; of long ones a window around each offset.
    fn around(source: &str, from: usize, to: usize) -> Self {
        let from = source.floor_char_boundary(from);
        let to = source.floor_char_boundary(to).max(from);
        let start = source[..from].rfind('\n').map_or(0, |at| at + 1);
        let end = source[to..].find('\n').map_or(source.len(), |at| to + at);
        let mut excerpt = Self {
            text: String::new(),
            line: position(source, start).line,
            cut: false,
            map: Vec::new(),
        };
        let mut offset = start;
        for line in source[start..end].split_inclusive('\n') {
            excerpt.line(line, offset, [from, to]);
            offset += line.len();
        }
        excerpt.map.push((offset, excerpt.text.len()));
        excerpt
    }

    fn line(&mut self, line: &str, offset: usize, kept: [usize; 2]) {
        let range = offset..=offset + line.len();
        let anchor = kept.into_iter().find(|at| range.contains(at)).unwrap_or(offset) - offset;
        let (mut from, mut to) = (0, line.len());
        if line.len() > LONGEST_LINE {
            from = line.floor_char_boundary(anchor.saturating_sub(LONGEST_LINE / 3));
            to = line.floor_char_boundary((from + LONGEST_LINE).min(line.len()));
            self.cut = true;
        }
        if from > 0 {
            self.map.push((offset, self.text.len()));
            self.text.push('…');
        }
        for (at, c) in line[from..to].char_indices() {
            self.map.push((offset + from + at, self.text.len()));
            push_harmless(&mut self.text, c);
        }
        if to < line.len() {
            self.map.push((offset + to, self.text.len()));
            self.text.push_str(if line.ends_with('\n') { "…\n" } else { "…" });
        }
    }

    /// Where a range of the file is shown.
    fn shown(&self, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let find = |offset: usize| {
            let after = self.map.partition_point(|(at, _)| *at <= offset);
            self.map.get(after.saturating_sub(1)).map_or(0, |(_, shown)| *shown)
        };
        let start = find(range.start);
        // A range over several lines is marked on its first one.
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        start..find(range.end).clamp(start, line_end.max(start))
    }
}

/// Text without what could steer a terminal or reorder what is read.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_harmless(&mut out, c));
    out
}

fn push_harmless(out: &mut String, c: char) {
    match c {
        '\u{feff}' | '\r' => {}
        _ if dangerous(c) => out.push('\u{fffd}'),
        _ => out.push(c),
    }
}

/// Control characters, and those that change the direction of text.
fn dangerous(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}
