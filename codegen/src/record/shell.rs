//! Words of a command line, as a POSIX shell splits them, with bash's `$'…'`. Nothing is expanded or run: `$NAME` stays as it is.
//!
//! Crates that split command lines know neither `$'…'`, which browsers write, nor where a word stands.

use super::report::Fault;

/// A word without its quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// The byte where it begins.
    pub(super) at: usize,
}

/// The words of the first command, and what ended it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) words: Vec<Word>,
    /// An operator before the end of the text: `|`, `;`, `&&`.
    pub(super) ended_by: Option<String>,
}

/// Splits a command line.
pub(super) fn split(text: &str) -> Result<Command, Fault> {
    let mut lexer = Lexer { text, rest: text };
    let mut words = Vec::new();
    loop {
        lexer.skip_blanks();
        if lexer.rest.starts_with('#') {
            lexer.take_while(|c| c != '\n');
            continue;
        }
        let Some(c) = lexer.peek() else { return Ok(Command { words, ended_by: None }) };
        match c {
            '\n' if words.is_empty() => {
                lexer.next();
            }
            '\n' => {
                let more = !lexer.rest.trim().is_empty();
                return Ok(Command { words, ended_by: more.then(|| "a new line".to_owned()) });
            }
            '|' | ';' | '&' | '(' | ')' => {
                let operator: String = lexer.rest.chars().take_while(|next| *next == c).collect();
                return Ok(Command { words, ended_by: Some(operator) });
            }
            '<' | '>' => lexer.redirection()?,
            _ => {
                let at = lexer.position();
                let text = lexer.word()?;
                // `2>/dev/null`
                let is_descriptor = !text.is_empty()
                    && text.bytes().all(|byte| byte.is_ascii_digit())
                    && lexer.rest.starts_with(['<', '>']);
                if !is_descriptor {
                    words.push(Word { text, at });
                }
            }
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    rest: &'t str,
}

impl Lexer<'_> {
    fn position(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) {
        self.rest = self.rest.trim_start_matches(wanted);
    }

    fn fault(&self, at: usize, message: &str) -> Fault {
        Fault::new(message).at(self.text, at)
    }

    /// Blanks, and line breaks that a backslash takes away.
    fn skip_blanks(&mut self) {
        loop {
            let before = self.rest;
            self.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\u{a0}'));
            for continued in ["\\\n", "\\\r\n"] {
                self.rest = self.rest.strip_prefix(continued).unwrap_or(self.rest);
            }
            if self.rest == before {
                return;
            }
        }
    }

    /// An operator and the file that it names.
    fn redirection(&mut self) -> Result<(), Fault> {
        let at = self.position();
        if self.rest.starts_with("<<") {
            return Err(self
                .fault(at, "the command takes its input from lines below, which are not read")
                .help("write the body into a file, and give its name as `--data @FILE`"));
        }
        self.take_while(|c| matches!(c, '<' | '>' | '&' | '|'));
        self.skip_blanks();
        self.word().map(drop)
    }

    fn word(&mut self) -> Result<String, Fault> {
        let mut word = Vec::new();
        while let Some(c) = self.peek() {
            let at = self.position();
            match c {
                ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '|' | ';' | '<' | '>' | '(' | ')' => break,
                // Between letters it is an address that somebody forgot to quote.
                '&' if word.is_empty()
                    || !self.rest[1..].starts_with(|next: char| next.is_alphanumeric()) =>
                {
                    break;
                }
                '\'' => {
                    self.next();
                    self.single(&mut word, at)?;
                }
                '"' => {
                    self.next();
                    self.double(&mut word, at)?;
                }
                '$' if self.rest.starts_with("$'") => {
                    self.rest = &self.rest[2..];
                    self.ansi(&mut word, at)?;
                }
                '$' if self.rest.starts_with("$\"") => {
                    self.rest = &self.rest[2..];
                    self.double(&mut word, at)?;
                }
                '$' if self.rest.starts_with("$(") => self.substitution(&mut word, at)?,
                '`' => {
                    return Err(self
                        .fault(at, "command substitution is not supported")
                        .help("write what it gives in its place"));
                }
                '\\' => {
                    self.next();
                    match self.next() {
                        Some('\n') => {}
                        Some('\r') if self.rest.starts_with('\n') => {
                            self.next();
                        }
                        Some(c) => push(&mut word, c),
                        None => return Err(self.fault(at, "the command ends with a backslash")),
                    }
                }
                '^' if self.rest.starts_with("^\n")
                    || self.rest.starts_with("^\r\n")
                    || self.rest.starts_with("^\"") =>
                {
                    return Err(self
                        .fault(at, "the command is quoted for cmd.exe")
                        .help("choose “Copy as cURL (bash)” in the browser"));
                }
                c => {
                    self.next();
                    push(&mut word, c);
                }
            }
        }
        Ok(String::from_utf8_lossy(&word).into_owned())
    }

    fn single(&mut self, word: &mut Vec<u8>, at: usize) -> Result<(), Fault> {
        let Some((quoted, rest)) = self.rest.split_once('\'') else {
            return Err(self.fault(at, "the single quote is never closed"));
        };
        word.extend_from_slice(quoted.as_bytes());
        self.rest = rest;
        Ok(())
    }

    fn double(&mut self, word: &mut Vec<u8>, at: usize) -> Result<(), Fault> {
        loop {
            match self.next() {
                None => return Err(self.fault(at, "the double quote is never closed")),
                Some('"') => return Ok(()),
                Some('\\') => match self.next() {
                    Some('\n') => {}
                    Some(c @ ('"' | '\\' | '$' | '`')) => push(word, c),
                    Some(c) => {
                        word.push(b'\\');
                        push(word, c);
                    }
                    None => return Err(self.fault(at, "the double quote is never closed")),
                },
                Some(c) => push(word, c),
            }
        }
    }

    /// `$(…)` is kept as it stands: whoever wrote it had a secret or an id there.
    fn substitution(&mut self, word: &mut Vec<u8>, at: usize) -> Result<(), Fault> {
        let mut depth = 0_usize;
        while let Some(c) = self.next() {
            push(word, c);
            match c {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        Err(self.fault(at, "the parenthesis is never closed"))
    }

    /// `$'…'`, with the escapes of C.
    fn ansi(&mut self, word: &mut Vec<u8>, at: usize) -> Result<(), Fault> {
        loop {
            match self.next() {
                None => return Err(self.fault(at, "the quote of `$'` is never closed")),
                Some('\'') => return Ok(()),
                Some('\\') => self.escape(word, at)?,
                Some(c) => push(word, c),
            }
        }
    }

    fn escape(&mut self, word: &mut Vec<u8>, at: usize) -> Result<(), Fault> {
        let Some(c) = self.next() else {
            return Err(self.fault(at, "the quote of `$'` is never closed"));
        };
        match c {
            'a' => word.push(0x07),
            'b' => word.push(0x08),
            'e' | 'E' => word.push(0x1b),
            'f' => word.push(0x0c),
            'n' => word.push(b'\n'),
            'r' => word.push(b'\r'),
            't' => word.push(b'\t'),
            'v' => word.push(0x0b),
            'c' => {
                let control = self.next().map(|c| (c as u32 & 0x1f) as u8);
                word.extend(control);
            }
            'x' => match self.number(16, 2) {
                #[expect(clippy::cast_possible_truncation, reason = "two hexadecimal digits")]
                Some(byte) => word.push(byte as u8),
                None => word.extend_from_slice(b"\\x"),
            },
            'u' | 'U' => match self.number(16, if c == 'u' { 4 } else { 8 }) {
                Some(number) => {
                    push(word, char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                None => {
                    word.push(b'\\');
                    push(word, c);
                }
            },
            '0'..='7' => {
                self.rest = &self.text[self.position() - 1..];
                let byte = self.number(8, 3).unwrap_or_default();
                word.push((byte & 0xff) as u8);
            }
            '\\' | '\'' | '"' | '?' => push(word, c),
            other => {
                word.push(b'\\');
                push(word, other);
            }
        }
        Ok(())
    }

    fn number(&mut self, radix: u32, most: usize) -> Option<u32> {
        let digits: String =
            self.rest.chars().take(most).take_while(|c| c.is_digit(radix)).collect();
        self.rest = &self.rest[digits.len()..];
        u32::from_str_radix(&digits, radix).ok()
    }
}

fn push(word: &mut Vec<u8>, c: char) {
    word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        split(text)
            .map(|command| command.words.into_iter().map(|word| word.text).collect())
            .unwrap_or_default()
    }

    #[test]
    fn quotes_are_read_as_a_shell_reads_them() {
        for (text, wanted) in [
            ("a  b\tc", vec!["a", "b", "c"]),
            ("'a b' \"c d\" e\\ f", vec!["a b", "c d", "e f"]),
            ("'it'\\''s'", vec!["it's"]),
            (r#""a\"b\\c\$d\e""#, vec![r#"a"b\c$d\e"#]),
            (r"$'a\'b\n\x41\u00e9\101\\'", vec!["a'b\nAéA\\"]),
            (r"$'\xc3\xa9'", vec!["é"]),
            ("a \\\n  b \\\r\n c", vec!["a", "b", "c"]),
            ("'' \"\"", vec!["", ""]),
            ("x'y'\"z\"$'w'", vec!["xyzw"]),
            ("a # comment", vec!["a"]),
            ("a#b", vec!["a#b"]),
            ("$TOKEN \"${A}b\" $(pass show 'a b')", vec!["$TOKEN", "${A}b", "$(pass show 'a b')"]),
            ("a > out.txt 2>/dev/null b", vec!["a", "b"]),
            ("http://h/?a=1&b=2", vec!["http://h/?a=1&b=2"]),
            ("\n\n a", vec!["a"]),
        ] {
            assert_eq!(words(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_command_ends_where_the_next_begins() {
        for (text, end) in [
            ("a | jq .", Some("|")),
            ("a; b", Some(";")),
            ("a && b", Some("&&")),
            ("a &", Some("&")),
            ("a\nb", Some("a new line")),
            ("a\n", None),
        ] {
            let command = split(text).expect("words");
            assert_eq!((command.words.len(), command.ended_by.as_deref()), (1, end), "{text}");
        }
    }

    #[test]
    fn what_is_not_closed_is_told_with_its_place() {
        for (text, place) in [
            ("a 'b", (1, 3)),
            ("a\\\n \"b", (2, 2)),
            ("a $'b", (1, 3)),
            ("a `b`", (1, 3)),
            ("a <<EOF", (1, 3)),
            ("a \\", (1, 3)),
            ("a $(b", (1, 3)),
            ("a ^\n b", (1, 3)),
        ] {
            let (line, column, _) = split(text).expect_err(text).place.expect("a place");
            assert_eq!((line, column), place, "{text}");
        }
    }

    fn quoted(text: &str) -> String {
        format!("'{}'", text.replace('\'', r"'\''"))
    }

    fn ansi_quoted(text: &str) -> String {
        let escaped: String = text
            .chars()
            .map(|c| match c {
                '\'' | '\\' => format!("\\{c}"),
                '\n' => "\\n".to_owned(),
                c if u32::from(c) < 0x20 || u32::from(c) > 0x7e => {
                    format!("\\U{:08x}", u32::from(c))
                }
                c => c.to_string(),
            })
            .collect();
        format!("$'{escaped}'")
    }

    fn double_quoted(text: &str) -> String {
        let escaped: String =
            text.chars()
                .map(|c| {
                    if matches!(c, '"' | '\\' | '$' | '`') {
                        format!("\\{c}")
                    } else {
                        c.to_string()
                    }
                })
                .collect();
        format!("\"{escaped}\"")
    }

    proptest! {
        #[test]
        fn whatever_is_quoted_comes_back(texts in proptest::collection::vec(any::<String>(), 1..5), way in 0..3_usize) {
            let quote = [quoted, ansi_quoted, double_quoted][way];
            let line = texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(" \\\n  ");
            prop_assert_eq!(words(&line), texts);
        }

        #[test]
        fn any_text_is_split_or_refused(text in any::<String>()) {
            drop(split(&text));
        }

        #[test]
        fn any_mixture_of_quotes_is_split_or_refused(text in "[ab'\"\\\\$(){}`|&;<>^ \n\r#xuU0-9]{0,40}") {
            drop(split(&text));
        }
    }
}
