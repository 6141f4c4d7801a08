//! Rust expressions of plain values. Text is always a string literal; its escapes hold no character that rustc or a reader could misread.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// A `descriptor::Literal`.
pub(super) fn literal(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(descriptor::Literal::Null),
        Value::Bool(value) => quote!(descriptor::Literal::Bool(#value)),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => {
                let whole = integer(whole);
                quote!(descriptor::Literal::Int(#whole))
            }
            (None, Some(float)) => {
                let float = number_of(float);
                quote!(descriptor::Literal::Float(#float))
            }
            (None, None) => quote!(descriptor::Literal::Null),
        },
        Value::String(text) => quote!(descriptor::Literal::Str(#text)),
        Value::Array(_) | Value::Object(_) => {
            let text = value.to_string();
            quote!(descriptor::Literal::Json(#text))
        }
    }
}

/// A slice of texts.
pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let texts = texts.into_iter();
    quote!(&[#(#texts),*])
}

/// A slice of pairs of texts.
pub(super) fn pairs<'a>(pairs: impl IntoIterator<Item = (&'a String, &'a String)>) -> TokenStream {
    let pairs = pairs.into_iter().map(|(key, value)| quote!((#key, #value)));
    quote!(&[#(#pairs),*])
}

/// An `Option` of what `some` makes of a value.
pub(super) fn option<T>(value: Option<T>, some: impl FnOnce(T) -> TokenStream) -> TokenStream {
    value.map(some).map_or_else(|| quote!(None), |tokens| quote!(Some(#tokens)))
}

/// An `Option<&'static str>`.
pub(super) fn text_option(text: Option<&str>) -> TokenStream {
    option(text, |text| quote!(#text))
}

/// A whole number, digits grouped as rustfmt's readers (and clippy) expect.
pub(super) fn integer(value: i64) -> TokenStream {
    let sign = if value < 0 { "-" } else { "" };
    parsed(&format!("{sign}{}", grouped(&value.unsigned_abs().to_string())), || quote!(#value))
}

/// A number of seconds, milliseconds, bytes or characters.
pub(super) fn unsigned(value: u64) -> TokenStream {
    parsed(&grouped(&value.to_string()), || {
        let literal = proc_macro2::Literal::u64_unsuffixed(value);
        quote!(#literal)
    })
}

/// A number with a fraction; what JSON cannot say becomes zero.
pub(super) fn number_of(value: f64) -> TokenStream {
    let text = if value.is_finite() { format!("{value:?}") } else { "0.0".to_owned() };
    let text = match text.split_once('.') {
        Some((whole, fraction)) if !text.contains('e') => {
            let (sign, digits) =
                whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
            format!("{sign}{}.{}", grouped(digits), grouped_fraction(fraction))
        }
        _ => text,
    };
    parsed(&text, || quote!(0.0))
}

fn parsed(text: &str, otherwise: impl FnOnce() -> TokenStream) -> TokenStream {
    text.parse().unwrap_or_else(|_| otherwise())
}

fn grouped(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

fn grouped_fraction(digits: &str) -> String {
    if digits.len() < 6 {
        return digits.to_owned();
    }
    let groups: Vec<String> =
        digits.chars().collect::<Vec<_>>().chunks(3).map(|group| group.iter().collect()).collect();
    groups.join("_")
}
