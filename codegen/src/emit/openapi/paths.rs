//! Where each action stands: OpenAPI has one operation for a path and method, and templates that differ in names alone are one path.
//!
//! An action is the operation of its last request that has a path of its own. The first action of a path and method (by id) has it. Every
//! further one gets the path with its id as fragment, `/graphql#list_issues`: no client sends a fragment, so the address is the same, and
//! each action stays an operation with an id of its own.

use actionspec_runtime::PreparedRequest;
use indexmap::IndexMap;

use crate::catalog::{Action, Breadth, HttpRequest, Integration, example_arguments};
use crate::emit::EmitError;
use crate::prepare::Preparer;
use crate::spec::Method;
use crate::text::placeholders;

/// An action, and the path that it is under.
pub(super) struct Placed<'a> {
    pub(super) action: &'a Action,
    /// The step whose request the operation is.
    pub(super) step: usize,
    /// That request.
    pub(super) http: &'a HttpRequest,
    /// The requests of the action as the client sends them, with all examples.
    pub(super) requests: Vec<PreparedRequest>,
    /// The path that is sent.
    pub(super) path: String,
    /// The path's key in the document: the path, or the path with a fragment.
    pub(super) key: String,
    /// The names in the path: as the action knows them, and as they are written.
    pub(super) renamed: IndexMap<String, String>,
    /// The ids of the actions that share path and method, of the one that has them.
    pub(super) alternatives: Vec<String>,
}

/// The actions that have a path of their own, by id.
pub(super) fn place(integration: &Integration) -> Result<Vec<Placed<'_>>, EmitError> {
    let preparer = Preparer::new(integration)
        .map_err(|message| EmitError::Sample { action: integration.id.clone(), message })?;
    let mut templates: IndexMap<String, String> = IndexMap::new();
    let mut owners: IndexMap<(String, Method), usize> = IndexMap::new();
    let mut placed: Vec<Placed> = Vec::new();
    for action in &integration.actions {
        let requests = action.steps.iter().enumerate().rev();
        let mut own = requests.filter_map(|(step, request)| Some((step, request.http()?)));
        let Some((step, http)) = own.find(|(_, http)| http.path.starts_with('/')) else {
            continue;
        };
        let own = &http.path;
        let path = templates.entry(shape(own)).or_insert_with(|| own.clone()).clone();
        let renamed = placeholders(own).into_iter().zip(placeholders(&path)).collect();
        let method = http.method;
        let mut key = path.clone();
        match owners.get(&(path.clone(), method)) {
            Some(owner) => {
                key = format!("{path}#{}", action.id);
                placed[*owner].alternatives.push(action.id.clone());
            }
            None => {
                owners.insert((path.clone(), method), placed.len());
            }
        }
        let arguments = example_arguments(integration, action, Breadth::All);
        let requests = preparer
            .requests(integration, action, &arguments)
            .map_err(|message| EmitError::sample(integration, action, message))?;
        let alternatives = Vec::new();
        placed.push(Placed { action, step, http, requests, path, key, renamed, alternatives });
    }
    Ok(placed)
}

/// A template without its names, but with which of them are the same.
fn shape(path: &str) -> String {
    let names = placeholders(path);
    let first = |name: &String| names.iter().position(|other| other == name).unwrap_or_default();
    names.iter().fold(path.to_owned(), |path, name| {
        path.replacen(&format!("{{{name}}}"), &format!("{{:{}}}", first(name)), 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_that_differ_in_names_alone_have_one_shape() {
        assert_eq!(shape("/a/{x}/b/{y}.json"), shape("/a/{id}/b/{other}.json"));
        assert_ne!(shape("/a/{x}/b/{x}"), shape("/a/{x}/b/{y}"));
        assert_ne!(shape("/a/{x}"), shape("/b/{x}"));
    }
}
