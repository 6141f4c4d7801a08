//! `propertyNames`.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::operand::Operand;
use super::{Class, Constraints, KEYWORDS, Keyword};
use crate::validate::Checker;

pub(super) struct PropertyNames;

impl Keyword for PropertyNames {
    fn name(&self) -> &'static str {
        "propertyNames"
    }

    fn code(&self) -> &'static str {
        "property_names"
    }

    fn about(&self) -> &'static str {
        "What the name of each property of an object must satisfy: the constraint keywords of strings."
    }

    fn class(&self) -> Class {
        Class::Objects
    }

    fn form(&self) -> Value {
        let properties: Map<String, Value> =
            of_strings().map(|keyword| (keyword.name().to_owned(), keyword.form())).collect();
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    }

    fn operand(&self, value: &Value) -> Result<Operand, String> {
        let Value::Object(members) = value else {
            return Err("must be an object of constraint keywords".to_owned());
        };
        let mut texts = Constraints::NONE;
        for (name, operand) in members {
            if !of_strings().any(|keyword| keyword.name() == name) {
                return Err(format!("must not have `{name}`, which is not for strings"));
            }
            texts.set(name, operand).map_err(|fault| format!("is not valid: {fault}"))?;
        }
        Ok(Operand::Texts(Arc::new(texts)))
    }

    fn examples(&self) -> Vec<Value> {
        vec![json!({ "pattern": "^x-[a-z]+$" }), json!({})]
    }

    fn check(&self, operand: &Operand, value: &Value, checker: &mut Checker<'_>) {
        let (Operand::Texts(texts), Value::Object(fields)) = (operand, value) else { return };
        for name in fields.keys() {
            let text = Value::String(name.clone());
            checker.below(name, |checker| {
                checker.renamed(self.code(), "has a name that ", |checker| {
                    for (keyword, operand) in texts.iter() {
                        keyword.check(operand, &text, checker);
                    }
                });
            });
        }
    }

    fn conflict(&self, operand: &Operand, _: &Constraints) -> Option<String> {
        let Operand::Texts(texts) = operand else { return None };
        texts.conflicts().next().map(|(_, reason)| format!("of the names, {reason}"))
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        match (left, right) {
            (Operand::Texts(left), Operand::Texts(right)) => {
                Ok(Operand::Texts(Arc::new(left.merge(right)?)))
            }
            _ => Ok(left.clone()),
        }
    }

    fn phrase(&self, operand: &Operand, _: &Constraints) -> Option<String> {
        let Operand::Texts(texts) = operand else { return None };
        let phrases = texts.phrases();
        Some(if phrases.is_empty() {
            "property names: any".to_owned()
        } else {
            format!("property names: {}", phrases.join(", "))
        })
    }

    fn mend(&self, operand: &Operand, sample: Value) -> Value {
        let Operand::Texts(texts) = operand else { return sample };
        match sample {
            Value::Object(fields) => fields
                .into_iter()
                .map(|(name, value)| {
                    let name =
                        texts.iter().fold(Value::String(name), |name, (keyword, operand)| {
                            keyword.mend(operand, name)
                        });
                    (name.as_str().unwrap_or_default().to_owned(), value)
                })
                .collect(),
            other => other,
        }
    }
}

fn of_strings() -> impl Iterator<Item = &'static dyn Keyword> {
    KEYWORDS.iter().copied().filter(|keyword| keyword.class() == Class::Strings)
}
