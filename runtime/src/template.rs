//! `{placeholders}` in texts of a spec.

/// A text in parts: constants, and names of placeholders.
pub(crate) enum Part<'a> {
    Constant(&'a str),
    Placeholder(&'a str),
}

/// The parts of a template. Braces around anything but a name are text.
pub(crate) fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = Some(template);
    let mut name = None;
    std::iter::from_fn(move || {
        if let Some(name) = name.take() {
            return Some(Part::Placeholder(name));
        }
        let text = rest?;
        let Some((open, found)) = placeholder(text) else {
            rest = None;
            return Some(Part::Constant(text));
        };
        name = Some(found);
        rest = Some(&text[open + found.len() + 2..]);
        Some(Part::Constant(&text[..open]))
    })
}

/// The first placeholder: where it opens, and its name.
fn placeholder(text: &str) -> Option<(usize, &str)> {
    let mut searched = 0;
    loop {
        let open = text[searched..].find('{')? + searched;
        let close = text[open..].find('}')? + open;
        let name = &text[open + 1..close];
        if is_name(name) {
            return Some((open, name));
        }
        searched = open + 1;
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.$:[]".contains(c))
}

/// The text with its placeholders filled; `None` if one of them has no value.
pub(crate) fn fill<E>(
    template: &str,
    mut value: impl FnMut(&str) -> Result<Option<String>, E>,
) -> Result<Option<String>, E> {
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
