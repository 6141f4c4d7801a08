//! The table of codes: stable ids, titles and explanations. An id is never reused.

macro_rules! codes {
    ($(($variant:ident, $id:literal, $title:literal, $explanation:literal),)*) => {
        /// What kind of fault it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable id, `AS` and four digits.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// What it is called.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Why it is an error, with what is wrong and what is right. Markdown.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }

            /// The code with this id, in any case.
            #[must_use]
            pub fn parse(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(id))
            }
        }
    };
}

codes! {
    (
        UnreadableFile,
        "AS0001",
        "file cannot be read",
        "The file or folder could not be opened. Check that it exists and that you may read it."
    ),
    (
        NotUtf8,
        "AS0002",
        "file is not UTF-8",
        "Specs and examples are UTF-8 text.\n\nBad: a file saved as Latin-1. Good: the same file saved as UTF-8."
    ),
    (
        BadCharacter,
        "AS0003",
        "character that is not allowed in a file",
        "Control characters other than tab and line breaks are invisible and have no meaning in a spec.\n\nBad: a raw NUL byte. Good: the escape `\"\\0\"` in a double-quoted string, where a value really needs it."
    ),
    (
        TooLarge,
        "AS0004",
        "file is too large",
        "Spec files hold at most 1 MiB, `integration.yaml` 16 MiB, example files 8 MiB.\n\nBad: a dump of a thousand records as example. Good: one or two of them."
    ),
    (
        TooDeep,
        "AS0005",
        "values are nested too deeply",
        "YAML may be nested 64 levels deep, JSON 128."
    ),
    (
        Syntax,
        "AS0006",
        "syntax error",
        "The file is not valid YAML or JSON.\n\nBad: `title: Get: User`. Good: `title: 'Get: User'`."
    ),
    (
        TabIndentation,
        "AS0007",
        "tab used for indentation",
        "YAML is indented with spaces only.\n\nBad: a tab before `type: string`. Good: two spaces."
    ),
    (
        DuplicateKey,
        "AS0008",
        "duplicate key",
        "A mapping cannot repeat a key: one of the two values would be dropped silently.\n\nBad: `title: A` and again `title: B`. Good: one of them."
    ),
    (
        Alias,
        "AS0009",
        "anchors and aliases are not part of the language",
        "A spec is read top to bottom, without references between its lines.\n\nBad: `a: &x [1]`, `b: *x`. Good: `a: [1]`, `b: [1]`."
    ),
    (
        MergeKey,
        "AS0010",
        "merge keys are not part of the language",
        "A file spells out its own values.\n\nBad: `<<: *defaults`. Good: the keys themselves."
    ),
    (
        Tag,
        "AS0011",
        "tags are not part of the language",
        "The language decides the type of each value.\n\nBad: `maxLength: !!int \"5\"`. Good: `maxLength: 5`."
    ),
    (
        NonScalarKey,
        "AS0012",
        "key is not a string",
        "Keys are plain strings.\n\nBad: `[a, b]: c`. Good: `a: c`."
    ),
    (
        SeveralDocuments,
        "AS0013",
        "several documents in one file",
        "One file describes one thing.\n\nBad: two documents separated by `---`. Good: two files."
    ),
    (
        EmptyFile,
        "AS0014",
        "file is empty",
        "A spec file holds a mapping. Delete the file, or write the spec."
    ),
    (
        Symlink,
        "AS0015",
        "symbolic link",
        "Links are not followed, so that nothing outside the specs folder is read.\n\nBad: `actions/a.yaml -> ../../b.yaml`. Good: a file."
    ),
    (
        MisplacedFile,
        "AS0016",
        "file is in the wrong place",
        "Only these files belong below the specs folder: `catalog.yaml`, `<integration>/integration.yaml`, `<integration>/actions/*.yaml`, `<integration>/triggers/*.yaml`, `<integration>/examples/*.json` and `README.md`.\n\nBad: `acme/get_user.yml`. Good: `acme/actions/get_user.yaml`."
    ),
    (
        MissingFile,
        "AS0017",
        "file is missing",
        "Each integration has an `integration.yaml`."
    ),
    (
        UnknownKey,
        "AS0101",
        "unknown key",
        "Every mapping is closed: a misspelt key is an error rather than ignored.\n\nBad: `requird: true`. Good: `required: true`."
    ),
    (
        MissingKey,
        "AS0102",
        "required key is missing",
        "Some keys are required.\n\nBad: an action without `title`. Good: `title: Get User`."
    ),
    (
        WrongType,
        "AS0103",
        "value of the wrong type",
        "A value is text, a number, `true` or `false`, a list or a mapping, as its key requires.\n\nBad: `title: 1.10`. Good: `title: \"1.10\"`."
    ),
    (
        UnknownValue,
        "AS0104",
        "value is not allowed",
        "Some keys accept only certain values.\n\nBad: `in: qurey`. Good: `in: query`."
    ),
    (
        BadForm,
        "AS0105",
        "value has the wrong form",
        "Some values must have a certain form.\n\nBad: `request: get users`. Good: `request: GET /users`."
    ),
    (
        UnsupportedVersion,
        "AS0106",
        "unsupported version of the spec language",
        "This build supports version 1.\n\nBad: `spec: 2`. Good: `spec: 1`."
    ),
    (
        TooShort,
        "AS0107",
        "value must not be empty",
        "Some strings, lists and mappings must not be empty.\n\nBad: `title: \"\"`. Good: `title: Get User`."
    ),
    (
        Undecodable,
        "AS0108",
        "value that cannot be read",
        "The value has the right type but cannot be used, for example a number out of range.\n\nBad: `maxLength: -1`. Good: `maxLength: 128`."
    ),
    (
        BadId,
        "AS0201",
        "name that cannot be an id",
        "Ids of integrations and actions are `snake_case`: lower-case letters, digits and single underscores, beginning with a letter.\n\nBad: `Get-User.yaml`. Good: `get_user.yaml`."
    ),
    (
        NameCollision,
        "AS0202",
        "name collision",
        "Names derived for Rust or for pages must be unique.\n\nBad: parameters `userId` and `user_id`. Good: give one of them another key and set `wireName`."
    ),
    (
        UnknownReference,
        "AS0203",
        "reference to something that does not exist",
        "Actions, types, groups, categories, scopes, servers, authentication schemes, parameters and paginations can only be referenced if they are declared.\n\nBad: `group: usrs` without such a group. Good: `group: users`."
    ),
    (
        Unused,
        "AS0204",
        "declared but never used",
        "Remove named types, groups and paginations that nothing uses.\n\nBad: a group without an action. Good: remove it, or use it."
    ),
    (
        SelfReference,
        "AS0205",
        "circular reference",
        "A chain of types or renames must end.\n\nBad: `A: {type: B}` and `B: {type: A}`. Good: `B: {type: string}`."
    ),
    (
        PathVariable,
        "AS0301",
        "path variable without a parameter",
        "Each `{name}` in a path is a parameter or a capture.\n\nBad: `GET /users/{id}` without a parameter `id`. Good: declare `id` under `parameters`."
    ),
    (
        BadLocation,
        "AS0302",
        "parameter is not allowed in this location",
        "A GET request has no body, a path parameter is part of the path, a file needs a multipart or raw body.\n\nBad: `in: body` with GET. Good: `in: query`."
    ),
    (
        BadConstraint,
        "AS0303",
        "constraint does not fit",
        "A constraint must apply to the type and must be satisfiable.\n\nBad: `type: string` with `minimum: 1`. Good: `minLength: 1`."
    ),
    (
        BadPattern,
        "AS0304",
        "pattern is not a regular expression",
        "Patterns use the syntax of Rust's `regex` crate.\n\nBad: `(?=a)`. Good: `^a`."
    ),
    (
        BadDefault,
        "AS0305",
        "value violates its own type",
        "Defaults, examples and allowed values must satisfy their own type and constraints.\n\nBad: `type: integer` with `default: many`. Good: `default: 10`."
    ),
    (
        BadRule,
        "AS0306",
        "invalid rule",
        "A rule names parameters of the action, at least as many as it needs.\n\nBad: `exactlyOneOf: [id]`. Good: `exactlyOneOf: [id, name]`."
    ),
    (
        BadPointer,
        "AS0307",
        "not a JSON pointer",
        "A pointer is empty or begins with a slash (RFC 6901).\n\nBad: `user.id`. Good: `/user/id`."
    ),
    (
        BadStep,
        "AS0308",
        "invalid step",
        "An action has either `request` or `steps`, and a capture comes before its use.\n\nBad: both `request` and `steps`. Good: one of them."
    ),
    (
        BadBody,
        "AS0309",
        "request body that cannot be built",
        "Each body parameter and constant has its own place in the body and suits the kind of body.\n\nBad: `/a` and `/a/b` both set. Good: `/a/b` and `/a/c`."
    ),
    (
        MissingType,
        "AS0310",
        "value without a type",
        "Every parameter and property has a `type`, unless `enum`, `items` or `properties` imply it.\n\nBad: `limit: {description: …}`. Good: `limit: {type: integer, description: …}`."
    ),
    (
        BadErrorCase,
        "AS0311",
        "error case that no response matches",
        "Error cases are keyed by an HTTP status, or by a status and the vendor's code.\n\nBad: `not found`. Good: `404`, or `400 invalid_name`."
    ),
    (
        BadUnion,
        "AS0312",
        "types that cannot be combined",
        "The types under `allOf` must have common values. The types under `oneOf` or `anyOf` must be distinguishable if there is a `discriminator`.\n\nBad: `allOf: [{type: string}, {type: integer}]`. Good: `oneOf: [{type: string}, {type: integer}]`."
    ),
    (
        BadTransport,
        "AS0313",
        "request does not suit the server's protocol",
        "The servers of an integration are all `https://`, all `tcp://` or all `tds://`, and requests suit that protocol. SQL values are bound as parameters, never part of the statement's text.\n\nBad: `statement: SELECT * FROM {table}`. Good: `statement: SELECT * FROM t WHERE id = @id`."
    ),
    (
        BadStatus,
        "AS0314",
        "status that cannot be a result",
        "Statuses under `output.statuses` are redirects that mean success, from 300 to 399. 2xx means success without being listed; other statuses are errors.\n\nBad: `statuses: [201, 404]`. Good: `statuses: [303]`."
    ),
    (
        ExampleMismatch,
        "AS0401",
        "example does not match its type",
        "An example must be a value of its declared type.\n\nBad: `id: abc` where `User.id` is an integer. Good: `id: 17`."
    ),
    (
        BadNames,
        "AS0402",
        "name for a type that is not in the example",
        "Each pointer under `names` must match a value of the example, and pointers must not contradict each other.\n\nBad: `/usr: User`. Good: `/user: User`."
    ),
    (
        TypeConflict,
        "AS0403",
        "examples disagree",
        "A type name means the same type in all actions of an integration.\n\nBad: `id: 1` here and `id: a` there, both `User`. Good: two names."
    ),
    (
        MissingExampleSource,
        "AS0404",
        "example without a source",
        "Readers need to know where an example comes from.\n\nBad: `example` alone. Good: `verified: documentation` beside it."
    ),
    (
        BadExampleFile,
        "AS0405",
        "example file that cannot be used",
        "Example files must exist, be JSON and be used.\n\nBad: `example: usr.json` without such a file. Good: `example: user.json`."
    ),
    (
        MissingPagination,
        "AS0501",
        "list without `pagination`",
        "Without pagination, callers would miss results.\n\nBad: a list without `pagination`. Good: `pagination: {none: The list is short.}`."
    ),
    (
        MissingRetry,
        "AS0502",
        "write without `retry`",
        "Bad: a POST without `retry`. Good: `retry: {unsafe: Each call creates a page.}`."
    ),
    (
        MissingScopes,
        "AS0503",
        "scopes are missing",
        "An action lists the scopes that it requires for each OAuth 2 scheme.\n\nBad: no `scopes`. Good: `scopes: {oauth2: [read]}`."
    ),
    (
        Undocumented,
        "AS0504",
        "missing description",
        "Each parameter has a description.\n\nBad: `id: {type: string}`. Good: `id: {type: string, description: The user's id.}`."
    ),
    (
        BadUrl,
        "AS0505",
        "not an absolute `https` URL",
        "Bad: `documentation: docs/users`. Good: `documentation: https://docs.example.com/users`."
    ),
    (
        SecretInExample,
        "AS0506",
        "example looks like a real secret",
        "Examples are published.\n\nBad: a live token. Good: `made-up-token`."
    ),
    (
        EmptyText,
        "AS0507",
        "empty text",
        "Bad: `description: ' '`. Good: a sentence."
    ),
    (
        BadServer,
        "AS0601",
        "invalid server URL",
        "Bad: `url: http://api.example.com/`. Good: `url: https://api.example.com`."
    ),
    (
        BadAuthentication,
        "AS0602",
        "invalid authentication",
        "Bad: the authorization code flow without `authorizationUrl`. Good: add it."
    ),
    (
        BadConnectionTest,
        "AS0603",
        "connection test that cannot be run",
        "The test is a `read` without required parameters.\n\nBad: `connectionTest: delete_user`. Good: `connectionTest: get_current_user`."
    ),
    (
        BadTrigger,
        "AS0604",
        "trigger that cannot fire",
        "Bad: polling an action that writes. Good: polling a `read`."
    ),
    (
        BadVersion,
        "AS0605",
        "not a version",
        "Bad: `version: one`. Good: `version: 1.0.0`."
    ),
    (
        TitleForm,
        "AS0701",
        "title has the wrong form",
        "Titles are in Title Case; an action's begins with its verb. Acronyms and names keep their capitals.\n\nBad: `Users list`. Good: `List Users`."
    ),
    (
        DescriptionForm,
        "AS0702",
        "description has the wrong form",
        "An action's description begins with a verb in the third person, a trigger's with `Fires when`. Tables show only its first sentence. It adds information to the title.\n\nBad: `This action gets a user.` Good: `Returns a user by its ID, with the groups it is in.`"
    ),
    (
        SentenceForm,
        "AS0703",
        "description is not a full sentence",
        "Descriptions, meanings, reasons, remedies, notes and steps are full sentences: they start with a capital and end with a full stop.\n\nBad: `the ID of the user`. Good: `The ID of the user.`"
    ),
    (
        ParameterDescription,
        "AS0704",
        "parameter description without information",
        "Readers already know the name. The description explains what the value is, where it comes from and what it changes.\n\nBad: `Page size: The page size.` Good: `Maximum number of users per page.`"
    ),
    (
        UnrealisticExample,
        "AS0706",
        "unrealistic example",
        "Readers learn the form of values from examples, and types are inferred from examples.\n\nBad: `name: string`, `id: 12345`, `created: 1970-01-01T00:00:00Z`. Good: `name: Runbook`, `id: 65602`, `created: 2026-01-31T09:40:00Z`."
    ),
    (
        RealData,
        "AS0707",
        "example contains real data",
        "Examples are published: no credentials, no address of a person, no host and no IP address that belongs to anyone but the vendor. `example.com` (RFC 2606), `192.0.2.0/24`, `198.51.100.0/24`, `203.0.113.0/24` (RFC 5737) and `2001:db8::/32` (RFC 3849) are reserved for documentation.\n\nBad: `jane@gmail.com`. Good: `ada@example.com`."
    ),
    (
        Spelling,
        "AS0708",
        "misspelt word",
        "Texts are in American English. Words in backticks are code and are not checked.\n\nBad: `recieve`, `behaviour`. Good: `receive`, `behavior`."
    ),
    (
        ForeignLink,
        "AS0709",
        "documentation link to another host",
        "`documentation` links to a host that the integration declares: in `documentation`, `links`, `servers` or an authentication scheme.\n\nBad: a blog. Good: the vendor's reference."
    ),
    (
        SourceWithoutAddress,
        "AS0710",
        "source without a URL",
        "Reviewers of an action need to open its source.\n\nBad: `source: the vendor's manual`. Good: `source: https://docs.example.com/users`."
    ),
    (
        EmptyWaiver,
        "AS0711",
        "waiver without a reason",
        "A waiver gives the reason; readers already know what it waives.\n\nBad: `permissions: {none: No permission is needed.}`. Good: `permissions: {none: Every user of the site can see its themes.}`."
    ),
    (
        NoRemedy,
        "AS0712",
        "error without a `remedy`",
        "The errors of an integration explain how to fix the problem.\n\nBad: `'403': The token may not do this.`. Good: `'403': {description: The token may not do this., remedy: Give it the scope that the page names.}`."
    ),
    (
        BodyKeySpelling,
        "AS0713",
        "body key in another spelling than responses",
        "An API spells its keys in one way. A key of a JSON body whose casing differs from that of the same key in responses is usually a mistake: the vendor ignores it. If the vendor does spell it so, place the parameter with `at`.\n\nBad: `firstName`, where responses have `first_name`. Good: `first_name`."
    ),
    (
        RetryContradicted,
        "AS0714",
        "`retry: safe` contradicts an error",
        "A request that the vendor refuses with status 409 because its work is already done fails when it is repeated after a success, so it is not safe to retry.\n\nBad: `retry: safe` with `'409': The host is already contained.`. Good: `retry: {unsafe: A second request is refused once the host is contained.}`."
    ),
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn ids_are_sorted_and_unique_and_parse() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0].id() < pair[1].id()));
        assert!(Code::ALL.iter().all(|code| Code::parse(code.id()) == Some(*code)));
    }

    #[test]
    fn every_code_is_explained() {
        assert!(
            Code::ALL.iter().all(|code| !code.title().is_empty() && !code.explanation().is_empty())
        );
    }
}
