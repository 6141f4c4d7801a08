//! Requests of one method and path template are one operation.

use std::collections::HashMap;
use std::sync::LazyLock;

use indexmap::IndexMap;
use regex::Regex;

use super::credentials::looks_secret;
use super::naming;
use super::report::{Kind, Report};
use super::request::{Content, Recorded};
use super::shape::signature;
use crate::spec::Method;

/// One operation, with all the requests that were recorded of it.
pub(super) struct Operation {
    pub(super) method: Method,
    pub(super) segments: Vec<Segment>,
    pub(super) requests: Vec<Recorded>,
}

impl Operation {
    /// The path template: `/users/{user_id}`
    pub(super) fn path(&self) -> String {
        let text = |segment: &Segment| match segment {
            Segment::Static(text) => format!("/{}", encoded(text)),
            Segment::Variable { name, ending, .. } => format!("/{{{name}}}{}", encoded(ending)),
        };
        self.segments.iter().map(text).collect()
    }

    pub(super) fn variables(&self) -> impl Iterator<Item = (&String, &Vec<String>, bool)> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Variable { name, values, secret, .. } => Some((name, values, *secret)),
            Segment::Static(_) => None,
        })
    }
}

/// A segment of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Static(String),
    /// A variable, and what stands behind it in its segment: `.json`.
    Variable {
        name: String,
        values: Vec<String>,
        secret: bool,
        ending: String,
    },
}

/// Text that a path template may hold.
fn encoded(text: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b':')
        .remove(b'@')
        .remove(b'$')
        .remove(b',')
        .remove(b'!')
        .remove(b'*')
        .remove(b'(')
        .remove(b')')
        .remove(b'\'')
        .remove(b'=')
        .remove(b'+')
        .remove(b';');
    percent_encoding::utf8_percent_encode(text, KEPT).to_string()
}

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by a test")]
static IDS: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r"[0-9]+",
        r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
        r"[A-Z][A-Z0-9]+-[0-9]+",
        r"[a-z]{1,8}[-_][0-9]+",
        r"[a-z]{2,8}_[A-Za-z0-9]{8,}",
        r"[0-9]{1,20}[:_-][0-9A-Za-z:_-]{4,}",
    ];
    Regex::new(&format!("^(?:{})$", forms.join("|"))).unwrap()
});
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
static VERSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:v[0-9]+(?:\.[0-9]+)*(?:(?:alpha|beta|preview)[0-9]*)?|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[0-9]{1,2}\.[0-9]+(?:\.[0-9]+)?)$",
    )
    .unwrap()
});

/// Whether a text has the form of an id.
pub(super) fn is_id(text: &str) -> bool {
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    let has_letter = text.chars().any(char::is_alphabetic);
    let hex =
        text.len() >= 8 && has_digit && has_letter && text.chars().all(|c| c.is_ascii_hexdigit());
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // `0oa1gjh63g214q0Hq0g4`, a ULID, base64
    let random = text.len() >= 15
        && digits >= 3
        && has_letter
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '='));
    hex || random
        || IDS.is_match(text)
        || text.contains(['@', ' ', ',', '%'])
        || (text.starts_with('~') && text.len() > 1)
}

pub(super) fn is_version(text: &str, before: Option<&str>) -> bool {
    let after_api = matches!(before, Some("api" | "rest" | "rpc" | "services" | "latest"));
    VERSION.is_match(text)
        || (after_api && text.len() <= 2 && text.chars().all(|c| c.is_ascii_digit()))
}

/// `$USER_ID`, `${USER_ID}`, `{id}`, `:id`, `<id>`: what people write where an id goes.
fn placeholder(text: &str) -> Option<&str> {
    let inner = text
        .strip_prefix("${")
        .or_else(|| text.strip_prefix('{'))
        .and_then(|rest| rest.strip_suffix('}'))
        .or_else(|| text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')))
        .or_else(|| text.strip_prefix('$').filter(|rest| !rest.starts_with('(')))
        .or_else(|| text.strip_prefix(':'))?;
    let valid = inner.starts_with(|c: char| c.is_ascii_alphabetic())
        && inner.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    valid.then_some(inner)
}

/// Groups requests to operations, in the order of their first request.
pub(super) fn group(recorded: Vec<Recorded>, report: &mut Report) -> Vec<Operation> {
    let mut groups: IndexMap<(&'static str, Vec<String>, Option<String>), Operation> =
        IndexMap::new();
    for one in recorded {
        let segments = template(&one);
        let key = (one.method.as_str(), shape(&segments), graphql(&one));
        match groups.get_mut(&key) {
            Some(operation) => {
                join(&mut operation.segments, segments);
                operation.requests.push(one);
            }
            None => {
                let operation = Operation { method: one.method, segments, requests: vec![one] };
                groups.insert(key, operation);
            }
        }
    }
    let mut operations: Vec<Operation> = groups.into_values().collect();
    vary(&mut operations, report);
    operations
}

/// GraphQL documents of one address are operations of their own.
pub(super) fn graphql(one: &Recorded) -> Option<String> {
    let super::request::Body::Json(body) = &one.body else { return None };
    let query = body.get("query")?.as_str()?.trim();
    let is_document = query.starts_with(['{', 'q', 'm', 's', 'f', '#']) && query.contains('{');
    let known = body
        .as_object()?
        .keys()
        .all(|key| matches!(key.as_str(), "query" | "variables" | "operationName" | "extensions"));
    (is_document && known).then(|| query.to_owned())
}

fn template(one: &Recorded) -> Vec<Segment> {
    let written = one.segments();
    let mut segments: Vec<Segment> = Vec::with_capacity(written.len());
    let mut scope = crate::catalog::names::Scope::default();
    for (index, text) in written.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| written.get(index)).map(String::as_str);
        let (stem, ending) = match text.rsplit_once('.') {
            Some((stem, ending))
                if index + 1 == written.len()
                    && matches!(ending, "json" | "xml" | "csv" | "pdf") =>
            {
                (stem, format!(".{ending}"))
            }
            _ => (text.as_str(), String::new()),
        };
        let named = placeholder(stem);
        let secret = named.is_none() && looks_secret(stem) && !stem.contains('@');
        if named.is_none() && !secret && (is_version(text, before) || !is_id(stem)) {
            segments.push(Segment::Static(text.clone()));
            continue;
        }
        let name = named.map_or_else(|| naming::variable(&segments), crate::catalog::names::ident);
        let values = if named.is_some() || secret { Vec::new() } else { vec![stem.to_owned()] };
        segments.push(Segment::Variable { name: scope.take(name), values, secret, ending });
    }
    segments
}

