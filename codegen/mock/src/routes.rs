//! From method and path to an action's request.

use actionspec_codegen::catalog::{Action, Catalog, HttpRequest, Integration, Step};
use actionspec_codegen::spec::Style;
use percent_encoding::percent_decode_str;

/// A request of an action that a path leads to.
#[derive(Clone, Copy)]
pub(crate) struct Route<'a> {
    pub(crate) integration: &'a Integration,
    pub(crate) action: &'a Action,
    pub(crate) index: usize,
    /// The request of that step.
    pub(crate) http: &'a HttpRequest,
}

impl<'a> Route<'a> {
    pub(crate) fn step(&self) -> &'a Step {
        &self.action.steps[self.index]
    }

    pub(crate) fn is_last(&self) -> bool {
        self.index + 1 == self.action.steps.len()
    }
}

/// What a path leads to.
pub(crate) enum Found<'a> {
    /// Requests that could be meant, the most literal path first, with the values of the path's variables.
    Routes(Vec<(Route<'a>, Vec<(String, String)>)>),
    /// There is such a path, but not with this method.
    OtherMethod(&'a Integration),
    /// The integration has no such path.
    NoPath(&'a Integration),
    /// There is no such integration.
    NoIntegration,
}

/// Finds the actions that a method and path could mean.
pub(crate) fn find<'a>(catalog: &'a Catalog, method: &str, path: &str) -> Found<'a> {
    let path = path.trim_start_matches('/');
    let (slug, rest) = path.split_once('/').unwrap_or((path, ""));
    let Some(integration) =
        catalog.integrations.iter().find(|integration| integration.slug == slug)
    else {
        return Found::NoIntegration;
    };
    let segments: Vec<&str> = rest.split('/').collect();
    let mut found = Vec::new();
    let mut other_method = false;
    for action in &integration.actions {
        for (index, step) in action.steps.iter().enumerate() {
            let Some(http) = step.http() else { continue };
            let matched = match http.path.strip_prefix('{') {
                // The whole path is an address that an earlier answer gave.
                Some(_) => {
                    (rest == captured_path(action, index)).then(|| (segments.len(), Vec::new()))
                }
                None => matches(&http.path, &segments, spans(action, &http.path)),
            };
            let Some((literal, values)) = matched else { continue };
            if http.method.as_str() == method {
                found.push((literal, (Route { integration, action, index, http }, values)));
            } else {
                other_method = true;
            }
        }
    }
    found.sort_by(|(a, _), (b, _)| b.cmp(a));
    match (found.is_empty(), other_method) {
        (false, _) => Found::Routes(found.into_iter().map(|(_, route)| route).collect()),
        (true, true) => Found::OtherMethod(integration),
        (true, false) => Found::NoPath(integration),
    }
}

/// The path, below the integration's, of an address that an answer gives for a later step.
pub(crate) fn captured_path(action: &Action, index: usize) -> String {
    format!("-/{}/{index}", action.id)
}

/// Whether the last variable of a path spans segments.
fn spans(action: &Action, path: &str) -> bool {
    let last = path.rsplit('/').next().and_then(|last| last.strip_prefix('{')?.strip_suffix('}'));
    action
        .parameters
        .iter()
        .any(|parameter| parameter.style == Style::Segments && Some(parameter.key.as_str()) == last)
}

/// How many segments are literal, and the values of the others; `None` if the template does not match.
fn matches(
    template: &str,
    segments: &[&str],
    spans: bool,
) -> Option<(usize, Vec<(String, String)>)> {
    let template: Vec<&str> = template.trim_start_matches('/').split('/').collect();
    let joined;
    let mut segments = segments.to_vec();
    if spans && segments.len() > template.len() {
        joined = segments.split_off(template.len() - 1).join("/");
        segments.push(&joined);
    }
    if template.len() != segments.len() {
        return None;
    }
    let mut literal = 0;
    let mut values = Vec::new();
    for (pattern, segment) in template.iter().zip(&segments) {
        if pattern.contains('{') {
            values.extend(match_segment(pattern, segment)?);
        } else if percent_decode_str(segment).decode_utf8().is_ok_and(|text| text == *pattern) {
            literal += 1;
        } else {
            return None;
        }
    }
    Some((literal, values))
}

/// Matches one segment with variables in it: `{id}`, `{owner}.json`, `{a}:{b}`.
fn match_segment(pattern: &str, segment: &str) -> Option<Vec<(String, String)>> {
    let mut values = Vec::new();
    let (mut pattern, mut rest) = (pattern, segment);
    while let Some((before, after)) = pattern.split_once('{') {
        rest = rest.strip_prefix(before)?;
        let (name, tail) = after.split_once('}')?;
        let next = tail.split('{').next().unwrap_or_default();
        let end = if next.is_empty() { rest.len() } else { rest.find(next)? };
        let value = percent_decode_str(&rest[..end]).decode_utf8().ok()?;
        if value.is_empty() {
            return None;
        }
        values.push((name.to_owned(), value.into_owned()));
        rest = &rest[end..];
        pattern = tail;
    }
    (rest == pattern).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_gives_the_values_of_its_variables() {
        assert_eq!(
            matches("/a/{id}/b", &["a", "x%2Fy", "b"], false),
            Some((2, vec![("id".into(), "x/y".into())]))
        );
        assert_eq!(
            matches("/a/{id}.json", &["a", "7.json"], false),
            Some((1, vec![("id".into(), "7".into())]))
        );
        assert_eq!(matches("/a/{id}", &["a", ""], false), None);
        assert_eq!(matches("/a", &["b"], false), None);
        assert_eq!(
            matches("/a/{key}", &["a", "x", "y z"], true),
            Some((1, vec![("key".into(), "x/y z".into())]))
        );
        assert_eq!(matches("/a/{key}", &["a", "x", "y"], false), None);
    }
}
