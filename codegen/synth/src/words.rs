//! Names and sentences.

use crate::random::Random;

/// Nouns with a regular plural.
const NOUNS: &[&str] = &[
    "account",
    "agent",
    "alarm",
    "alert",
    "approval",
    "artifact",
    "asset",
    "backup",
    "badge",
    "board",
    "bundle",
    "calendar",
    "campaign",
    "card",
    "channel",
    "checkpoint",
    "cluster",
    "comment",
    "connector",
    "contact",
    "contract",
    "dashboard",
    "dataset",
    "deployment",
    "device",
    "document",
    "domain",
    "endpoint",
    "event",
    "feed",
    "filter",
    "finding",
    "folder",
    "form",
    "group",
    "handoff",
    "host",
    "image",
    "incident",
    "invoice",
    "job",
    "key",
    "label",
    "license",
    "mailbox_rule",
    "member",
    "message",
    "metric",
    "monitor",
    "network",
    "note",
    "offer",
    "order",
    "package",
    "page",
    "panel",
    "pipeline",
    "plan",
    "playbook",
    "product",
    "profile",
    "project",
    "quota",
    "record",
    "release",
    "report",
    "request",
    "role",
    "rule",
    "schedule",
    "sensor",
    "session",
    "signal",
    "site",
    "snapshot",
    "space",
    "task",
    "team",
    "template",
    "tenant",
    "test",
    "ticket",
    "token",
    "user",
    "vault",
    "vendor",
    "variant",
    "volume",
    "watcher",
    "webhook",
    "widget",
    "worker",
    "zone",
];

const ADJECTIVES: &[&str] = &[
    "active",
    "archived",
    "assigned",
    "audit",
    "billing",
    "blocked",
    "business",
    "cached",
    "central",
    "child",
    "custom",
    "daily",
    "default",
    "detached",
    "draft",
    "external",
    "federated",
    "global",
    "guest",
    "hidden",
    "hosted",
    "internal",
    "legacy",
    "linked",
    "local",
    "managed",
    "mobile",
    "nested",
    "open",
    "partner",
    "pending",
    "primary",
    "private",
    "public",
    "remote",
    "scheduled",
    "shared",
    "signed",
    "staged",
    "trusted",
];

const FIELDS: &[&str] = &[
    "name",
    "title",
    "status",
    "kind",
    "summary",
    "owner",
    "region",
    "priority",
    "severity",
    "category",
    "locale",
    "currency",
    "color",
    "origin",
    "reason",
    "scope",
    "stage",
    "channel",
    "mode",
    "reference",
    "alias",
    "hash",
    "format",
    "language",
    "location",
    "path",
    "prefix",
    "queue",
    "rank",
    "score",
    "size",
    "count",
    "limit",
    "weight",
    "position",
    "duration",
    "attempts",
    "progress",
    "threshold",
    "capacity",
    "enabled",
    "verified",
    "locked",
    "visible",
    "editable",
    "shared",
    "archived",
    "default",
    "internal",
    "settings",
    "details",
    "metadata",
    "history",
    "permissions",
    "links",
    "labels",
    "members",
    "children",
    "attachments",
    "parent",
    "creator",
    "assignee",
    "team",
    "source",
    "target",
    "template",
    "schedule",
    "policy",
    "network",
    "contact",
];

const FIRST: &[&str] = &[
    "alder", "amber", "anchor", "aspen", "basalt", "beacon", "birch", "bright", "cedar", "cinder",
    "clear", "cobalt", "copper", "coral", "delta", "ember", "fern", "flint", "granite", "harbor",
    "hazel", "indigo", "iron", "juniper", "larch", "linden", "maple", "marble", "meadow", "north",
];

const SECOND: &[&str] = &[
    "base", "bridge", "cast", "cloud", "core", "deck", "desk", "field", "flow", "forge", "gate",
    "grid", "guard", "hub", "lens", "line", "link", "mark", "path", "point", "port", "scope",
    "sense", "shield", "space", "stack", "stream", "track", "wave", "works",
];

