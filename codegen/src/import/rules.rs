//! The rules of the importer: what it does if a document is invalid, or uses features that the language does not have. A code is never reused.

/// What a rule does to what it applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The operation does not arrive.
    Skips,
    /// It arrives, changed.
    Repairs,
    /// The document says more than the specs do.
    Leaves,
}

macro_rules! rules {
    ($(($variant:ident, $id:literal, $effect:ident, $name:literal, $sentence:literal),)*) => {
        /// One rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $sentence] $variant,)*
        }

        impl Rule {
            /// Every rule, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable id, `IM` and three digits.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// What it is called.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it does.
            #[must_use]
            pub const fn effect(self) -> Effect {
                match self { $(Self::$variant => Effect::$effect,)* }
            }

            /// What happens, and why.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence,)* }
            }

            /// The rule with this id, in any case.
            #[must_use]
            pub fn parse(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|rule| rule.id().eq_ignore_ascii_case(id))
            }
        }
    };
}

rules! {
    // The document
    (NotUtf8, "IM001", Repairs, "not-utf8", "Bytes that are not UTF-8 are read as U+FFFD."),
    (DuplicateKey, "IM002", Repairs, "duplicate-key", "If an object repeats a key, the last value is used."),
    (SeveralDocuments, "IM003", Leaves, "several-documents", "Only the first document of a YAML stream is read."),
    (UnknownVersion, "IM004", Repairs, "unknown-version", "A document without a known version is read as the version whose keys it has."),
    (MalformedPart, "IM005", Repairs, "malformed-part", "A part with a JSON type that the specification does not allow is ignored."),
    (Webhook, "IM006", Leaves, "webhook", "Webhooks, callbacks and links are not imported: documents do not describe how to register them."),
    // References
    (DanglingReference, "IM010", Repairs, "dangling-reference", "A dangling reference accepts any value."),
    (ExternalReference, "IM011", Repairs, "external-reference", "A reference to another file accepts any value; bundle the document to resolve it."),
    (CircularReference, "IM012", Repairs, "circular-reference", "A circular chain of references without an object in between accepts any value."),
    (GuessedReference, "IM013", Repairs, "guessed-reference", "A reference without its prefix is resolved to the component of that name."),
    // Operations
    (UnsupportedMethod, "IM020", Skips, "unsupported-method", "A method that the language does not have is skipped."),
    (BadPath, "IM021", Skips, "bad-path", "A path with unmatched braces, spaces or `..` segments is skipped."),
    (Rejected, "IM022", Skips, "rejected", "An action that `gen` would not accept is left out; this is a bug of the importer, please report it."),
    (DuplicateOperationId, "IM023", Repairs, "duplicate-operation-id", "Later operations with the same id get a number."),
    (DerivedOperationId, "IM024", Repairs, "derived-operation-id", "An operation without an id is named after its method and path."),
    (ShortenedName, "IM025", Repairs, "shortened-name", "A name that is too long for a file or a Rust item is shortened at a word boundary."),
    (RepairedPath, "IM026", Repairs, "repaired-path", "A missing leading slash is added to a path; empty segments and fragments are removed."),
    (QueryInPath, "IM027", Repairs, "query-in-path", "A query string in a path becomes query parameters and constants."),
    (ExtraTags, "IM028", Leaves, "extra-tags", "An action belongs to the group of its first tag only."),
    (MalformedOperation, "IM029", Skips, "malformed-operation", "An operation that is not an object is skipped."),
    // Parameters
    (UndeclaredPathVariable, "IM040", Repairs, "undeclared-path-variable", "A variable of the path without a parameter becomes a string parameter."),
    (StrayPathParameter, "IM041", Repairs, "stray-path-parameter", "A path parameter that is not part of the path is left out."),
    (DuplicateParameter, "IM042", Repairs, "duplicate-parameter", "If several parameters have the same name and location, the last one is used."),
    (NamelessParameter, "IM043", Repairs, "nameless-parameter", "A parameter without a name or with an unknown location is left out."),
    (IgnoredHeader, "IM044", Leaves, "ignored-header", "Header parameters such as `Accept`, `Content-Type`, `Authorization` and `Host` are set by the client."),
    (InvalidHeaderName, "IM045", Repairs, "invalid-header-name", "A parameter whose name is not a valid header name is left out."),
    (CollidingNames, "IM046", Repairs, "colliding-names", "Parameters with the same name in different locations get the location as part of their key."),
    (UnsupportedStyle, "IM047", Repairs, "unsupported-style", "A style that the language lacks is replaced by the nearest one."),
    (ExplodedObject, "IM048", Repairs, "exploded-object", "An exploded object becomes one parameter per property, as it is sent."),
    (OpenExplodedObject, "IM049", Repairs, "open-exploded-object", "An exploded object with unknown properties has no fixed parameter names and is left out."),
    (StructuredText, "IM050", Repairs, "structured-text", "An object or a value of any type outside a body is written as JSON."),
    (UntypedParameter, "IM051", Repairs, "untyped-parameter", "A parameter without a type is a string."),
    (MissingDescription, "IM052", Repairs, "missing-description", "A parameter without a description gets its name as description."),
    (IdempotencyHeader, "IM053", Repairs, "idempotency-header", "The header of an idempotency key is filled by the client and makes the request safe to repeat."),
    // Bodies
    (BodyOfGet, "IM060", Repairs, "body-of-get", "The body of a GET or HEAD request is left out: it has no defined meaning (RFC 9110, section 9.3.1)."),
    (OtherMediaTypes, "IM061", Leaves, "other-media-types", "If a body has several media types, the first JSON type is used, else a form, multipart, or the first."),
    (OptionalBody, "IM062", Repairs, "optional-body", "A body that is optional as a whole, with required properties, is required."),
    (XmlAsText, "IM063", Repairs, "xml-as-text", "An XML body becomes one string parameter or a text output."),
    (ReadOnlyInRequest, "IM064", Leaves, "read-only", "Properties that are read-only are not sent."),
    (MalformedMediaType, "IM065", Repairs, "malformed-media-type", "A key of `content` that is not a media type is read as JSON."),
    (PartHeaders, "IM066", Leaves, "part-headers", "Headers of single parts of a multipart body are left out."),
    // Schemas
    (InvalidSchema, "IM080", Repairs, "invalid-schema", "A schema that is not an object accepts any value."),
    (UnknownType, "IM081", Repairs, "unknown-type", "A type that JSON Schema does not have is read as the one it resembles, or as any."),
    (TooDeep, "IM082", Repairs, "too-deep", "A schema nested or combined too deeply for a spec accepts any value from there on."),
    (RecursiveAlias, "IM083", Repairs, "recursive-alias", "A list or map that contains itself without an object in between accepts any value."),
    (MergedUnion, "IM084", Repairs, "merged-union", "Alternatives next to properties, and form bodies with alternatives, become one object with all properties, none of them required."),
    (TextUnion, "IM085", Repairs, "text-union", "Alternatives outside a body become a list if one of them is a list, otherwise a string."),
    (TranslatedPattern, "IM086", Repairs, "translated-pattern", "A pattern is written in Rust's syntax."),
    (InvalidPattern, "IM087", Repairs, "invalid-pattern", "A pattern that is not valid, or that needs look-around or back-references, is left out."),
    (InvalidConstraint, "IM088", Repairs, "invalid-constraint", "A constraint that is not a number, contradicts another constraint or does not apply to the type is left out."),
    (MistypedDefault, "IM089", Repairs, "mistyped-default", "A default that does not fit its type is converted, or left out."),
    (MistypedExample, "IM090", Repairs, "mistyped-example", "An example that does not fit its type is left out."),
    (MistypedEnum, "IM091", Repairs, "mistyped-enum", "Allowed values are made unique and of the type; those that cannot be are left out."),
    (CollidingTypes, "IM092", Repairs, "colliding-types", "Types whose names are equal in Rust, or equal to the name of an action, get a number."),
    (UnsaidKeyword, "IM093", Leaves, "unsaid-keyword", "Keywords that the language lacks are left out."),
    (Tuple, "IM094", Repairs, "tuple", "A tuple is a list of any values."),
    (ConflictingParts, "IM095", Repairs, "conflicting-parts", "Parts of an `allOf` that contradict each other: the first one determines the type."),
    (SecretExample, "IM096", Repairs, "secret-example", "Examples that look like real credentials are replaced."),
    (OverlappingAlternatives, "IM097", Repairs, "overlapping-alternatives", "Objects under `oneOf` that cannot be distinguished are put under `anyOf`: a value may match several of them."),
    (UselessDiscriminator, "IM098", Repairs, "useless-discriminator", "A discriminator that does not distinguish named types is left out."),
    (CircularUnion, "IM099", Repairs, "circular-union", "An alternative that leads back to its own type, without an object in between, is left out."),
    // Security and servers
    (ImplicitGrant, "IM100", Repairs, "token-flow", "Flows that end in the browser, ask for passwords or are unknown become a bearer token that the user gives."),
    (CombinedSecurity, "IM101", Repairs, "combined-security", "Keys that are required in addition to another authentication scheme become a secret parameter."),
    (UndeclaredSecurity, "IM102", Repairs, "undeclared-security", "A security requirement that no scheme declares is left out."),
    (UndeclaredScope, "IM103", Repairs, "undeclared-scope", "Scopes that operations name and no flow declares are declared."),
    (BadAuthorizationAddress, "IM104", Repairs, "bad-authorization-address", "A flow without usable addresses becomes a bearer token that the user gives."),
    (CredentialParameter, "IM105", Repairs, "credential-parameter", "A parameter that is an API key which the operation requires anyway is left out: the client sends the key."),
    (AuthorizationParameter, "IM106", Repairs, "authorization-parameter", "The header parameter `Authorization` of an operation without a security scheme becomes an API key."),
    (PlainHttp, "IM110", Repairs, "plain-http", "Addresses are `https`."),
    (RelativeServer, "IM111", Repairs, "relative-server", "A server without a host gets the variable `host`."),
    (UndeclaredServerVariable, "IM112", Repairs, "undeclared-server-variable", "Variables of servers are declared where the document does not."),
    (NoServer, "IM113", Repairs, "no-server", "A document without servers gets one with the variable `host`."),
    (MalformedServer, "IM114", Repairs, "malformed-server", "Parts that are not allowed in a server URL are removed."),
    // Texts and answers
    (ShortenedText, "IM120", Leaves, "shortened-text", "Texts that are too long for a page are cut at a paragraph."),
    (NoDocumentation, "IM121", Repairs, "no-documentation", "A document without a documentation link gets the address of its server."),
    (ChosenCategory, "IM122", Repairs, "chosen-category", "The category is the catalogue's first, unless one is given."),
    (StatusRange, "IM123", Leaves, "status-range", "Ranges of statuses and `default` error responses are left out: they have no status code."),
    (OtherAnswers, "IM124", Leaves, "other-answers", "If there are several successful responses, the one with a body and the lowest status is used."),
    (ComposedExample, "IM125", Repairs, "composed-example", "An output without an example, or with one that contradicts its schema, gets one composed from the schema."),
    (NoPaging, "IM126", Repairs, "no-paging", "A list without recognizable pagination gets a waiver that the document describes none."),
    (Extensions, "IM127", Leaves, "extensions", "Keys that begin with `x-` are ignored, except for some widely used ones."),
    // Merge
    (Conflict, "IM140", Leaves, "conflict", "Where a person and the vendor changed one key, the person's value is kept."),
    (VendorChange, "IM141", Repairs, "vendor-change", "Changes that the vendor made since the last import are applied."),
    (Gone, "IM142", Leaves, "gone", "An action whose operation was removed from the document is kept."),
    (Rewritten, "IM143", Repairs, "rewritten", "A file in which single keys could not be replaced is rewritten without its comments."),
    (DeletedByHand, "IM144", Leaves, "deleted-by-hand", "An action that a person deleted is not imported again; `--operation` imports it again."),
}

