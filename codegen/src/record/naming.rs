//! Names of actions and of variables in paths.

use std::collections::HashSet;

use heck::ToSnakeCase;

use super::group::{self, Operation, Segment, is_version};
use super::request::Content;
use crate::catalog::{infer, names};
use crate::spec::Method;

/// Segments that say nothing of what is asked for.
const EMPTY_WORDS: &[&str] = &[
    "api", "rest", "rpc", "services", "service", "public", "internal", "json", "gateway", "ajax",
    "graphql", "latest", "web", "wiki",
];

/// The name of a variable behind these segments: `user_id` behind `users`.
pub(super) fn variable(before: &[Segment]) -> String {
    let taken: Vec<&String> = before
        .iter()
        .filter_map(|segment| match segment {
            Segment::Variable { name, .. } => Some(name),
            Segment::Static(_) => None,
        })
        .collect();
    let name = match before.last() {
        Some(Segment::Static(text))
            if !is_version(text, None) && !EMPTY_WORDS.contains(&text.as_str()) =>
        {
            let one = singular(text);
            if one.ends_with("_id") || one == "id" { one } else { format!("{one}_id") }
        }
        _ => "id".to_owned(),
    };
    let mut unique = name.clone();
    let mut number = 2;
    while taken.iter().any(|known| **known == unique) {
        unique = format!("{name}_{number}");
        number += 1;
    }
    unique
}

/// One of what a segment names, in `snake_case`.
fn singular(text: &str) -> String {
    let one = infer::singular(&infer::pascal(text)).to_snake_case();
    let one = names::ident(&one);
    one.trim_end_matches('_').to_owned()
}

fn plural(text: &str) -> bool {
    let pascal = infer::pascal(text);
    infer::singular(&pascal) != pascal
}

/// Gives each operation an id.
pub(super) struct Ids {
    taken: HashSet<String>,
    chosen: Option<String>,
}

impl Ids {
    pub(super) fn new(taken: impl IntoIterator<Item = String>, chosen: Option<&str>) -> Self {
        Self { taken: taken.into_iter().collect(), chosen: chosen.map(str::to_owned) }
    }

    pub(super) fn take(&mut self, operation: &Operation) -> String {
        if let Some(chosen) = self.chosen.take() {
            self.taken.insert(chosen.clone());
            return chosen;
        }
        let wanted: String = id(operation).chars().take(58).collect();
        let wanted = wanted.trim_matches('_').to_owned();
        let mut name = wanted.clone();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        name
    }
}

/// `list_users`, `get_user`, `create_user`, `list_user_groups`, `activate_user`
fn id(operation: &Operation) -> String {
    if let Some(name) = operation.requests.first().and_then(graphql_name) {
        return name;
    }
    let segments = &operation.segments;
    let words: Vec<(&str, bool)> = segments
        .iter()
        .enumerate()
        .filter_map(|(index, segment)| match segment {
            Segment::Static(text)
                if !is_version(text, previous(segments, index))
                    && !EMPTY_WORDS.contains(&text.as_str())
                    && !text.is_empty() =>
            {
                let followed = matches!(segments.get(index + 1), Some(Segment::Variable { .. }));
                Some((text.split('.').next().unwrap_or(text), followed))
            }
            _ => None,
        })
        .collect();
    let ends_with_variable = matches!(segments.last(), Some(Segment::Variable { .. }));
    let Some(((last, _), before)) = words.split_last().map(|(last, before)| (*last, before)) else {
        return format!("{}_root", verb(operation.method, false));
    };
    // One owner is enough to tell groups of users from groups.
    let owner = before.last().filter(|(_, followed)| *followed).map(|(text, _)| singular(text));
    let owner = owner.map_or_else(String::new, |owner| format!("{owner}_"));
    let last_words = snake(last);
    let is_verb = !plural(last)
        && !ends_with_variable
        && operation.method == Method::Post
        && !before.is_empty();
    if is_verb {
        let object = before
            .last()
            .map(|(text, followed)| if *followed { singular(text) } else { snake(text) })
            .unwrap_or_default();
        return format!("{last_words}_{object}");
    }
    let is_list = !ends_with_variable
        && operation.method == Method::Get
        && (answers_with_a_list(operation) || plural(last));
    let noun = if is_list || (operation.method == Method::Get && !ends_with_variable) {
        last_words
    } else {
        singular(last)
    };
    format!("{}_{owner}{noun}", verb(operation.method, is_list))
}

