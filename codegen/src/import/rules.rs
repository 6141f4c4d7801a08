//! The rules of the importer: what it does where a document is wrong, or says what the language cannot say. A code is never given to another rule.

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
    (DuplicateKey, "IM002", Repairs, "duplicate-key", "Of a key that stands twice in one object, the last value counts."),
    (SeveralDocuments, "IM003", Leaves, "several-documents", "A YAML stream of several documents is read up to the end of the first."),
    (UnknownVersion, "IM004", Repairs, "unknown-version", "A document that states no known version is read as the one whose keys it has."),
    (MalformedPart, "IM005", Repairs, "malformed-part", "A part that is of another JSON type than the specification says is read as absent."),
    (Webhook, "IM006", Leaves, "webhook", "Webhooks, callbacks and links are not imported: a trigger needs a way to register it, which no document says."),
    // References
    (DanglingReference, "IM010", Repairs, "dangling-reference", "A reference to nothing stands for any value."),
    (ExternalReference, "IM011", Repairs, "external-reference", "A reference to another file stands for any value; bundle the document to have it read."),
    (CircularReference, "IM012", Repairs, "circular-reference", "A chain of references that comes back to itself without an object between stands for any value."),
    (GuessedReference, "IM013", Repairs, "guessed-reference", "A reference that misses its prefix leads to the component of that name."),
    // Operations
    (UnsupportedMethod, "IM020", Skips, "unsupported-method", "A method that the language does not have is skipped."),
    (BadPath, "IM021", Skips, "bad-path", "A path with braces that have no partner, with spaces or with climbing segments is skipped."),
    (Rejected, "IM022", Skips, "rejected", "An action that `gen` would not accept is left out; this is a fault of the importer, worth reporting."),
    (DuplicateOperationId, "IM023", Repairs, "duplicate-operation-id", "Of operations with one id, the later ones get a number."),
    (DerivedOperationId, "IM024", Repairs, "derived-operation-id", "An operation without an id is called by its method and path."),
    (ShortenedName, "IM025", Repairs, "shortened-name", "A name that is too long for a file or a Rust item is cut at a word."),
    (RepairedPath, "IM026", Repairs, "repaired-path", "A path gets its leading slash, and loses empty segments and fragments."),
    (QueryInPath, "IM027", Repairs, "query-in-path", "A query string in a path becomes query parameters and constants."),
    (ExtraTags, "IM028", Leaves, "extra-tags", "An action is in one group, that of its first tag."),
    (MalformedOperation, "IM029", Skips, "malformed-operation", "An operation that is no object is skipped."),
    // Parameters
    (UndeclaredPathVariable, "IM040", Repairs, "undeclared-path-variable", "A variable of the path without a parameter becomes a text parameter."),
    (StrayPathParameter, "IM041", Repairs, "stray-path-parameter", "A path parameter that the path does not name is left out."),
    (DuplicateParameter, "IM042", Repairs, "duplicate-parameter", "Of parameters with one name and place, the last counts."),
    (NamelessParameter, "IM043", Repairs, "nameless-parameter", "A parameter without a name, or in no place that HTTP has, is left out."),
    (IgnoredHeader, "IM044", Leaves, "ignored-header", "Header parameters `Accept`, `Content-Type` and `Authorization` are the client's own business."),
    (InvalidHeaderName, "IM045", Repairs, "invalid-header-name", "A parameter whose name cannot name a header is left out."),
    (CollidingNames, "IM046", Repairs, "colliding-names", "Parameters of one name in different places are told apart by the place."),
    (UnsupportedStyle, "IM047", Repairs, "unsupported-style", "A style that the language lacks is replaced by the nearest one."),
    (ExplodedObject, "IM048", Repairs, "exploded-object", "An exploded object becomes a parameter for each of its properties, as it is on the wire."),
    (OpenExplodedObject, "IM049", Repairs, "open-exploded-object", "An exploded object of unknown properties has no fixed names on the wire and is left out."),
    (StructuredText, "IM050", Repairs, "structured-text", "An object or a value of any type outside a body is written as JSON."),
    (UntypedParameter, "IM051", Repairs, "untyped-parameter", "A parameter without a type is text."),
    (MissingDescription, "IM052", Repairs, "missing-description", "A parameter without a description is described by its name."),
    (IdempotencyHeader, "IM053", Repairs, "idempotency-header", "The header of an idempotency key is filled by the client and makes the request safe to repeat."),
    // Bodies
    (BodyOfGet, "IM060", Repairs, "body-of-get", "The body of a GET or HEAD request is left out: it has no defined meaning (RFC 9110, section 9.3.1)."),
    (OtherMediaTypes, "IM061", Leaves, "other-media-types", "Of several media types of one body, the first JSON type counts, else a form, multipart, or the first."),
    (OptionalBody, "IM062", Repairs, "optional-body", "A body that is optional as a whole, with required properties, is required."),
    (XmlAsText, "IM063", Repairs, "xml-as-text", "An XML body is one text parameter, or a text output."),
    (ReadOnlyInRequest, "IM064", Leaves, "read-only", "Properties that are read-only are not sent."),
    (MalformedMediaType, "IM065", Repairs, "malformed-media-type", "A key of `content` that is no media type is read as JSON."),
    (PartHeaders, "IM066", Leaves, "part-headers", "Headers of single parts of a multipart body are left out."),
    // Schemas
    (InvalidSchema, "IM080", Repairs, "invalid-schema", "A schema that is no object stands for any value."),
    (UnknownType, "IM081", Repairs, "unknown-type", "A type that JSON Schema does not have is read as the one it resembles, or as any."),
    (TooDeep, "IM082", Repairs, "too-deep", "A schema nested or combined beyond what fits into a spec stands for any value from there on."),
    (RecursiveAlias, "IM083", Repairs, "recursive-alias", "A list or map that holds itself, with no object between, stands for any value."),
    (MergedUnion, "IM084", Repairs, "merged-union", "Alternatives beside properties of their own, and forms that are one of several, become one object with the properties of each, none required."),
    (TextUnion, "IM085", Repairs, "text-union", "Alternatives outside a body, where all is text, are a list where one may be given, otherwise text."),
    (TranslatedPattern, "IM086", Repairs, "translated-pattern", "A pattern is written in Rust's syntax."),
    (InvalidPattern, "IM087", Repairs, "invalid-pattern", "A pattern that is not valid, or that needs look-around or back-references, is left out."),
    (InvalidConstraint, "IM088", Repairs, "invalid-constraint", "A constraint that is no number, that contradicts another, or that is not for its type is left out."),
    (MistypedDefault, "IM089", Repairs, "mistyped-default", "A default that does not fit its type is converted, or left out."),
    (MistypedExample, "IM090", Repairs, "mistyped-example", "An example that does not fit its type is left out."),
    (MistypedEnum, "IM091", Repairs, "mistyped-enum", "Allowed values are made unique and of the type; those that cannot be are left out."),
    (CollidingTypes, "IM092", Repairs, "colliding-types", "Types whose names differ in nothing that Rust sees, or that name an action, get a number."),
    (UnsaidKeyword, "IM093", Leaves, "unsaid-keyword", "Keywords that the language lacks are left out."),
    (Tuple, "IM094", Repairs, "tuple", "A tuple is a list of any values."),
    (ConflictingParts, "IM095", Repairs, "conflicting-parts", "Parts of an `allOf` that contradict each other: the first says the type."),
    (SecretExample, "IM096", Repairs, "secret-example", "Examples that look like real credentials are replaced."),
    (OverlappingAlternatives, "IM097", Repairs, "overlapping-alternatives", "Objects under `oneOf` that nothing tells apart are under `anyOf`: a value that fits two of them is what the vendor means, not a mistake."),
    (UselessDiscriminator, "IM098", Repairs, "useless-discriminator", "A discriminator that does not tell named types apart is left out."),
    (CircularUnion, "IM099", Repairs, "circular-union", "An alternative that leads back to its own type, with no object between, is left out."),
    // Security and servers
    (ImplicitGrant, "IM100", Repairs, "token-flow", "Flows that end in the browser, ask for passwords or are unknown become a bearer token that the user gives."),
    (CombinedSecurity, "IM101", Repairs, "combined-security", "Keys that are needed beside another authentication scheme become a secret parameter."),
    (UndeclaredSecurity, "IM102", Repairs, "undeclared-security", "A security requirement that no scheme declares is left out."),
    (UndeclaredScope, "IM103", Repairs, "undeclared-scope", "Scopes that operations name and no flow declares are declared."),
    (BadAuthorizationAddress, "IM104", Repairs, "bad-authorization-address", "A flow without usable addresses becomes a bearer token that the user gives."),
    (PlainHttp, "IM110", Repairs, "plain-http", "Addresses are `https`."),
    (RelativeServer, "IM111", Repairs, "relative-server", "A server without a host gets the variable `host`."),
    (UndeclaredServerVariable, "IM112", Repairs, "undeclared-server-variable", "Variables of servers are declared where the document does not."),
    (NoServer, "IM113", Repairs, "no-server", "A document without servers gets one with the variable `host`."),
    (MalformedServer, "IM114", Repairs, "malformed-server", "What an address before a path cannot have is cut off."),
    // Texts and answers
    (ShortenedText, "IM120", Leaves, "shortened-text", "Texts longer than a page has room for are cut at a paragraph."),
    (NoDocumentation, "IM121", Repairs, "no-documentation", "A document that links to no documentation gets the address of its server."),
    (ChosenCategory, "IM122", Repairs, "chosen-category", "The category is the catalogue's first, unless one is given."),
    (StatusRange, "IM123", Leaves, "status-range", "Ranges of statuses and `default` answers of errors have no status to stand under."),
    (OtherAnswers, "IM124", Leaves, "other-answers", "Of several successful answers, the one with a body and the lowest status counts."),
    (ComposedExample, "IM125", Repairs, "composed-example", "An output without an example, or with one that contradicts its schema, gets one composed from the schema."),
    (NoPaging, "IM126", Repairs, "no-paging", "A list whose paging is not recognised says that the document shows none."),
    (Extensions, "IM127", Leaves, "extensions", "Keys that begin with `x-` are not read, some widely used ones aside."),
    // Merge
    (Conflict, "IM140", Leaves, "conflict", "Where a person and the vendor changed one key, the person's value stays."),
    (VendorChange, "IM141", Repairs, "vendor-change", "What the vendor changed since the last import is taken over."),
    (Gone, "IM142", Leaves, "gone", "An action whose operation is gone from the document stays."),
    (Rewritten, "IM143", Repairs, "rewritten", "A file in which single keys could not be replaced is written anew, without its comments."),
    (DeletedByHand, "IM144", Leaves, "deleted-by-hand", "An action that a person deleted is not imported again; `--operation` brings it back."),
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
    /// How many were asked for.
    pub selected: usize,
    /// How many have become actions.
    pub arrived: usize,
}

impl Report {
    /// Most entries that are kept; a document with more is hostile, or nobody reads on.
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
