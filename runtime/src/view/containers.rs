//! Views of arrays and of objects with open keys. Items are read when asked for, so one bad item spoils no other.

use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use super::{Field, FromView, Mismatch, Typed, View};
use crate::document::{Children, Entries};

/// An array.
pub struct List<'a, T: ?Sized> {
    view: View<'a>,
    length: usize,
    marker: PhantomData<fn() -> Box<T>>,
}

impl<T: ?Sized> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for List<'_, T> {}

impl<T: ?Sized> fmt::Debug for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.view, f)
    }
}

impl<'a, T: ?Sized> List<'a, T> {
    /// How many items there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.length
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.length == 0
    }

    /// The JSON beneath.
    #[must_use]
    pub fn json(self) -> &'a Value {
        self.view.json()
    }
}

impl<'a, T: FromView<'a>> List<'a, T> {
    /// The items, in order.
    #[must_use]
    pub fn iter(self) -> Iter<'a, T> {
        Iter { items: self.view.children(), marker: PhantomData }
    }

    /// One item; `None` beyond the end.
    pub fn get(self, index: usize) -> Field<T> {
        self.view.children().nth(index).map(T::from_view).transpose()
    }
}

impl<'a, T: ?Sized> FromView<'a> for List<'a, T> {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        let length = view.length().ok_or_else(|| view.mismatch("an array"))?;
        Ok(Self { view, length, marker: PhantomData })
    }
}

impl<T: Typed + ?Sized + 'static> Typed for List<'static, T> {
    type Of<'a> = List<'a, T::Of<'a>>;
}

impl<'a, T: FromView<'a>> IntoIterator for List<'a, T> {
    type Item = Result<T, Mismatch>;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T: FromView<'a>> IntoIterator for &List<'a, T> {
    type Item = Result<T, Mismatch>;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// The items of a [`List`].
pub struct Iter<'a, T> {
    items: Children<'a>,
    marker: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").field("left", &self.items.len()).finish_non_exhaustive()
    }
}

impl<'a, T: FromView<'a>> Iterator for Iter<'a, T> {
    type Item = Result<T, Mismatch>;

    fn next(&mut self) -> Option<Self::Item> {
        self.items.next().map(T::from_view)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

impl<'a, T: FromView<'a>> ExactSizeIterator for Iter<'a, T> {}

/// An object with open keys.
pub struct Map<'a, T: ?Sized> {
    view: View<'a>,
    marker: PhantomData<fn() -> Box<T>>,
}

impl<T: ?Sized> Clone for Map<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Map<'_, T> {}

impl<T: ?Sized> fmt::Debug for Map<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.view, f)
    }
}

impl<'a, T: ?Sized> Map<'a, T> {
    /// How many keys there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.view.entries().len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.view.entries().len() == 0
    }

    /// The keys, in the document's order.
    pub fn keys(self) -> impl Iterator<Item = &'a str> {
        self.view.entries().map(|(key, _)| key)
    }

    /// The JSON beneath.
    #[must_use]
    pub fn json(self) -> &'a Value {
        self.view.json()
    }
}

impl<'a, T: FromView<'a>> Map<'a, T> {
    /// The value of a key.
    pub fn get(self, key: &str) -> Field<T> {
        self.view.field(key)
    }

    /// Keys and values, in the document's order.
    #[must_use]
    pub fn iter(self) -> MapIter<'a, T> {
        MapIter { fields: self.view.entries(), marker: PhantomData }
    }
}

impl<'a, T: ?Sized> FromView<'a> for Map<'a, T> {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        view.object().map(|view| Self { view, marker: PhantomData })
    }
}

impl<T: Typed + ?Sized + 'static> Typed for Map<'static, T> {
    type Of<'a> = Map<'a, T::Of<'a>>;
}

impl<'a, T: FromView<'a>> IntoIterator for Map<'a, T> {
    type Item = (&'a str, Result<T, Mismatch>);
    type IntoIter = MapIter<'a, T>;

    fn into_iter(self) -> MapIter<'a, T> {
        self.iter()
    }
}

impl<'a, T: FromView<'a>> IntoIterator for &Map<'a, T> {
    type Item = (&'a str, Result<T, Mismatch>);
    type IntoIter = MapIter<'a, T>;

    fn into_iter(self) -> MapIter<'a, T> {
        self.iter()
    }
}

/// Keys and values of a [`Map`].
pub struct MapIter<'a, T> {
    fields: Entries<'a>,
    marker: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for MapIter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapIter").field("left", &self.fields.len()).finish_non_exhaustive()
    }
}

impl<'a, T: FromView<'a>> Iterator for MapIter<'a, T> {
    type Item = (&'a str, Result<T, Mismatch>);

    fn next(&mut self) -> Option<Self::Item> {
        self.fields.next().map(|(key, value)| (key, T::from_view(value)))
    }
}