/// One application of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The rule.
    pub rule: Rule,
    /// The place in the document, a JSON pointer.
    pub at: String,
    /// What it was about, in a few words.
    pub detail: String,
}

/// What the importer did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every application of a rule, in the order of the document, the first of each place.
    pub entries: Vec<Entry>,
    seen: std::collections::HashSet<(Rule, String)>,
    /// How many operations the document has.
    pub operations: usize,
    /// The number of requested operations.
    pub selected: usize,
    /// How many have become actions.
    pub arrived: usize,
}

impl Report {
    /// Maximum number of entries; a document with more is hostile or unusable.
    const MOST: usize = 200_000;

    /// Notes an application of a rule, once for a place.
    pub(super) fn add(&mut self, rule: Rule, at: &str, detail: impl Into<String>) {
        if self.entries.len() < Self::MOST && self.seen.insert((rule, at.to_owned())) {
            let detail: String = detail
                .into()
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .take(200)
                .collect();
            self.entries.push(Entry { rule, at: at.to_owned(), detail });
        }
    }

    /// The entries of a rule.
    pub fn of(&self, rule: Rule) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.rule == rule)
    }

    /// The rules that were applied, with how often, in their order.
    #[must_use]
    pub fn counts(&self) -> Vec<(Rule, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for entry in &self.entries {
            *counts.entry(entry.rule).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }
}

/// The report as a page.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = format!(
        "# Import report\n\n{} of {} operations arrived; the document has {}.\n",
        report.arrived, report.selected, report.operations
    );
    for (rule, count) in report.counts() {
        out.push_str(&format!(
            "\n## {} {} ({count})\n\n{}\n\n",
            rule.id(),
            rule.name(),
            rule.sentence()
        ));
        for entry in report.of(rule) {
            let detail =
                if entry.detail.is_empty() { String::new() } else { format!(": {}", entry.detail) };
            out.push_str(&format!(
                "- `{}`{detail}\n",
                if entry.at.is_empty() { "/" } else { &entry.at }
            ));
        }
    }
    out
}
