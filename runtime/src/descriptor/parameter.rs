//! Parameters and the rules across them.

use super::{Literal, Location, Schema, Style};

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// The key in JSON arguments.
    pub key: &'static str,
    /// The name on the wire.
    pub wire_name: &'static str,
    /// The name that people see.
    pub title: &'static str,
    /// Where it travels.
    pub location: Location,
    /// How arrays and objects are written outside JSON.
    pub style: Style,
    /// JSON pointer of its place in the body; empty: none, or the whole body.
    pub pointer: &'static str,
    /// The index of the step that carries it.
    pub step: usize,
    /// It must be given.
    pub required: bool,
    /// It is never printed.
    pub secret: bool,
    /// What is sent when the caller says nothing.
    pub default: Option<Literal>,
    /// The media type of a file part or raw body.
    pub media_type: Option<&'static str>,
    /// Most bytes of a file.
    pub max_bytes: Option<u64>,
    /// The type that it is bound as in SQL; empty: none.
    pub sql_type: &'static str,
    /// Why, if it is deprecated.
    pub deprecated: Option<&'static str>,
    /// The type.
    pub schema: Schema,
}

impl Parameter {
    /// An optional query parameter of any type.
    pub const DEFAULT: Self = Self {
        key: "",
        wire_name: "",
        title: "",
        location: Location::Query,
        style: Style::Repeat,
        pointer: "",
        step: 0,
        required: false,
        secret: false,
        default: None,
        media_type: None,
        max_bytes: None,
        sql_type: "",
        deprecated: None,
        schema: Schema::DEFAULT,
    };
}

/// A rule across parameters.
#[derive(Debug)]
pub struct Rule {
    /// What it demands.
    pub kind: RuleKind,
    /// The rule as a sentence; the message of a violation.
    pub sentence: &'static str,
}

/// What a rule demands. Parameters are named by key.
#[derive(Debug)]
pub enum RuleKind {
    /// One of these must be given, and only one.
    ExactlyOneOf(&'static [&'static str]),
    /// At least one of these must be given.
    AtLeastOneOf(&'static [&'static str]),
    /// At most one of these may be given.
    AtMostOneOf(&'static [&'static str]),
    /// All of these are given, or none.
    AllOrNone(&'static [&'static str]),
    /// Whoever gives the first must give the others.
    Requires(&'static str, &'static [&'static str]),
    /// The first cannot be given together with any of the others.
    Conflicts(&'static str, &'static [&'static str]),
    /// The parameters must be given when every condition holds.
    RequiredIf(&'static [&'static str], &'static [Condition]),
    /// The parameters may be given only when every condition holds.
    AllowedIf(&'static [&'static str], &'static [Condition]),
}

/// A parameter has one of these values.
#[derive(Debug)]
pub struct Condition {
    /// Its key.
    pub parameter: &'static str,
    /// The values.
    pub values: &'static [Literal],
}
