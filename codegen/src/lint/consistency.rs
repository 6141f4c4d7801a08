//! Facts that contradict each other within one integration: one of the two is not the vendor's.

use super::Findings;
use super::file::{Kind, SpecFile, join};
use crate::spec::{ActionSpec, BodyKind, ErrorCase, Location, ParameterSpec, RequestLine, Retry};

/// A key of a JSON body has the casing that responses have: of `firstName` and `first_name`, one is never read.
pub(super) fn check_body_keys(file: &SpecFile, findings: &mut Findings) {
    let Kind::Action(action) = file.kind else { return };
    let Some(path) = json_body(action) else { return };
    for (key, parameter) in &action.parameters {
        let name = parameter.wire_name.as_ref().unwrap_or(key);
        if !in_body(parameter, key, path) {
            continue;
        }
        let Some(spellings) = file.home.response_keys().get(&folded(name)) else { continue };
        if spellings.iter().all(|other| is_snake(other) != is_snake(name)) {
            let known: Vec<String> = spellings.iter().map(|other| format!("`{other}`")).collect();
            let known = known.join(" or ");
            findings
                .add(
                    file.tree.key(&join("/parameters", key)),
                    format!("`{name}` is spelled {known} in responses"),
                )
                .help(format!("use {known}, or give the key of the body as `at` if they differ"));
        }
    }
}

/// The path of a request with a JSON body.
fn json_body(action: &ActionSpec) -> Option<&str> {
    let (line, body) = match action.request.as_ref()? {
        RequestLine::Line(line) => (line, None),
        RequestLine::Full(full) => (&full.line, full.body),
        RequestLine::Tcp(_) | RequestLine::Sql(_) => return None,
    };
    let (method, path) = line.split_once(' ')?;
    let sends = matches!(method, "POST" | "PUT" | "PATCH");
    (sends && matches!(body, None | Some(BodyKind::Json))).then_some(path)
}

fn in_body(parameter: &ParameterSpec, key: &str, path: &str) -> bool {
    let placed = match parameter.location {
        None => !path.contains(&format!("{{{key}}}")),
        Some(location) => location == Location::Body,
    };
    placed && parameter.at.is_none()
}

/// What two spellings of one name have in common.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| *c != '_').collect::<String>().to_lowercase()
}

fn is_snake(name: &str) -> bool {
    name.trim_start_matches('_').contains('_')
}

/// A request that is refused after its own success is not safe to repeat.
pub(super) fn check_retries(file: &SpecFile, findings: &mut Findings) {
    let Kind::Action(action) = file.kind else { return };
    if !matches!(action.retry, Some(Retry::Safe)) {
        return;
    }
    for (key, case) in &action.errors {
        let (ErrorCase::Description(meaning) | ErrorCase::Detailed { description: meaning, .. }) =
            case;
        if key.starts_with("409") && meaning.to_lowercase().split_whitespace().any(is_already) {
            findings
                .add(
                    file.tree.value("/retry"),
                    format!("`safe` contradicts the error `{key}`: a repeat fails after a success"),
                )
                .help("write `retry: {unsafe: …}` with the reason");
        }
    }
}

fn is_already(word: &str) -> bool {
    word.trim_matches(|c: char| !c.is_alphabetic()) == "already"
}