const SUBJECTS: &[&str] = &[
    "The vendor",
    "The caller",
    "An administrator",
    "Each member",
    "The workspace",
    "A connected app",
    "The policy",
];
const VERBS: &[&str] = &[
    "sees", "keeps", "ignores", "requires", "records", "returns", "limits", "replaces", "counts",
    "shows",
];
const OBJECTS: &[&str] = &[
    "the latest version",
    "what was changed since",
    "only values in UTC",
    "at most one of them",
    "the `default` value",
    "names of up to 64 characters",
    "every entry, the oldest first",
    "the ones that are *not* archived",
    "letters, digits and `-`",
    "what the plan includes",
    "a copy in the région of the tenant",
    "\"quoted\" parts as they are",
];
const TAILS: &[&str] = &[
    "",
    "",
    "",
    " when the flag is set",
    " unless it was deleted",
    ", as the [guide](https://docs.example.com/guide/limits) says",
    " for 30 days",
    " (plans above **Basic** only)",
    ", whatever the locale → the caller converts",
    " while a job is running",
];

/// One thing of many that an integration is about, in `snake_case`: no two indexes below 150,000 give the same.
pub(crate) fn thing(index: usize) -> String {
    // The strides have no factor in common with the lengths, so that neighbours differ and nothing comes twice.
    let noun = NOUNS[index * 37 % NOUNS.len()];
    match index / NOUNS.len() {
        0 => noun.to_owned(),
        round if round <= ADJECTIVES.len() => {
            format!("{}_{noun}", ADJECTIVES[(round - 1) * 7 % ADJECTIVES.len()])
        }
        round => {
            let pair = round - 1 - ADJECTIVES.len();
            let (first, second) =
                (pair / ADJECTIVES.len() % ADJECTIVES.len(), pair % ADJECTIVES.len());
            format!("{}_{}_{noun}", ADJECTIVES[first], ADJECTIVES[second])
        }
    }
}

/// The name of an integration, in `snake_case`; no two indexes give the same.
pub(crate) fn system(index: usize) -> String {
    let (first, second) =
        (FIRST[index * 7 % FIRST.len()], SECOND[index / FIRST.len() * 11 % SECOND.len()]);
    match index / (FIRST.len() * SECOND.len()) {
        0 => format!("{first}_{second}"),
        round => format!("{first}_{second}_{}", round + 1),
    }
}

/// The name of a field or parameter, in `snake_case`.
pub(crate) fn field(random: &mut Random) -> String {
    let word = random.pick(FIELDS);
    if random.percent(40) { format!("{}_{word}", random.pick(ADJECTIVES)) } else { word.to_owned() }
}

/// `snake_case` in title case.
pub(crate) fn title(name: &str) -> String {
    let words: Vec<String> = name.split('_').map(capital).collect();
    words.join(" ")
}

/// `snake_case` as a type's name.
pub(crate) fn type_name(name: &str) -> String {
    name.split('_').map(capital).collect()
}

/// `snake_case` in `camelCase`.
pub(crate) fn camel(name: &str) -> String {
    let name = type_name(name);
    name[..1].to_ascii_lowercase() + &name[1..]
}

fn capital(word: &str) -> String {
    word.get(..1).map_or_else(String::new, |first| first.to_ascii_uppercase() + &word[1..])
}

/// One sentence, of 25 to 130 characters.
pub(crate) fn sentence(random: &mut Random) -> String {
    format!(
        "{} {} {}{}.",
        random.pick(SUBJECTS),
        random.pick(VERBS),
        random.pick(OBJECTS),
        random.pick(TAILS)
    )
}

/// So many sentences at most, at least one.
pub(crate) fn text(random: &mut Random, most: usize) -> String {
    let count = random.between(1, most);
    let sentences: Vec<String> = (0..count).map(|_| sentence(random)).collect();
    sentences.join(" ")
}

/// A short value, as of a label.
pub(crate) fn label(random: &mut Random) -> String {
    format!("{} {}", capital(random.pick(ADJECTIVES)), random.pick(NOUNS).replace('_', " "))
}

/// A value of an enumeration.
pub(crate) fn value(random: &mut Random) -> String {
    random.pick(ADJECTIVES).to_owned()
}
