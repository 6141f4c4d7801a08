//! What is wrong with arguments: everything at once, before any byte leaves the machine.

mod format;
mod pattern;
mod rules;
mod schema;
pub(crate) mod suggest;
mod union;
mod wire;

use std::collections::HashMap;
use std::fmt::{self, Write as _};

pub(crate) use pattern::matches_whole;

use serde_json::Value;

use crate::call::Arguments;
use crate::descriptor::{Action, Kind, Parameter, Schema, Step};

/// One thing that is wrong with the arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The parameter's key, then the place within its value: `expand/0`, `address/city`.
    pub parameter: String,
    /// What is wrong, as a word that programs can compare: `required`, `type`, `enum`, `min_length`, `pattern`, `one_of`, `unknown_parameter`,
    /// `rule`…
    pub code: &'static str,
    /// What is wrong, as a sentence without the parameter's name and without a full stop.
    pub message: String,
}

/// Everything that is wrong with the arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

impl std::error::Error for Violations {}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.parameter.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "`{}` {}", self.parameter, self.message)
        }
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl Violations {
    /// The violations, in the order of the parameters.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Collects violations below a place.
#[derive(Debug)]
pub(crate) struct Checker {
    path: String,
    /// Values of secret parameters appear in no message.
    secret: bool,
    found: Vec<Violation>,
    /// Whether a value fits a type, by their addresses: alternatives within alternatives are tried once.
    tried: HashMap<(*const Schema, *const Value), bool>,
    /// How many alternatives are being tried.
    trials: usize,
}

impl Checker {
    fn new() -> Self {
        Self {
            path: String::with_capacity(64),
            secret: false,
            found: Vec::new(),
            tried: HashMap::new(),
            trials: 0,
        }
    }

    fn report(&mut self, code: &'static str, message: impl Into<String>) {
        self.found.push(Violation { parameter: self.path.clone(), code, message: message.into() });
    }

    /// The same for an item of an array.
    fn at(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        // A path of a number in digits has nothing to escape.
        let _ = write!(self.path, "/{index}");
        check(self);
        self.path.truncate(length);
    }

    fn below(&mut self, step: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('/');
        }
        if step.contains(['~', '/']) {
            self.path.push_str(&step.replace('~', "~0").replace('/', "~1"));
        } else {
            self.path.push_str(step);
        }
        check(self);
        self.path.truncate(length);
    }
}

/// Checks the arguments of an action.
pub(crate) fn arguments(action: &Action, arguments: &Arguments) -> Result<(), Violations> {
    let mut checker = Checker::new();
    for parameter in action.parameters {
        checker.secret = parameter.secret;
        let step = action.steps.get(parameter.step);
        checker
            .below(parameter.key, |checker| check_parameter(checker, parameter, arguments, step));
    }
    checker.secret = false;
    unknown(&mut checker, action, arguments);
    rules::check(&mut checker, action, arguments);
    if checker.found.is_empty() { Ok(()) } else { Err(Violations(checker.found)) }
}

fn check_parameter(
    checker: &mut Checker,
    parameter: &Parameter,
    arguments: &Arguments,
    step: Option<&Step>,
) {
    if !arguments.has(parameter.key) {
        if parameter.required && parameter.default.is_none() {
            checker.report("required", "is required");
        }
        return;
    }
    if parameter.takes_files() {
        check_files(checker, parameter, arguments);
        return;
    }
    if let Some(value) = arguments.values.get(parameter.key) {
        let before = checker.found.len();
        schema::check(checker, &parameter.schema, value);
        // What has the wrong type cannot be judged for its place on the wire.
        if checker.found.len() == before {
            wire::check(checker, parameter, value, step);
        }
    } else {
        checker.report("type", "must not be a file");
    }
}

fn check_files(checker: &mut Checker, parameter: &Parameter, arguments: &Arguments) {
    let files = match arguments.files(parameter) {
        Ok(files) => files,
        Err(message) => return checker.report("type", message),
    };
    if parameter.schema.kind == Kind::Array {
        schema::check_count(checker, &parameter.schema, files.len() as u64);
    } else if files.len() > 1 {
        checker.report("type", "must be one file");
    }
    let Some(most) = parameter.max_bytes else { return };
    for file in files {
        if let Some(length) = file.length().filter(|length| *length > most) {
            checker.report("max_bytes", format!("has {length} bytes, the most is {most}"));
        }
    }
}

fn unknown(checker: &mut Checker, action: &Action, arguments: &Arguments) {
    let keys = || action.parameters.iter().map(|parameter| parameter.key);
    for key in arguments.keys() {
        if !keys().any(|known| known == key) {
            let hint = suggest::hint(key, keys());
            checker.below(key, |checker| {
                checker.report(
                    "unknown_parameter",
                    format!("is not a parameter of this action{hint}"),
                );
            });
        }
    }
}
