//! The requests of an action, and how their answers are read.

use serde_json::Value;

use super::fields::{Damage, Fields, literal, word};
use crate::descriptor::{
    Body, Checksum, Line, Output, OutputKind, Poll, Referral, Run, SignatureAlgorithm,
    SignatureEncoding, Sql, Step,
};

const BODIES: &[(&str, Body)] = &[
    ("json", Body::Json),
    ("json_value", Body::JsonValue),
    ("form", Body::Form),
    ("multipart", Body::Multipart),
    ("raw", Body::Raw),
    ("xml", Body::Xml),
];
const ALGORITHMS: &[(&str, SignatureAlgorithm)] = &[
    ("sha1", SignatureAlgorithm::Sha1),
    ("sha256", SignatureAlgorithm::Sha256),
    ("sha512", SignatureAlgorithm::Sha512),
];
const ENCODINGS: &[(&str, SignatureEncoding)] =
    &[("hex", SignatureEncoding::Hex), ("base64", SignatureEncoding::Base64)];
const OUTPUTS: &[(&str, OutputKind)] = &[
    ("json", OutputKind::Json),
    ("xml", OutputKind::Xml),
    ("fields", OutputKind::Fields),
    ("text", OutputKind::Text),
    ("binary", OutputKind::Binary),
    ("headers", OutputKind::Headers),
    ("empty", OutputKind::Empty),
];

pub(super) fn step(value: &Value) -> Result<Step, Damage> {
    let fields = Fields::new("a step", value)?;
    let step = Step {
        name: fields.text("name")?,
        method: fields.text("method")?,
        path: fields.text("path")?,
        server: fields.text_option("server")?,
        query: fields.pairs("query")?,
        headers: fields.pairs("headers")?,
        body: fields.read("body", body)?.unwrap_or(Body::None),
        constants: fields.entries("constants", |value| Some(literal(value)))?,
        checksum: fields.read("checksum", checksum)?,
        item_element: fields.text("item_element")?,
        result_headers: fields.pairs("result_headers")?,
        capture: fields.pairs("capture")?,
        poll: fields.read("poll", poll)?,
    };
    fields.end()?;
    Ok(step)
}

fn body(value: &Value) -> Result<Body, Damage> {
    if let Some(body) = word(value, BODIES) {
        return Ok(body);
    }
    let fields = Fields::new("a body", value)?;
    let body = if let Some(document) = fields.text_option("graphql")? {
        Body::Graphql(document)
    } else if let Some(line) = fields.read("line", line)? {
        Body::Line(line)
    } else if let Some(sql) = fields.read("sql", sql)? {
        Body::Sql(sql)
    } else {
        return Err(Damage::new("a body is of no known kind"));
    };
    fields.end()?;
    Ok(body)
}

fn line(value: &Value) -> Result<&'static Line, Damage> {
    let fields = Fields::new("a line", value)?;
    let line = Line {
        send: fields.text("send")?,
        host_names: fields.texts("host_names")?,
        referral: fields.read("referral", referral)?,
    };
    fields.end()?;
    Ok(Box::leak(Box::new(line)))
}

fn referral(value: &Value) -> Result<Referral, Damage> {
    let fields = Fields::new("a referral", value)?;
    let most = fields.count("most")?.and_then(|most| u32::try_from(most).ok());
    let referral = Referral {
        fields: fields.texts("fields")?,
        most: most.ok_or_else(|| fields.wrong("most"))?,
        send: fields.pairs("send")?,
    };
    fields.end()?;
    Ok(referral)
}

fn sql(value: &Value) -> Result<&'static Sql, Damage> {
    let fields = Fields::new("a request in SQL", value)?;
    let run = match (
        fields.text_option("statement")?,
        fields.text_option("statement_from")?,
        fields.text_option("procedure")?,
    ) {
        (Some(text), _, _) => Some(Run::Statement(text)),
        (_, Some(key), _) => Some(Run::StatementFrom(key)),
        (_, _, Some(name)) => Some(Run::Procedure(name)),
        _ => fields.text_option("procedure_from")?.map(Run::ProcedureFrom),
    };
    let sql = Sql {
        run: run.ok_or_else(|| fields.wrong("statement"))?,
        arguments: fields.text_option("arguments")?,
    };
    fields.end()?;
    Ok(Box::leak(Box::new(sql)))
}

fn checksum(value: &Value) -> Result<Checksum, Damage> {
    let fields = Fields::new("a checksum", value)?;
    let checksum = Checksum {
        header: fields.text("header")?,
        algorithm: fields
            .map("algorithm", |value| word(value, ALGORITHMS))?
            .ok_or_else(|| fields.wrong("algorithm"))?,
        encoding: fields
            .map("encoding", |value| word(value, ENCODINGS))?
            .ok_or_else(|| fields.wrong("encoding"))?,
    };
    fields.end()?;
    Ok(checksum)
}

fn poll(value: &Value) -> Result<Poll, Damage> {
    let fields = Fields::new("a wait", value)?;
    let poll = Poll {
        state: fields.text("state")?,
        done: fields.literals("done")?,
        failed: fields.literals("failed")?,
        every_ms: fields.count("every_ms")?.ok_or_else(|| fields.wrong("every_ms"))?,
        timeout_ms: fields.count("timeout_ms")?.ok_or_else(|| fields.wrong("timeout_ms"))?,
    };
    fields.end()?;
    Ok(poll)
}

pub(super) fn output(value: &Value) -> Result<Output, Damage> {
    let fields = Fields::new("an output", value)?;
    let output = Output {
        kind: fields
            .map("kind", |value| word(value, OUTPUTS))?
            .ok_or_else(|| fields.wrong("kind"))?,
        at: fields.text("at")?,
        accept: fields.text("accept")?,
    };
    fields.end()?;
    Ok(output)
}
