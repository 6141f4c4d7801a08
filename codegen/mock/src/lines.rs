//! Lines over TCP: a line is matched to an action's, its values held against the spec, and the answer is the example.

use std::io;
use std::sync::Arc;

use actionspec_codegen::catalog::infer::Types;
use actionspec_codegen::catalog::{Action, Example, Integration, Parameter, Request, Type};
use actionspec_model::validate::{self, Mode};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The longest line that is read.
const LONGEST: u64 = 64 * 1024;

/// Serves an integration until accepting fails.
pub(crate) async fn serve(listener: TcpListener, integration: Arc<Integration>) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let integration = Arc::clone(&integration);
        tokio::spawn(async move { answer(stream, &integration).await });
    }
}

async fn answer(mut stream: TcpStream, integration: &Integration) -> io::Result<()> {
    let mut line = Vec::new();
    BufReader::new(&mut stream).take(LONGEST).read_until(b'\n', &mut line).await?;
    let text = match line.strip_suffix(b"\r\n").map(|line| std::str::from_utf8(line)) {
        Some(Ok(line)) => reply(integration, line),
        _ => "% error: a line ends with CR and LF and is UTF-8\n".to_owned(),
    };
    stream.write_all(text.replace('\n', "\r\n").as_bytes()).await?;
    stream.shutdown().await
}

/// An action that may send a line.
struct Candidate<'a> {
    /// How much of its template never varies.
    literal: usize,
    /// Whether the line is for servers that others refer to.
    referred: bool,
    action: &'a Action,
    /// What the line gives its parameters.
    values: Vec<(String, String)>,
}

/// The example of the action that sends such a line, or what is wrong with it.
fn reply(integration: &Integration, line: &str) -> String {
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for action in &integration.actions {
        for (referred, template) in
            action.steps.iter().filter_map(|step| templates(&step.request)).flatten()
        {
            if let Some(values) = matches(template, line) {
                let literal =
                    template.len() - values.iter().map(|(name, _)| name.len() + 2).sum::<usize>();
                candidates.push(Candidate { literal, referred, action, values });
            }
        }
    }
    // What says more that never varies is meant, and then what is asked first.
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.literal), candidate.referred));
    let types: Types = integration.types.iter().map(|def| (def.name.as_str(), def)).collect();
    let mut complaints = Vec::new();
    for Candidate { action, values, .. } in &candidates {
        let problems = problems(action, values, &types);
        if problems.is_empty() {
            return example(action);
        }
        complaints.extend(problems.into_iter().map(|problem| format!("{}: {problem}", action.id)));
    }
    if complaints.is_empty() {
        complaints.push("no action sends such a line".to_owned());
    }
    complaints
        .iter()
        .map(|complaint| format!("% error: {complaint}\n"))
        .collect::<Vec<_>>()
        .concat()
}

/// The lines of a request, and whether each is for servers that others refer to.
fn templates(request: &Request) -> Option<impl Iterator<Item = (bool, &String)>> {
    let Request::Line(tcp) = request else { return None };
    let referred =
        tcp.referral.iter().flat_map(|referral| referral.send.values()).map(|line| (true, line));
    Some(std::iter::once((false, &tcp.send)).chain(referred))
}

/// The values of a template's placeholders in a line; `None` if the line is another.
fn matches(template: &str, line: &str) -> Option<Vec<(String, String)>> {
    let mut values = Vec::new();
    let (mut template, mut rest) = (template, line);
    while let Some((before, after)) = template.split_once('{') {
        rest = rest.strip_prefix(before)?;
        let (name, tail) = after.split_once('}')?;
        let next = tail.split('{').next().unwrap_or_default();
        let end = if next.is_empty() { rest.len() } else { rest.find(next)? };
        if end == 0 {
            return None;
        }
        values.push((name.to_owned(), rest[..end].to_owned()));
        rest = &rest[end..];
        template = tail;
    }
    (rest == template).then_some(values)
}

fn problems(action: &Action, values: &[(String, String)], types: &Types<'_>) -> Vec<String> {
    let check =
        |parameter: &Parameter| {
            let value = values.iter().find(|(name, _)| *name == parameter.key).map(|(_, text)| {
                match parameter.schema.ty {
                    Type::Integer => {
                        text.parse::<i64>().map_or_else(|_| Value::from(text.as_str()), Value::from)
                    }
                    _ => Value::from(text.as_str()),
                }
            });
            let misfits = value.map_or_else(Vec::new, |value| {
                validate::check(&value, &parameter.schema, types, Mode::Strict)
            });
            misfits
                .into_iter()
                .map(|misfit| format!("`{}` does not fit: {}", parameter.key, misfit.message))
                .collect::<Vec<_>>()
        };
    action.parameters.iter().flat_map(check).collect()
}

fn example(action: &Action) -> String {
    match &action.output.example {
        Example::Given { value: Value::String(text), .. } => text.clone(),
        Example::Given { value, .. } => value["text"].as_str().unwrap_or_default().to_owned(),
        Example::None(_) => "mock: text\n".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_line_gives_the_values_of_its_template() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(matches("n + {ip}", "n + 192.0.2.1"), Some(vec![pair("ip", "192.0.2.1")]));
        assert_eq!(matches("{a} of {b}", "x of y z"), Some(vec![pair("a", "x"), pair("b", "y z")]));
        assert_eq!(matches("n {ip}", "n "), None);
        assert_eq!(matches("n", "m"), None);
    }
}
