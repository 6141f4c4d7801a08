//! Lenient reading of JSON: typed access to one field at a time, borrowed from the parsed body.
//!
//! A [`View`] is a place in a [`Document`]. Asking it for a field passes over all others without looking at what is in them, so a document
//! that is wrong in one place is readable in all others, and copies nothing. Absent and `null` are the same: `None`.
//!
//! Whoever wants the JSON itself ([`View::json`]) has a [`Value`] made of the whole document, once.

mod containers;
mod datetime;
mod mismatch;

use std::fmt;

use serde_json::{Number, Value};

use crate::document::Document;

pub use containers::{Iter, List, Map, MapIter};
pub use datetime::{DateTime, InvalidDateTime};
pub use mismatch::Mismatch;

/// What reading a field gives: `None` if it is absent or `null`.
pub type Field<T> = Result<Option<T>, Mismatch>;

/// A place in a JSON document.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(crate) whole: &'a Document,
    /// The whole, or a part of it.
    pub(crate) document: &'a Document,
    pub(crate) node: u32,
    /// Where the paths in errors begin.
    pub(crate) root: u32,
}

impl<'a> View<'a> {
    /// The whole of a document.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        Self::at(document, 0)
    }

    /// Paths begin with the whole document.
    pub(crate) const WHOLE: u32 = u32::MAX;

    /// A place in a document, by its node.
    pub(crate) fn at(document: &'a Document, node: u32) -> Self {
        Self { whole: document, document, node, root: Self::WHOLE }
    }

    /// The JSON at this place. It is made for the whole document when it is first asked for.
    #[must_use]
    pub fn json(self) -> &'a Value {
        self.in_whole()
    }

    /// A copy of the JSON at this place.
    #[must_use]
    pub fn to_json(self) -> Value {
        self.to_value()
    }

    /// The field `name` of the object at this place. Fails if this is no object or the field is of another type than `T`.
    pub fn field<T: FromView<'a>>(self, name: &str) -> Field<T> {
        match self.child(name)? {
            Some(child) => T::from_view(child).map(Some),
            None => Ok(None),
        }
    }

    fn child(self, name: &str) -> Field<View<'a>> {
        if self.is_object() {
            Ok(self.get(name).filter(|value| !value.is_null()))
        } else {
            Err(self.mismatch("an object"))
        }
    }

    /// That this place does not hold what was expected.
    #[must_use]
    pub fn mismatch(self, expected: &'static str) -> Mismatch {
        Mismatch::new(self, expected)
    }

    /// This place, whatever is there.
    pub fn whole(self) -> Result<Self, Mismatch> {
        Ok(self)
    }

    /// This place, if an object is there.
    pub fn object(self) -> Result<Self, Mismatch> {
        if self.is_object() { Ok(self) } else { Err(self.mismatch("an object")) }
    }
}

/// Reading what may be of several types.
impl<'a> View<'a> {
    /// The text of a property, `None` if this is no object or the property is no text.
    #[must_use]
    pub fn tag(self, property: &str) -> Option<&'a str> {
        self.get(property)?.as_str()
    }

    /// This place, if the property has one of these texts.
    #[must_use]
    pub fn tagged<T: FromView<'a>>(self, property: &str, tags: &[&str]) -> Option<T> {
        if tags.contains(&self.tag(property)?) { self.maybe() } else { None }
    }

    /// This place, if its JSON type is right and an object has these properties.
    #[must_use]
    pub fn with<T: FromView<'a>>(self, properties: &[&str]) -> Option<T> {
        if properties.iter().all(|property| self.get(property).is_some()) {
            self.maybe()
        } else {
            None
        }
    }

    /// Tries without the document around, which would be searched for the place of a mismatch that nobody reads.
    fn maybe<T: FromView<'a>>(self) -> Option<T> {
        T::from_view(Self { root: self.node, ..self }).ok()?;
        T::from_view(self).ok()
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_value(), f)
    }
}

/// What can be read from a place in a JSON document.
pub trait FromView<'a>: Sized {
    /// Reads it. Fails if another type is there.
    fn from_view(view: View<'a>) -> Result<Self, Mismatch>;
}

/// A type that stands for what is read: `Typed::Of<'a>` is the view that borrows from a document for `'a`.
pub trait Typed {
    /// The view.
    type Of<'a>: FromView<'a>;
}

impl<'a> FromView<'a> for View<'a> {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        view.object()
    }
}

impl<'a> FromView<'a> for &'a Value {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        Ok(view.json())
    }
}

impl<'a> FromView<'a> for &'a str {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        view.as_str().ok_or_else(|| view.mismatch("a string"))
    }
}

impl<'a> FromView<'a> for String {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        <&str>::from_view(view).map(str::to_owned)
    }
}

impl<'a> FromView<'a> for bool {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        view.as_bool().ok_or_else(|| view.mismatch("true or false"))
    }
}

impl<'a> FromView<'a> for f64 {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        view.as_number().and_then(Number::as_f64).ok_or_else(|| view.mismatch("a number"))
    }
}

impl<'a> FromView<'a> for i64 {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        let number =
            view.as_number().and_then(|number| number.as_i64().or_else(|| whole(number.as_f64()?)));
        number.ok_or_else(|| view.mismatch("a whole number of 64 bits"))
    }
}

impl<'a> FromView<'a> for u64 {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        let whole = |number: &Number| u64::try_from(whole(number.as_f64()?)?).ok();
        let number = view.as_number().and_then(|number| number.as_u64().or_else(|| whole(number)));
        number.ok_or_else(|| view.mismatch("a whole number of 64 bits, not negative"))
    }
}

/// `3.0` is a whole number too; vendors with one number type write it so. Beyond 2⁵³ a float no longer says which whole number it is.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and smaller than 2^53")]
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

impl<'a, T: FromView<'a>> FromView<'a> for Option<T> {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        if view.is_null() { Ok(None) } else { T::from_view(view).map(Some) }
    }
}

impl Typed for str {
    type Of<'a> = &'a str;
}

impl Typed for i64 {
    type Of<'a> = i64;
}

impl Typed for u64 {
    type Of<'a> = u64;
}

impl Typed for f64 {
    type Of<'a> = f64;
}

impl Typed for bool {
    type Of<'a> = bool;
}

impl Typed for Value {
    type Of<'a> = &'a Value;
}

impl Typed for View<'static> {
    type Of<'a> = View<'a>;
}

impl<T: Typed> Typed for Option<T> {
    type Of<'a> = Option<T::Of<'a>>;
}

#[cfg(test)]
mod tests;
