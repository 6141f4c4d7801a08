//! What is wrong with arguments: everything at once, before any byte leaves the machine.

mod format;
mod rules;
mod schema;
mod union;
mod wire;

use std::collections::HashMap;
use std::fmt::Write as _;

use actionspec_model::suggest;
pub use actionspec_model::{Violation, Violations};

use actionspec_model::pointer;
use serde_json::Value;

use crate::arguments::Arguments;
use crate::descriptor::{Action, Kind, Parameter, Schema, Step};

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
            self.path.push_str(&pointer::escape(step));
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
