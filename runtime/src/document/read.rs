//! Finding one's way: from a place to what is within it. Only the places on the way are looked at.

use serde_json::{Map, Number, Value};

use super::{Document, Entries, Extent, Node, Span};
use crate::pointer::pointer_tokens;
use crate::view::View;

/// Objects with more fields are looked up in an index.
pub(super) const FEW: u32 = 48;

/// What is at a place.
#[derive(Clone, Copy)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Number(&'a Number),
    Text(&'a str),
    Array,
    Object,
    /// What is not JSON after all.
    Broken,
}

impl Document {
    pub(super) fn text(&self, span: Span) -> &str {
        let at = span.at as usize;
        let (text, at) = match at.checked_sub(self.text.len()) {
            None => (&*self.text, at),
            Some(at) => (&*self.texts, at),
        };
        text.get(at..at + span.length as usize).unwrap_or_default()
    }

    /// The text of a key.
    pub(super) fn key(&self, node: u32) -> &str {
        match self.nodes.get(node as usize) {
            Some(Node::Text(span)) => self.text(*span),
            _ => "",
        }
    }

    /// The first node after a place and all that is within it.
    #[inline]
    pub(crate) fn after(&self, node: u32) -> u32 {
        match self.nodes.get(node as usize) {
            Some(Node::Array(extent) | Node::Object(extent)) => extent.end,
            _ => node + 1,
        }
    }

    /// The keys of an object with the nodes of their values, repeated ones included.
    pub(super) fn fields(
        &self,
        object: u32,
        extent: Extent,
    ) -> impl ExactSizeIterator<Item = (u32, u32)> {
        let mut key = object + 1;
        (0..extent.count).map(move |_| {
            let field = (key, key + 1);
            key = self.after(key + 1);
            field
        })
    }

    /// The value of a key; the last one, if the key repeats.
    fn find(&self, object: u32, extent: Extent, key: &str) -> Option<u32> {
        if extent.count > FEW {
            return self.indexed(object, key);
        }
        let mut found = None;
        for (name, value) in self.fields(object, extent) {
            if matches!(self.nodes.get(name as usize), Some(Node::Text(span)) if span.length as usize == key.len() && self.text(*span) == key)
            {
                found = Some(value);
            }
        }
        found
    }
}

impl<'a> View<'a> {
    /// Another place of the same document; in a part of it, if that is there.
    pub(super) fn to(self, node: u32) -> Self {
        let part = match self.document.nodes.get(node as usize) {
            Some(Node::Part(index)) => self.document.part(*index, node),
            _ => None,
        };
        match part {
            Some(document) => Self {
                document,
                node: 0,
                root: if self.root == Self::WHOLE { Self::WHOLE } else { 0 },
                ..self
            },
            None => Self { node, ..self },
        }
    }

