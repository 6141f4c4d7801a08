//! Bytes to text: size, encoding, characters.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, SourceFile};

/// The text of a file of at most `limit` bytes.
pub(super) fn read(path: &Path, shown: &str, limit: u64) -> Result<Arc<SourceFile>, Diagnostic> {
    let at = || SourceFile::new(shown, "").beginning();
    let fail = |error: &std::io::Error| {
        Diagnostic::error(Code::UnreadableFile, at(), format!("`{shown}` cannot be read: {error}"))
    };
    let large = || {
        Diagnostic::error(
            Code::TooLarge,
            at(),
            format!("the file is larger than {} MiB", limit >> 20),
        )
        .help(
            "shorten examples to one or two records, and split files that describe several things",
        )
    };
    let size = std::fs::symlink_metadata(path).map_err(|error| fail(&error))?.len();
    if size > limit {
        return Err(large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    // The file may grow between the two calls.
    File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(|error| fail(&error))?;
    if bytes.len() as u64 > limit {
        return Err(large());
    }
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(shown, error))?;
    let file = SourceFile::new(shown, text);
    // Most files hold nothing but ASCII.
    if file.text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')) {
        return Ok(file);
    }
    match file.text.char_indices().find(|(at, c)| refused(*at, *c)) {
        None => Ok(file),
        Some((at, c)) => {
            let message = format!(
                "the file contains the character U+{:04X}, which is not allowed",
                u32::from(c)
            );
            Err(Diagnostic::error(Code::BadCharacter, file.span(at..at + c.len_utf8()), message)
                .label("here")
                .help(
                    "remove it; where a value needs it, write an escape in a double-quoted string",
                ))
        }
    }
}

/// Control characters; a byte order mark only at the beginning is tolerated.
fn refused(at: usize, c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || (c == '\u{feff}' && at > 0)
}

fn not_utf8(shown: &str, error: std::string::FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let byte = bytes.get(at).copied().unwrap_or_default();
    // The replacement character takes the place of the first bad byte, so the offset stays true.
    let file = SourceFile::new(shown, String::from_utf8_lossy(&bytes));
    Diagnostic::error(Code::NotUtf8, file.span(at..at + 3), "the file is not UTF-8")
        .label(format!("the byte 0x{byte:02X} is not UTF-8"))
        .help("save the file as UTF-8")
}
