//! Paths of operations as request lines.

use super::document::Document;
use super::rules::Rule;

/// A path as the language writes it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Template {
    /// The path, `{name}` for each variable.
    pub(super) path: String,
    /// The variables, in order, each once.
    pub(super) variables: Vec<String>,
    /// What stood behind a question mark and does not vary.
    pub(super) query: Vec<(String, String)>,
    /// What stood there and varies.
    pub(super) query_parameters: Vec<String>,
}

/// Reads a path; `None` if it cannot be one.
pub(super) fn read(written: &str, at: &str, document: &Document) -> Option<Template> {
    let refuse = |why: &str| {
        document.note(Rule::BadPath, at, format!("`{written}`: {why}"));
        None
    };
    let without_fragment = written.split('#').next().unwrap_or_default();
    let (bare, query) = match without_fragment.split_once('?') {
        // `{?a,b}` is RFC 6570's way to say what parameters say better.
        Some((before, _)) if before.ends_with('{') => (before.trim_end_matches('{'), None),
        Some((before, query)) => (before, Some(query)),
        None => (without_fragment, None),
    };
    let mut template = Template::default();
    let mut rest = bare;
    while let Some(open) = rest.find(['{', '}']) {
        template.path.push_str(&rest[..open]);
        if rest[open..].starts_with('}') {
            return refuse("a brace without a partner");
        }
        let Some(length) = rest[open..].find('}') else {
            return refuse("a brace without a partner");
        };
        let Some(name) = variable(&rest[open + 1..open + length]) else {
            return refuse("a variable without a usable name");
        };
        template.path.push_str(&format!("{{{name}}}"));
        if !template.variables.contains(&name) {
            template.variables.push(name);
        }
        rest = &rest[open + length + 1..];
    }
    template.path.push_str(rest);
    tidy(&mut template.path);
    if template.path.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return refuse("white space");
    }
    if template.path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return refuse("a climbing segment");
    }
    if let Some(query) = query {
        document.note(Rule::QueryInPath, at, format!("`{query}`"));
        read_query(query, &mut template);
    }
    if query.is_none() && template.path != written {
        document.note(Rule::RepairedPath, at, format!("`{written}` is `{}`", template.path));
    }
    Some(template)
}

/// `{+path}`, `{proxy+}` and `{id:[0-9]+}` are `path`, `proxy` and `id`.
pub(super) fn variable(written: &str) -> Option<String> {
    let name = written
        .split(':')
        .next()
        .unwrap_or_default()
        .trim()
        .trim_start_matches(['+', ';', '.', '*'])
        .trim_end_matches(['*', '+']);
    let good = !name.is_empty()
        && name.len() <= 100
        && name.chars().all(|c| c.is_alphanumeric() || "_-.$@~!,=".contains(c));
    good.then(|| name.to_owned())
}

fn tidy(path: &mut String) {
    *path = path.trim().to_owned();
    while path.contains("//") {
        *path = path.replace("//", "/");
    }
    if !path.starts_with('/') {
        path.insert(0, '/');
    }
}

fn read_query(query: &str, template: &mut Template) {
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let braced = value
            .strip_prefix('{')
            .and_then(|inner| inner.strip_suffix('}'))
            .or_else(|| name.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')));
        match braced.and_then(variable) {
            Some(_) if !name.starts_with('{') => template.query_parameters.push(name.to_owned()),
            Some(parameter) => template.query_parameters.push(parameter),
            None if !value.contains(['{', '}']) && !name.contains(['{', '}']) => {
                template.query.push((name.to_owned(), value.to_owned()));
            }
            None => {}
        }
    }
}
