//! What is wrong with a value.

use std::fmt;

/// One thing that is wrong with a value or with the arguments of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The parameter's key, then the place within its value: `expand/0`, `address/city`.
    pub parameter: String,
    /// What is wrong, as a word that programs can compare: `required`, `type`, `enum`, `format`, `one_of`, `unknown_parameter`, `rule`, or a
    /// constraint keyword in snake case, such as `unique_items`.
    pub code: &'static str,
    /// What is wrong, as a sentence without the parameter's name and without a full stop.
    pub message: String,
}

impl Violation {
    /// The place as a JSON pointer; empty for the value itself.
    #[must_use]
    pub fn pointer(&self) -> String {
        if self.parameter.is_empty() { String::new() } else { format!("/{}", self.parameter) }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.parameter.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "`{}` {}", self.parameter, self.message)
        }
    }
}

/// Everything that is wrong with the arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

impl std::error::Error for Violations {}

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
