//! Diagnostics as workflow commands, which a forge shows beside the line.

use super::position::positions;
use super::{Diagnostic, Severity};

/// One workflow command.
pub(super) fn line(diagnostic: &Diagnostic) -> String {
    let (start, end) = positions(&diagnostic.primary.span);
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut place = format!(
        "file={},line={},col={}",
        property(&diagnostic.primary.span.file.path),
        start.line,
        start.column
    );
    if end.line == start.line && end.column > start.column {
        place = format!("{place},endColumn={}", end.column);
    }
    let helps = diagnostic.help.iter().map(|help| format!("\nhelp: {}", help.text));
    let notes = diagnostic.note.iter().map(|note| format!("\nnote: {note}"));
    let text: String =
        std::iter::once(diagnostic.message.clone()).chain(helps).chain(notes).collect();
    format!("::{level} {place},title={}::{}\n", diagnostic.code.id(), message(&text))
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, line};
    use crate::diagnostics::{Code, SourceFile};

    #[test]
    fn commands_cannot_be_broken_out_of() {
        let file = SourceFile::new("a,b:c%.yaml", "title: x\n");
        let found = Diagnostic::error(Code::UnknownKey, file.span(0..5), "50%\n::stop").help("x");
        assert_eq!(
            line(&found),
            "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,endColumn=6,title=AS0101::50%25%0A::stop%0Ahelp: x\n"
        );
    }
}