    fn node(self) -> &'a Node {
        self.document.nodes.get(self.node as usize).unwrap_or(&Node::Null)
    }

    /// What is here.
    pub(crate) fn what(self) -> Json<'a> {
        match self.node() {
            Node::Null => Json::Null,
            Node::Bool(flag) => Json::Bool(*flag),
            Node::Number(number) => Json::Number(number),
            Node::Text(span) => Json::Text(self.document.text(*span)),
            Node::Array(_) => Json::Array,
            Node::Object(_) => Json::Object,
            Node::Part(_) | Node::Broken(_) => Json::Broken,
        }
    }

    pub(crate) fn is_null(self) -> bool {
        matches!(self.node(), Node::Null)
    }

    pub(crate) fn is_object(self) -> bool {
        matches!(self.node(), Node::Object(_))
    }

    pub(crate) fn as_str(self) -> Option<&'a str> {
        if let Node::Text(span) = self.node() { Some(self.document.text(*span)) } else { None }
    }

    pub(crate) fn as_bool(self) -> Option<bool> {
        if let Node::Bool(flag) = self.node() { Some(*flag) } else { None }
    }

    pub(crate) fn as_number(self) -> Option<&'a Number> {
        if let Node::Number(number) = self.node() { Some(number) } else { None }
    }

    pub(crate) fn as_u64(self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// How many items are in the array here; `None` if none is.
    pub(crate) fn length(self) -> Option<usize> {
        if let Node::Array(extent) = self.node() { Some(extent.count as usize) } else { None }
    }

    /// The items of the array here; none, if none is.
    pub(crate) fn children(self) -> Children<'a> {
        let left = self.length().unwrap_or_default();
        Children { next: View { node: self.node + 1, ..self }, left }
    }

    /// The fields of the object here, each key once; none, if none is.
    pub(crate) fn entries(self) -> Entries<'a> {
        match self.node() {
            Node::Object(extent) => Entries::new(self, *extent),
            _ => Entries::new(self, Extent { count: 0, end: 0 }),
        }
    }

    /// A field of the object here.
    pub(crate) fn get(self, key: &str) -> Option<View<'a>> {
        let Node::Object(extent) = self.node() else { return None };
        self.document.find(self.node, *extent, key).map(|node| self.to(node))
    }

    /// The place at a JSON pointer (RFC 6901) below this one.
    pub(crate) fn pointer(self, pointer: &str) -> Option<View<'a>> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut place = self;
        for token in pointer_tokens(pointer.starts_with('/').then_some(pointer)?) {
            place = match place.node() {
                Node::Object(_) => place.get(&token)?,
                Node::Array(_) => place.children().nth(index(&token)?)?,
                _ => return None,
            };
        }
        Some(place)
    }

    /// The places that cannot be read, in the whole document.
    pub(super) fn broken(self) -> impl Iterator<Item = View<'a>> {
        let all = |view: Self| (0..).zip(&view.document.nodes).map(move |(node, _)| view.to(node));
        let within = all(self).flat_map(move |place| {
            let is_part = !std::ptr::eq(place.document, self.document);
            let inner = is_part.then(|| (0..).zip(&place.document.nodes));
            let inner = inner.into_iter().flatten();
            let inner = inner.map(move |(node, _)| View { node, ..place });
            inner.chain((!is_part).then_some(place))
        });
        within.filter(|place| matches!(place.node(), Node::Broken(_)))
    }

    /// A copy of the JSON here.
    pub(crate) fn to_value(self) -> Value {
        match self.node() {
            Node::Null | Node::Part(_) => Value::Null,
            Node::Bool(flag) => Value::Bool(*flag),
            Node::Number(number) => Value::Number(number.clone()),
            // Whoever wants to know asks for what is unreadable.
            Node::Text(span) | Node::Broken(span) => Value::from(self.document.text(*span)),
            Node::Array(extent) => {
                // `collect` would make room for four.
                let mut items = Vec::with_capacity(extent.count as usize);
                items.extend(self.children().map(View::to_value));
                Value::Array(items)
            }
            Node::Object(extent) => {
                let fields = self.document.fields(self.node, *extent);
                let mut map = Map::with_capacity(fields.len());
                for (key, node) in fields {
                    map.insert(self.document.key(key).to_owned(), self.to(node).to_value());
                }
                Value::Object(map)
            }
        }
    }
}

/// The index that a token of a pointer is: digits without a zero before them.
fn index(token: &str) -> Option<usize> {
    let is_index = token == "0" || !token.starts_with(['0', '+']);
    is_index.then(|| token.parse().ok())?
}

/// Places one after another in an array.
pub(crate) struct Children<'a> {
    next: View<'a>,
    left: usize,
}

impl<'a> Iterator for Children<'a> {
    type Item = View<'a>;

    fn next(&mut self) -> Option<View<'a>> {
        self.left = self.left.checked_sub(1)?;
        let this = self.next;
        self.next.node = this.document.after(this.node);
        Some(this)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Children<'_> {}
