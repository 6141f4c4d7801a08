//! `{placeholders}` in texts of a spec.

/// A text in parts: constants, and names of placeholders.
pub(crate) enum Part<'a> {
    Constant(&'a str),
    Placeholder(&'a str),
}

/// The parts of a template. Braces around anything but a name are text.
pub(crate) fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    let mut searched = 0;
    while let Some(open) = rest[searched..].find('{').map(|at| at + searched) {
        let Some(close) = rest[open..].find('}').map(|at| at + open) else { break };
        let name = &rest[open + 1..close];
        if is_name(name) {
            parts.push(Part::Constant(&rest[..open]));
            parts.push(Part::Placeholder(name));
            rest = &rest[close + 1..];
            searched = 0;
        } else {
            searched = open + 1;
        }
    }
    parts.push(Part::Constant(rest));
    parts
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.$:[]".contains(c))
}

/// The text with its placeholders filled; `None` if one of them has no value.
pub(crate) fn fill<E>(template: &str, mut value: impl FnMut(&str) -> Result<Option<String>, E>) -> Result<Option<String>, E> {
    let mut text = String::new();
    for part in parts(template) {
        match part {
            Part::Constant(constant) => text.push_str(constant),
            Part::Placeholder(name) => match value(name)? {
                Some(value) => text.push_str(&value),
                None => return Ok(None),
            },
        }
    }
    Ok(Some(text))
}
