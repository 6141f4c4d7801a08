//! Requests, and how their answers are read.

use serde_json::{Value, json};

use super::object::{Object, one};
use crate::catalog::{Action, Output, Step, Wire};
use crate::emit::rust::descriptors::milliseconds;
use crate::spec::{BodyKind, Checksum, Poll, SqlSpec, TcpSpec};

/// A request; of the last one also how its answer is read.
pub(super) fn step(step: &Step, output: Option<&Output>) -> Object {
    let (method, path) = match &step.wire {
        Wire::Http => (step.method.as_str(), step.path.as_str()),
        Wire::Tcp(_) => ("TCP", ""),
        Wire::Sql(_) => ("SQL", ""),
    };
    let headers = output.map(|output| &output.headers);
    Object::default()
        .text("name", &step.name)
        .with("method", method)
        .text("path", path)
        .maybe("server", step.server.as_deref())
        .entries("query", step.query.iter().map(|(name, value)| (name, value.as_str())))
        .entries("headers", step.headers.iter().map(|(name, value)| (name, value.as_str())))
        .maybe("body", body(step))
        .entries(
            "constants",
            step.constants.iter().map(|(pointer, value)| (pointer, value.clone())),
        )
        .maybe("checksum", step.checksum.as_ref().map(checksum))
        .maybe("item_element", output.and_then(|output| output.item_element.as_deref()))
        .entries(
            "result_headers",
            headers.into_iter().flatten().map(|(name, header)| (name, header.as_str())),
        )
        .entries("capture", step.capture.iter().map(|(name, pointer)| (name, pointer.as_str())))
        .maybe("poll", step.poll.as_ref().map(poll))
}

fn body(step: &Step) -> Option<Value> {
    match &step.wire {
        Wire::Tcp(tcp) => return Some(one("line", line(tcp))),
        Wire::Sql(sql) => return Some(one("sql", statement(sql))),
        Wire::Http => {}
    }
    Some(match step.body? {
        BodyKind::Json => "json".into(),
        BodyKind::JsonValue => "json_value".into(),
        BodyKind::Form => "form".into(),
        BodyKind::Multipart => "multipart".into(),
        BodyKind::Raw => "raw".into(),
        BodyKind::Xml => "xml".into(),
        BodyKind::Graphql => one("graphql", step.graphql.as_deref().unwrap_or_default()),
    })
}

fn line(tcp: &TcpSpec) -> Object {
    let referral = tcp.referral.as_ref().map(|referral| {
        Object::default()
            .list("fields", referral.fields.clone())
            .with("most", referral.most())
            .entries("send", referral.send.iter().map(|(host, line)| (host, line.as_str())))
    });
    Object::default()
        .with("send", tcp.send.as_str())
        .list("host_names", tcp.host_names.clone())
        .maybe("referral", referral)
}

fn statement(sql: &SqlSpec) -> Object {
    Object::default()
        .maybe("statement", sql.statement.as_deref())
        .maybe("statement_from", sql.statement_from.as_deref())
        .maybe("procedure", sql.procedure.as_deref())
        .maybe("procedure_from", sql.procedure_from.as_deref())
        .maybe("arguments", sql.arguments_from.as_deref())
}

fn checksum(checksum: &Checksum) -> Object {
    let Checksum { header, algorithm, encoding } = checksum;
    Object::default()
        .with("header", header.as_str())
        .with("algorithm", json!(algorithm))
        .with("encoding", json!(encoding))
}

fn poll(poll: &Poll) -> Object {
    Object::default()
        .with("state", poll.state.as_str())
        .list("done", poll.done.clone())
        .list("failed", poll.failed.clone())
        .with("every_ms", milliseconds(poll.every_seconds()))
        .with("timeout_ms", milliseconds(poll.timeout_seconds))
}

pub(super) fn output(action: &Action) -> Object {
    let kind = crate::output::kind(action.output.kind);
    let accept = action.output.media_type.as_deref().unwrap_or(kind.accept());
    Object::default().with("kind", kind.name()).text("at", &action.output.at).with("accept", accept)
}
