//! Hand-written texts are plain English: the phrases of a private idiom that this project once had do not come back.
//!
//! What users read is checked: templates, root documents, `--help`, the keys of the spec language, messages. Comments
//! in code are not.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::{Path, PathBuf};

/// Phrases that have a plainer form, each with that form. They are matched as whole words, in any case.
const PHRASES: &[(&str, &str)] = &[
    ("anew", "again"),
    ("asked for", "requested"),
    ("asks for", "requests"),
    ("goes away", "will be removed"),
    ("is no", "is not a"),
    ("mend", "fix"),
    ("nobody", "no one; or name who"),
    ("of its own", "separate"),
    ("of their own", "separate"),
    ("stands", "is; matches; is replaced by"),
    ("tells", "shows; returns; explains"),
    ("way to authenticate", "authentication scheme"),
    ("ways to authenticate", "authentication schemes"),
    ("whereupon", "and then"),
    ("whoever", "the user; callers"),
];

/// Where a phrase is right: a part of the line that holds it.
const ALLOWED: &[&str] =
    &["there is no", "There is no", "Whoever may use the site may see its themes."];

/// Which part of a file users read.
#[derive(Clone, Copy)]
enum Part {
    /// The whole text.
    All,
    /// Doc comments, which become `--help`, editor help or reference pages, and texts in quotes.
    DocsAndMessages,
    /// Texts in quotes.
    Messages,
}

/// The texts that are checked, files or folders.
const PLACES: &[(&str, Part)] = &[
    ("README.md", Part::All),
    ("CONTRIBUTING.md", Part::All),
    ("docs-templates", Part::All),
    ("codegen/src/diagnostics", Part::Messages),
    ("codegen/src/emit/docs", Part::Messages),
    ("codegen/src/import/rules.rs", Part::Messages),
    ("codegen/src/load", Part::Messages),
    ("codegen/src/lint", Part::Messages),
    ("codegen/src/record", Part::Messages),
    ("codegen/src/spec/action.rs", Part::DocsAndMessages),
    ("codegen/src/spec/common.rs", Part::DocsAndMessages),
    ("codegen/src/spec/integration.rs", Part::DocsAndMessages),
    ("codegen/src/spec/pagination.rs", Part::DocsAndMessages),
    ("codegen/src/spec/parameter.rs", Part::DocsAndMessages),
    ("runtime/src/client", Part::DocsAndMessages),
    ("runtime/src/error.rs", Part::DocsAndMessages),
    ("xtask/src", Part::DocsAndMessages),
];

#[test]
fn users_read_plain_english() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for (place, part) in PLACES {
        for path in files(&root.join(place)) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let shown = path.strip_prefix(root).unwrap().display().to_string();
            for (number, line) in text.lines().enumerate() {
                found.extend(faults(line, *part).map(|(phrase, better)| {
                    format!("{shown}:{}: `{phrase}`: write `{better}`\n    {line}", number + 1)
                }));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_phrase_is_found_as_words_and_only_in_what_users_read() {
    let phrases =
        |line: &str, part| faults(line, part).map(|(phrase, _)| phrase).collect::<Vec<_>>();
    assert_eq!(phrases("/// It tells more.", Part::DocsAndMessages), ["tells"]);
    assert_eq!(phrases("fail(\"`x` is no name\");", Part::Messages), ["is no"]);
    assert_eq!(phrases("/// It tells more.", Part::Messages), [""; 0]);
    assert_eq!(phrases("// It tells more.", Part::DocsAndMessages), [""; 0]);
    assert_eq!(phrases("It is not here; recommended; there is no such page.", Part::All), [""; 0]);
}

/// All files of a folder, or the file itself.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        assert!(path.exists(), "{} is listed and does not exist", path.display());
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).unwrap();
    entries.flat_map(|entry| files(&entry.unwrap().path())).collect()
}

/// The phrases in the part of a line that users read.
fn faults(line: &str, part: Part) -> impl Iterator<Item = (&'static str, &'static str)> {
    let text = read(line, part);
    let text = ALLOWED.iter().fold(text, |text, allowed| text.replace(allowed, ""));
    let words = format!(" {} ", words(&text));
    PHRASES.iter().copied().filter(move |(phrase, _)| words.contains(&format!(" {phrase} ")))
}

fn read(line: &str, part: Part) -> String {
    let code = line.trim();
    let is_doc = code.starts_with("///") || code.starts_with("//!");
    match part {
        Part::All => code.to_owned(),
        Part::DocsAndMessages if is_doc => code.to_owned(),
        Part::DocsAndMessages | Part::Messages if code.starts_with("//") => String::new(),
        Part::DocsAndMessages | Part::Messages => {
            code.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(" | ")
        }
    }
}

/// Lower-case words, one space between them; what is neither letter nor hyphen parts them with a mark.
fn words(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() || matches!(c, '-' | '_' | '\'') => {
                out.extend(c.to_lowercase());
            }
            c if c.is_whitespace() => out.push(' '),
            _ => out.push_str(" . "),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
