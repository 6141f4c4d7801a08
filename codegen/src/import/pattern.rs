//! Patterns of JSON Schema (ECMA 262) in the syntax of Rust's `regex` crate.

use std::iter::Peekable;
use std::str::Chars;

/// A pattern with the same meaning, or why there is none.
pub(super) fn translate(pattern: &str) -> Result<String, &'static str> {
    if pattern.len() > 4000 {
        return Err("it is too long");
    }
    let pattern = without_delimiters(pattern);
    let mut chars = pattern.chars().peekable();
    let mut out = String::with_capacity(pattern.len() + 8);
    while let Some(c) = chars.next() {
        match c {
            '\\' => escape(&mut chars, false, &mut out)?,
            '[' => class(&mut chars, &mut out)?,
            '(' => group(&mut chars, &mut out)?,
            '{' if !is_quantifier(&chars) => out.push_str("\\{"),
            '{' => {
                out.push('{');
                if chars.peek() == Some(&',') {
                    out.push('0');
                }
            }
            ']' | '}' if c == ']' || !closes_quantifier(&out) => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    // The same limits as the check of specs and the client have.
    regex::Regex::new(&out).map_err(|_| "it is not valid").map(|_| out)
}

/// `/…/i` as JavaScript writes it.
fn without_delimiters(pattern: &str) -> String {
    let inner = pattern.strip_prefix('/').and_then(|rest| rest.rsplit_once('/'));
    match inner {
        Some((body, flags))
            if !body.is_empty() && flags.chars().all(|flag| "gimsuy".contains(flag)) =>
        {
            let kept: String = flags.chars().filter(|flag| "ims".contains(*flag)).collect();
            if kept.is_empty() { body.to_owned() } else { format!("(?{kept}){body}") }
        }
        _ => pattern.to_owned(),
    }
}

/// Whether the characters after `{` make it a quantifier.
fn is_quantifier(chars: &Peekable<Chars>) -> bool {
    let rest: String = chars.clone().take_while(|c| *c != '}').take(24).collect();
    let closed = chars.clone().take(25).any(|c| c == '}');
    let (least, most) = rest.split_once(',').unwrap_or((&rest, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    closed && digits(least) && digits(most) && !(least.is_empty() && most.is_empty())
}

fn closes_quantifier(out: &str) -> bool {
    out.rsplit_once('{').is_some_and(|(before, inner)| {
        !before.ends_with('\\') && inner.chars().all(|c| c.is_ascii_digit() || c == ',')
    })
}

fn group(chars: &mut Peekable<Chars>, out: &mut String) -> Result<(), &'static str> {
    out.push('(');
    let ahead: String = chars.clone().take(3).collect();
    if ahead.starts_with("?=")
        || ahead.starts_with("?!")
        || ahead.starts_with("?<=")
        || ahead.starts_with("?<!")
    {
        return Err("it looks around");
    }
    if ahead.starts_with("?>") {
        return Err("it has an atomic group");
    }
    Ok(())
}

fn escape(
    chars: &mut Peekable<Chars>,
    in_class: bool,
    out: &mut String,
) -> Result<(), &'static str> {
    let Some(c) = chars.next() else { return Err("it ends with a backslash") };
    match c {
        'd' => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
        'D' => out.push_str(if in_class { "[^0-9]" } else { "[^0-9]" }),
        'w' => out.push_str(if in_class { "0-9A-Za-z_" } else { "[0-9A-Za-z_]" }),
        'W' => out.push_str("[^0-9A-Za-z_]"),
        's' | 'S' | 'n' | 'r' | 't' | 'f' | 'v' => out.extend(['\\', c]),
        'b' if in_class => out.push_str("\\x08"),
        'b' | 'B' => out.extend(['\\', c]),
        'A' | 'z' if !in_class => out.extend(['\\', c]),
        'Z' if !in_class => out.push_str("\\z"),
        '0' => out.push_str("\\x00"),
        'c' => match chars.next() {
            Some(letter) if letter.is_ascii_alphabetic() => {
                out.push_str(&format!("\\x{:02x}", (letter as u8) & 0x1f));
            }
            _ => return Err("it is not valid"),
        },
        'x' | 'u' | 'p' | 'P' => out.extend(['\\', c]),
        '1'..='9' => return Err("it refers back"),
        'k' => return Err("it refers back"),
        'Q' | 'E' => return Err("it quotes"),
        c if c.is_ascii_alphanumeric() => out.push(c),
        c if regex_syntax_needs(c) => out.extend(['\\', c]),
        c => out.push(c),
    }
    Ok(())
}

fn regex_syntax_needs(c: char) -> bool {
    "\\.+*?()|[]{}^$#&-~/".contains(c) && c != '/'
}

fn class(chars: &mut Peekable<Chars>, out: &mut String) -> Result<(), &'static str> {
    let negated = chars.next_if_eq(&'^').is_some();
    if chars.peek() == Some(&']') {
        chars.next();
        // Nothing, and not nothing.
        out.push_str(if negated { "(?s:.)" } else { "[^\\x00-\\x{10FFFF}]" });
        return Ok(());
    }
    out.push('[');
    if negated {
        out.push('^');
    }
    // After a class such as `\w`, and before one, a hyphen is itself.
    let mut after_set = true;
    loop {
        let Some(c) = chars.next() else { return Err("a class is not closed") };
        match c {
            ']' => break,
            '[' if chars.peek() == Some(&':') => {
                let name: String = chars.clone().take_while(|c| *c != ']').collect();
                if name.ends_with(':') && name.len() > 2 {
                    out.push('[');
                    out.push_str(&name);
                    out.push(']');
                    chars.nth(name.chars().count());
                    after_set = true;
                } else {
                    out.push_str("\\[");
                    after_set = false;
                }
            }
            '[' | '&' | '~' => {
                out.extend(['\\', c]);
                after_set = false;
            }
            '-' => {
                let mut ahead = chars.clone();
                let next = (ahead.next(), ahead.next());
                let before_set = matches!(
                    next,
                    (Some('\\'), Some('d' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P'))
                );
                let last = next.0 == Some(']');
                out.push_str(if after_set || before_set || last { "\\-" } else { "-" });
                after_set = false;
            }
            '\\' => {
                let set =
                    matches!(chars.peek(), Some('d' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P'));
                escape(chars, true, out)?;
                after_set = set;
            }
            c => {
                out.push(c);
                after_set = false;
            }
        }
    }
    out.push(']');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_know_stays_and_what_differs_is_translated() {
        for (ecma, rust) in [
            ("^[a-z]+$", "^[a-z]+$"),
            (r"^\d{3}-\w+$", "^[0-9]{3}-[0-9A-Za-z_]+$"),
            (r"[\w-.]", r"[0-9A-Za-z_\-.]"),
            (r"^\/a\/$", "^/a/$"),
            ("[^]", "(?s:.)"),
            ("a[[]b", r"a[\[]b"),
            ("{name}", r"\{name\}"),
            ("a{,3}", "a{0,3}"),
            ("/^x$/i", "(?i)^x$"),
            (r"\cA", r"\x01"),
            (r"\_\-", r"_\-"),
            (r"^[a-z&&b]$", r"^[a-z\&\&b]$"),
            // No pattern in ECMA 262, and one that harms nobody here.
            ("a**", "a**"),
        ] {
            assert_eq!(translate(ecma).as_deref(), Ok(rust), "{ecma}");
        }
    }

    #[test]
    fn what_rust_lacks_is_refused_and_nothing_panics() {
        for ecma in [
            "(?=a)b",
            r"(a)\1",
            "(?<!x)y",
            "[",
            "(",
            r"\",
            "(((((a{1000}){1000}){1000}){1000}){1000})",
        ] {
            assert!(translate(ecma).is_err(), "{ecma}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_translated_or_refused(pattern in "[\\[\\](){}^$\\\\a-c0-9,:?=!<>&~|*+.-]{0,24}") {
            if let Ok(translated) = translate(&pattern) {
                proptest::prop_assert!(regex::Regex::new(&translated).is_ok());
            }
        }
    }
}
