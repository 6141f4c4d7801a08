//! `pattern`.

use regex_syntax::hir::{Class as CharacterClass, Hir, HirKind};
use serde_json::{Value, json};

use super::operand::{Operand, Pattern};
use super::{Class, Constraints, Keyword};
use crate::validate::Checker;

pub(super) struct PatternKeyword;

impl Keyword for PatternKeyword {
    fn name(&self) -> &'static str {
        "pattern"
    }

    fn code(&self) -> &'static str {
        "pattern"
    }

    fn about(&self) -> &'static str {
        "A regular expression that must match somewhere in the string (anchor it with `^` and `$` to match all of it). The syntax is that of \
         Rust's `regex` crate: linear time, so neither look-around nor back-references; write `[0-9]` for `\\d`, which also matches other digits."
    }

    fn class(&self) -> Class {
        Class::Strings
    }

    fn form(&self) -> Value {
        json!({ "type": "string" })
    }

    fn operand(&self, value: &Value) -> Result<Operand, String> {
        match value {
            Value::String(text) => Ok(Operand::Pattern(Pattern::new(text))),
            _ => Err("must be a regular expression".to_owned()),
        }
    }

    fn examples(&self) -> Vec<Value> {
        ["^[A-Z]{2}-[0-9]+$", "^(?:a|b)c?$", r"^\w+@\p{L}{3}\.$", "x", "^$"].map(Value::from).into()
    }

    fn check(&self, operand: &Operand, value: &Value, checker: &mut Checker<'_>) {
        if let (Operand::Pattern(pattern), Value::String(text)) = (operand, value)
            && !pattern.is_match(text)
        {
            checker.report(self.code(), format!("must match the pattern `{}`", pattern.as_str()));
        }
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        if left == right {
            return Ok(left.clone());
        }
        let text = |operand: &Operand| operand.to_value().as_str().unwrap_or_default().to_owned();
        Err(format!("the pattern `{}` here is `{}` there", text(right), text(left)))
    }

    fn phrase(&self, operand: &Operand, _: &Constraints) -> Option<String> {
        let Operand::Pattern(pattern) = operand else { return None };
        Some(format!("matches `{}`", pattern.as_str()))
    }

    /// The shortest text that comes to mind; patterns with assertions within may stay unsatisfied.
    fn mend(&self, operand: &Operand, sample: Value) -> Value {
        let (Operand::Pattern(pattern), Value::String(text)) = (operand, &sample) else {
            return sample;
        };
        if pattern.is_match(text) {
            return sample;
        }
        let Ok(hir) = regex_syntax::parse(pattern.as_str()) else { return sample };
        let mut made = String::new();
        write(&hir, &mut made);
        if pattern.is_match(&made) { Value::String(made) } else { sample }
    }
}

/// The most repetitions that are written out.
const MOST_REPEATED: u32 = 1_000;
/// Bytes of a sample after which writing ends: to match a long text against a large pattern takes minutes.
const MOST_BYTES: usize = 4_096;

fn write(hir: &Hir, out: &mut String) {
    if out.len() > MOST_BYTES {
        return;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => out.extend(member(class)),
        HirKind::Repetition(repetition) => {
            // Optional parts are left out; an unlimited repetition is written once.
            let usual = u32::from(repetition.max.is_none());
            for _ in 0..repetition.min.max(usual).min(MOST_REPEATED) {
                write(&repetition.sub, out);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, out)),
        HirKind::Alternation(parts) => {
            parts.first().into_iter().for_each(|part| write(part, out));
        }
    }
}

/// A member of a class: a letter or digit if it has one.
fn member(class: &CharacterClass) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        CharacterClass::Unicode(class) => {
            class.ranges().iter().map(|range| (range.start(), range.end())).collect()
        }
        CharacterClass::Bytes(class) => {
            class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect()
        }
    };
    let holds = |wanted: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&wanted));
    ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .find(holds)
        .or_else(|| ranges.first().map(|(start, _)| *start))
}