fn shape(segments: &[Segment]) -> Vec<String> {
    let one = |segment: &Segment| match segment {
        Segment::Static(text) => text.clone(),
        Segment::Variable { ending, .. } => format!("{{}}{ending}"),
    };
    segments.iter().map(one).collect()
}

fn join(into: &mut [Segment], other: Vec<Segment>) {
    for (known, new) in into.iter_mut().zip(other) {
        if let (
            Segment::Variable { values, secret, .. },
            Segment::Variable { values: more, secret: also, .. },
        ) = (known, new)
        {
            *secret |= also;
            for value in more {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
    }
}

/// Method, path template and keys of the answer.
type Likeness = (&'static str, Vec<String>, Vec<String>);

/// A segment that varies between paths that are otherwise alike, with answers that are alike, is a variable.
fn vary(operations: &mut Vec<Operation>, report: &mut Report) {
    let longest =
        operations.iter().map(|operation| operation.segments.len()).max().unwrap_or_default();
    for position in 1..longest {
        let mut alike: HashMap<Likeness, Vec<usize>> = HashMap::new();
        for (index, operation) in operations.iter().enumerate() {
            let Some(Segment::Static(text)) = operation.segments.get(position) else { continue };
            if is_version(text, None) || operation.requests.iter().any(|one| graphql(one).is_some())
            {
                continue;
            }
            let Some(answer) = answer_of(operation) else { continue };
            let mut shape = shape(&operation.segments);
            shape[position] = String::from("{}");
            alike.entry((operation.method.as_str(), shape, answer)).or_default().push(index);
        }
        let mut merges: Vec<Vec<usize>> =
            alike.into_values().filter(|indices| indices.len() > 1).collect();
        merges.sort();
        let mut gone = Vec::new();
        for indices in merges {
            merge(operations, &indices, position, report);
            gone.extend_from_slice(&indices[1..]);
        }
        gone.sort_unstable();
        for index in gone.into_iter().rev() {
            operations.remove(index);
        }
    }
}

fn merge(operations: &mut [Operation], indices: &[usize], position: usize, report: &mut Report) {
    let mut values = Vec::new();
    let mut requests = Vec::new();
    for &index in indices {
        if let Segment::Static(text) = &operations[index].segments[position] {
            values.push(text.clone());
        }
        if index != indices[0] {
            requests.append(&mut operations[index].requests);
        }
    }
    let first = &mut operations[indices[0]];
    let name = naming::variable(&first.segments[..position]);
    let shown: Vec<String> = values.iter().take(4).map(|value| format!("`{value}`")).collect();
    report.add(
        Kind::Assumed,
        first.path(),
        format!(
            "{} are values of a variable, `{name}`: the responses have the same structure",
            shown.join(", ")
        ),
    );
    first.segments[position] =
        Segment::Variable { name, values, secret: false, ending: String::new() };
    first.requests.append(&mut requests);
}

/// What the answers of an operation have in common, if that is enough to tell it from others.
fn answer_of(operation: &Operation) -> Option<Vec<String>> {
    const TELLING: usize = 3;
    operation.requests.iter().find_map(|one| match &one.answer.as_ref()?.content {
        Content::Json(value) => {
            let keys: Vec<String> = signature(value).into_iter().collect();
            (keys.len() >= TELLING).then_some(keys)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_known_by_their_form() {
        for id in [
            "42",
            "123e4567-e89b-12d3-a456-426614174000",
            "5b10ac8d82e05b22cc7d4ef5",
            "PROJ-12",
            "cus_NffrFeUfNV2Hib",
            "00u1gjh63g214q0Hq0g4",
            "ada@example.com",
            "~5b10",
            "384093:32b4d9w0",
            "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        ] {
            assert!(is_id(id), "{id}");
        }
        for word in [
            "users",
            "me",
            "getUser",
            "oauth2",
            "v1",
            "deadbeef",
            "s3",
            "user-groups",
            "api_keys",
            "base64",
        ] {
            assert!(!is_id(word), "{word}");
        }
        assert!(
            is_version("2", Some("api"))
                && is_version("v1.1", None)
                && is_version("2024-01", None)
                && !is_version("2", Some("users"))
        );
    }

    #[test]
    fn what_people_write_for_an_id_is_a_variable() {
        for (text, name) in [
            ("$USER_ID", "USER_ID"),
            ("${id}", "id"),
            ("{userId}", "userId"),
            (":id", "id"),
            ("<id>", "id"),
        ] {
            assert_eq!(placeholder(text), Some(name), "{text}");
        }
        for text in ["users", "$(id)", "{}", "a:b", "$1"] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }
}
