//! The macros behind generated code: they declare an integration's request type and its view types.
//!
//! Actions and objects are type parameters of these types. Separate structs would be just as distinct, but the compiler would check
//! the traits and common methods once per struct instead of once per integration, which costs about ten times as much.

/// Declares an integration's request type, in a submodule of the integration's module: `requests!(GetUser ListSpaces);` declares
/// `Request<A, T>`, a request for the action `A` with the result `T`, and the types `of::GetUser`, `of::ListSpaces`.
///
/// Setters are ordinary methods in an `impl Request<of::GetUser, _>` anywhere in the integration's module.
#[macro_export]
macro_rules! requests {
    ($($action:ident)*) => {
        /// A request for the action `A` with the result `T`.
        #[must_use = "a request does nothing until it is sent"]
        pub struct Request<A, T: ?Sized> {
            call: $crate::Call<T>,
            action: ::core::marker::PhantomData<fn() -> A>,
        }

        impl<A, T: ?Sized> Request<A, T> {
            pub(super) fn with_client(client: &$crate::Client, action: &'static $crate::descriptor::Action) -> Self {
                Self::with_call($crate::Call::new(client, action))
            }

            #[allow(dead_code, reason = "an integration may have no parameters")]
            pub(super) fn with_argument(self, key: &str, value: impl Into<$crate::Value>) -> Self {
                Self::with_call(self.call.set(key, value))
            }

            #[allow(dead_code, reason = "few actions take files")]
            pub(super) fn with_file(self, key: &str, file: impl Into<$crate::File>) -> Self {
                Self::with_call(self.call.file(key, file))
            }

            fn with_call(call: $crate::Call<T>) -> Self {
                Self { call, action: ::core::marker::PhantomData }
            }

            /// Validates the arguments. The error lists all violations.
            pub fn validate(&self) -> ::core::result::Result<(), $crate::Violations> {
                self.call.validate()
            }

            /// Validates the arguments and sends the request.
            pub fn send(self) -> $crate::Sending<T> {
                self.call.send()
            }

            /// Returns the untyped call.
            pub fn call(self) -> $crate::Call<T> {
                self.call
            }
        }

        /// Pagination.
        impl<A: $crate::paging::Paged, T: ?Sized> Request<A, T> {
            /// Returns the request for the page after a response, or `None` after the last page.
            pub fn next_page(
                &self,
                response: &$crate::Response<T>,
            ) -> ::core::result::Result<::core::option::Option<Self>, $crate::Error> {
                Ok(self.call.next_page(response)?.map(Self::with_call))
            }

            /// Returns a stream of the items of all pages. Each page is requested when its first item is polled.
            pub fn send_all(self) -> $crate::Items<A::Item> {
                self.call.items()
            }

            /// Returns a stream of pages. Each page is requested when it is polled.
            pub fn pages(self) -> $crate::Pages<T> {
                self.call.pages()
            }

            /// Resumes where a stream of items or pages ended. Fails if the token is not from this action.
            pub fn resume(self, token: &str) -> ::core::result::Result<Self, $crate::paging::BadToken> {
                self.call.resume(token).map(Self::with_call)
            }
        }

        /// Streaming of long results, without keeping them in memory.
        impl<A, T: $crate::download::Streamed + ?Sized> Request<A, T> {
            /// Sends the request and returns the body as a stream of bytes.
            pub async fn stream(self) -> ::core::result::Result<$crate::ByteStream, $crate::Error> {
                self.call.stream().await
            }

            /// Sends the request and writes the body as it arrives. Returns its size in bytes; fails if it exceeds `max_bytes`.
            pub async fn download(
                self,
                writer: &mut impl ::std::io::Write,
                max_bytes: u64,
            ) -> ::core::result::Result<u64, $crate::Error> {
                self.call.download(writer, max_bytes).await
            }
        }

        impl<A, T: ?Sized> Clone for Request<A, T> {
            fn clone(&self) -> Self {
                Self::with_call(self.call.clone())
            }
        }

        impl<A, T: ?Sized> ::core::fmt::Debug for Request<A, T> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.call, f)
            }
        }

        /// The actions, as types.
        pub mod of {
            $(#[doc = concat!("The action of `", stringify!($action), "`.")] pub enum $action {})*
        }
    };
}

/// Declares the views of an integration's objects: `objects!(User Space);` declares `Object<'a, O>` and the types `of::User`, `of::Space`.
///
/// Accessors are ordinary methods in an `impl<'a> Object<'a, of::User>` of the module around, over `self.0`, a
/// [`View`](crate::View).
#[macro_export]
macro_rules! objects {
    ($($object:ident)*) => {
        $crate::__view_type!(
            /// A view of a JSON object of the type `O`.
            Object, object
        );

        impl<'a, O> Object<'a, O> {
            /// Returns a field by its JSON name, for fields without a method.
            pub fn field<T: $crate::FromView<'a>>(self, name: &str) -> $crate::Field<T> {
                self.0.field(name)
            }
        }

        /// The object types.
        pub mod of {
            $(#[doc = concat!("The object `", stringify!($object), "`.")] pub enum $object {})*
        }
    };
}

/// Declares the views of an integration's unions, as [`objects!`](crate::objects) does of objects: `Union<'a, U>` and types in `one_of`.
#[macro_export]
macro_rules! unions {
    ($($union:ident)*) => {
        $crate::__view_type!(
            /// A view of a JSON value that is one of the alternatives of `U`.
            Union, whole
        );

        /// The union types.
        pub mod one_of {
            $(#[doc = concat!("The union `", stringify!($union), "`.")] pub enum $union {})*
        }
    };
}

/// A generic view and its conversion from a document node.
#[doc(hidden)]
#[macro_export]
macro_rules! __view_type {
    ($(#[$attribute:meta])* $View:ident, $from:ident) => {
        $(#[$attribute])*
        pub struct $View<'a, O>(pub(super) $crate::View<'a>, ::core::marker::PhantomData<fn() -> O>);

        impl<'a, O> $View<'a, O> {
            /// Returns the underlying JSON, including unknown fields.
            #[must_use]
            pub fn json(self) -> &'a $crate::Value {
                self.0.json()
            }

            /// Returns a copy of the underlying JSON.
            #[must_use]
            pub fn to_json(self) -> $crate::Value {
                self.0.to_json()
            }
        }

        impl<O> Clone for $View<'_, O> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<O> Copy for $View<'_, O> {}

        impl<O> ::core::fmt::Debug for $View<'_, O> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl<'a, O> $crate::FromView<'a> for $View<'a, O> {
            fn from_view(view: $crate::View<'a>) -> ::core::result::Result<Self, $crate::Mismatch> {
                ::core::result::Result::Ok(Self(view.$from()?, ::core::marker::PhantomData))
            }
        }

        impl<O: 'static> $crate::Typed for $View<'static, O> {
            type Of<'a> = $View<'a, O>;
        }
    };
}
