//! Every row of the table has all that the trait asks for.

use serde_json::{Value, json};

use super::{Class, Constraints, KEYWORDS, Keyword};
use crate::schema::{Schema, Type};
use crate::validate::{Mode, check};

fn structure(class: Class) -> Type {
    match class {
        Class::Strings => Type::String,
        Class::Numbers => Type::Number,
        Class::Arrays => Type::Array(Box::new(Schema::ANY)),
        Class::Objects => Type::Map(Box::new(Schema::ANY)),
    }
}

fn with(keyword: &dyn Keyword, operand: &Value) -> Schema {
    Schema::of(structure(keyword.class()))
        .with(keyword.name(), operand.clone())
        .expect("the example is well-formed")
}

#[test]
fn names_are_unique_and_found() {
    for keyword in KEYWORDS {
        assert_eq!(super::find(keyword.name()).map(Keyword::name), Some(keyword.name()));
        let code = keyword.name().replace(|c: char| c.is_uppercase(), "_");
        assert_eq!(keyword.code().len(), keyword.name().len() + code.matches('_').count());
        assert_eq!(KEYWORDS.iter().filter(|other| other.code() == keyword.code()).count(), 1);
    }
}

#[test]
fn every_keyword_has_a_phrase_a_form_and_a_description() {
    for keyword in KEYWORDS {
        assert!(keyword.about().ends_with('.'), "{}", keyword.name());
        assert!(keyword.form().get("type").is_some(), "{}", keyword.name());
        for operand in keyword.examples() {
            let schema = with(*keyword, &operand);
            assert_eq!(schema.constraints.phrases().len(), 1, "{} {operand}", keyword.name());
        }
    }
}

#[test]
fn every_keyword_has_a_sample_that_satisfies_it() {
    for keyword in KEYWORDS {
        for operand in keyword.examples() {
            let schema = with(*keyword, &operand);
            let sample = crate::sample::sent(&schema, &());
            let found = check(&sample, &schema, &(), Mode::Strict);
            assert_eq!(found, [], "{} {operand}: {sample}", keyword.name());
        }
    }
}

#[test]
fn every_keyword_is_said_in_json_schema_as_it_was_written() {
    for keyword in KEYWORDS {
        for operand in keyword.examples() {
            let written = crate::json_schema::convert(
                &with(*keyword, &operand),
                crate::json_schema::ARGUMENTS,
            );
            assert_eq!(written.get(keyword.name()), Some(&operand), "{}", keyword.name());
        }
    }
}

#[test]
fn every_keyword_refuses_something_with_its_code() {
    let bad = [
        json!(""),
        json!("Not a name that any example allows!"),
        json!(-1e300),
        json!(1e300),
        json!(0.3),
        json!([]),
        json!([1, 1]),
        Value::from(vec![1; 30]),
        json!({}),
        (0..30).map(|n| (format!("Key {n}"), json!(n))).collect(),
    ];
    for keyword in KEYWORDS {
        let refused = keyword.examples().iter().any(|operand| {
            let schema = with(*keyword, operand);
            bad.iter().any(|value| {
                check(value, &schema, &(), Mode::Strict)
                    .iter()
                    .any(|violation| violation.code == keyword.code())
            })
        });
        assert!(refused, "{} refuses nothing", keyword.name());
    }
}

#[test]
fn merging_keeps_what_both_demand() {
    for keyword in KEYWORDS {
        let operand = keyword.operand(&keyword.examples()[0]).ok();
        let operand = operand.expect("the example is an operand");
        assert_eq!(keyword.merge(&operand, &operand).ok().as_ref(), Some(&operand));
    }
    let of = |pairs: &[(&str, Value)]| {
        let mut all = Constraints::NONE;
        for (name, operand) in pairs {
            all.set(name, operand).expect("the example is well-formed");
        }
        all
    };
    let merged = of(&[("minimum", json!(1)), ("maximum", json!(9))])
        .merge(&of(&[("minimum", json!(2)), ("uniqueItems", json!(true))]));
    assert_eq!(
        merged,
        Ok(of(&[("uniqueItems", json!(true)), ("maximum", json!(9)), ("minimum", json!(2))]))
    );
    let clash = of(&[("minItems", json!(5))]).merge(&of(&[("maxItems", json!(3))]));
    assert_eq!(clash, Err("the minimum (5) exceeds the maximum (3)".to_owned()));
}

#[test]
fn limits_are_exact_up_to_the_largest_integer() {
    let schema =
        Schema::of(Type::Number).with("maximum", u64::MAX - 1).expect("the example is well-formed");
    assert_eq!(check(&json!(u64::MAX - 1), &schema, &(), Mode::Strict), []);
    assert_eq!(check(&json!(u64::MAX), &schema, &(), Mode::Strict).len(), 1);
}
