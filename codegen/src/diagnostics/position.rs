//! From byte offsets to lines and columns.

use super::Span;

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Where a byte offset stands.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    // A byte order mark is no column.
    let column = before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1;
    Position { line, column }
}

/// Where a span begins and ends.
pub(super) fn positions(span: &Span) -> (Position, Position) {
    (position(&span.file.text, span.range.start), position(&span.file.text, span.range.end))
}
