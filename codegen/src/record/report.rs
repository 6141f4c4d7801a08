//! What is said of an import beside its files.

use std::fmt;

/// What was left out, replaced and assumed, in order.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The lines.
    pub lines: Vec<Line>,
}

/// One thing that people should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What kind of thing.
    pub kind: Kind,
    /// Where: a JSON pointer, an option of curl, a request.
    pub at: String,
    /// What it is, as a sentence without a full stop.
    pub message: String,
}

/// Kinds of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A request or part that no spec is made from.
    Skipped,
    /// A secret that was left out.
    Secret,
    /// Something personal that was replaced.
    Scrubbed,
    /// What a recording cannot say and was assumed.
    Assumed,
    /// What a person has to do yet.
    ToDo,
}

impl Kind {
    /// All kinds, in the order of a report.
    pub const ALL: [Self; 5] =
        [Self::Skipped, Self::Secret, Self::Scrubbed, Self::Assumed, Self::ToDo];

    /// The heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Secret => "secrets left out",
            Self::Scrubbed => "replaced by made-up values",
            Self::Assumed => "assumed",
            Self::ToDo => "to do",
        }
    }
}

impl Report {
    pub(super) fn add(&mut self, kind: Kind, at: impl Into<String>, message: impl Into<String>) {
        let line = Line { kind, at: at.into(), message: message.into() };
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    /// The lines of a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.kind == kind)
    }
}

/// Why nothing can be made of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Line and column, from 1, with the text of the line.
    pub place: Option<(usize, usize, String)>,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, place: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// At a byte of a text.
    pub(super) fn at(self, text: &str, byte: usize) -> Self {
        let byte = (0..=byte.min(text.len()))
            .rev()
            .find(|byte| text.is_char_boundary(*byte))
            .unwrap_or_default();
        let (before, after) = text.split_at(byte);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line: String =
            before[start..].chars().chain(after.chars().take_while(|c| *c != '\n')).collect();
        let number = before.matches('\n').count() + 1;
        Self { place: Some((number, before[start..].chars().count() + 1, line)), ..self }
    }
}

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some((line, column, text)) = &self.place {
            // What is shown of a long line, around the place.
            const WIDTH: usize = 100;
            let skip = column.saturating_sub(WIDTH / 2);
            let shown: String = text
                .chars()
                .skip(skip)
                .take(WIDTH)
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            let gutter = line.to_string().len();
            let pad = " ".repeat(gutter);
            let caret = " ".repeat(column.saturating_sub(1 + skip));
            write!(f, "\n{pad}--> {line}:{column}\n{pad} |\n{line} | {shown}\n{pad} | {caret}^")?;
        }
        match &self.help {
            Some(help) => write!(f, "\n  = help: {help}"),
            None => Ok(()),
        }
    }
}