fn previous(segments: &[Segment], index: usize) -> Option<&str> {
    match segments.get(index.checked_sub(1)?)? {
        Segment::Static(text) => Some(text),
        Segment::Variable { .. } => None,
    }
}

fn snake(text: &str) -> String {
    names::ident(text).trim_end_matches('_').to_owned()
}

fn verb(method: Method, is_list: bool) -> &'static str {
    match method {
        Method::Get if is_list => "list",
        Method::Get => "get",
        Method::Head => "check",
        Method::Post => "create",
        Method::Put => "replace",
        Method::Patch => "update",
        Method::Delete => "delete",
        Method::Options => "ask",
    }
}

fn answers_with_a_list(operation: &Operation) -> bool {
    operation.requests.iter().filter_map(|one| one.answer.as_ref()).any(|answer| {
        match &answer.content {
            Content::Json(value) => {
                value.is_array()
                    || value.as_object().is_some_and(|fields| {
                        fields.values().any(|field| {
                            field
                                .as_array()
                                .is_some_and(|items| items.iter().any(serde_json::Value::is_object))
                        })
                    })
            }
            _ => false,
        }
    })
}

/// The name of a GraphQL operation: `query Viewer {` is `query_viewer`.
fn graphql_name(one: &super::request::Recorded) -> Option<String> {
    let document = group::graphql(one)?;
    let mut words = document
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty());
    let kind = words.next().filter(|word| matches!(*word, "query" | "mutation"));
    let name = snake(kind.and_then(|_| words.next()).or_else(|| {
        document.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| !word.is_empty())
    })?);
    Some(if name.contains('_') { name } else { format!("{}_{name}", kind.unwrap_or("query")) })
}

#[cfg(test)]
mod tests {
    use super::super::request::{Address, Recorded};
    use super::*;
    use crate::record::report::Report;

    fn named(method: Method, url: &str) -> (String, String) {
        let address = Address::parse(url).expect("an address");
        let operations =
            group::group(vec![Recorded::new(method, address, "test")], &mut Report::default());
        (Ids::new([], None).take(&operations[0]), operations[0].path())
    }

    #[test]
    fn actions_are_named_by_what_they_do() {
        for (method, path, id, template) in [
            (Method::Get, "/api/v1/users", "list_users", "/api/v1/users"),
            (Method::Get, "/api/v1/users/17", "get_user", "/api/v1/users/{user_id}"),
            (Method::Post, "/users", "create_user", "/users"),
            (Method::Put, "/users/17", "replace_user", "/users/{user_id}"),
            (Method::Patch, "/users/17", "update_user", "/users/{user_id}"),
            (
                Method::Delete,
                "/users/17/sessions/4",
                "delete_user_session",
                "/users/{user_id}/sessions/{session_id}",
            ),
            (Method::Get, "/users/17/groups", "list_user_groups", "/users/{user_id}/groups"),
            (Method::Post, "/users/17/activate", "activate_user", "/users/{user_id}/activate"),
            (
                Method::Get,
                "/rest/api/2/issue/PROJ-1.json",
                "get_issue",
                "/rest/api/2/issue/{issue_id}.json",
            ),
            (Method::Get, "/me", "get_me", "/me"),
            (Method::Get, "/", "get_root", "/"),
            (
                Method::Get,
                "/repos/$OWNER/:repo/issues",
                "list_repo_issues",
                "/repos/{owner}/{repo}/issues",
            ),
        ] {
            assert_eq!(
                named(method, &format!("https://example.com{path}")),
                (id.to_owned(), template.to_owned())
            );
        }
    }
}
