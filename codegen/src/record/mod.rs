//! From recorded requests to specs, for vendors without a description: a curl command, or a HAR file of a browser.
//!
//! ```text
//! shell        text -> words                     quoting as a POSIX shell reads it
//! curl, har    words, JSON -> Recorded           one request each, with its answer where there is one
//! credentials  Recorded -> authentication schemes  secrets leave the request here, before anything else looks at it
//! group        Recorded -> operations            one method and path template each
//! action       operation -> ActionSpec           parameters from query, headers and body; `shape` for types, `naming` for names
//! scrub        example -> example                personal data and tokens become made-up ones
//! place        specs -> files                    beside what is there already; `verify` as `gen` would
//! ```
//!
//! `scaffold` starts a spec without a request. Everything that is left out or replaced is in the [`Report`].

mod action;
mod authentication;
mod credentials;
mod curl;
mod curl_options;
mod files;
mod group;
mod har;
mod naming;
mod place;
mod report;
mod request;
pub mod scaffold;
mod scrub;
mod shape;
mod shell;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;

pub use files::write;
pub use place::{Known, Specs};
pub use report::{Fault, Kind, Line, Report};
pub use scrub::{Scrubbed, scrub};

use request::Recorded;

/// What to make of recorded requests.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The integration's id. Default: the one whose server the requests went to, or one named by the host.
    pub integration: Option<String>,
    /// The action's id, where there is one request. Default: derived from method and path.
    pub action: Option<String>,
    /// The category of a new integration.
    pub category: Option<String>,
    /// The vendor's page about the API, an absolute `https` address. Default: the host.
    pub documentation: Option<String>,
    /// The host whose requests are wanted. Default: the one with most of them.
    pub host: Option<String>,
    /// How `source` names the recording.
    pub source: String,
}

/// Specs made from recorded requests.
#[derive(Clone, Debug)]
pub struct Made {
    /// The integration's id.
    pub integration: String,
    /// Whether the integration is new.
    pub is_new: bool,
    /// The ids of the actions.
    pub actions: Vec<String>,
    /// Paths below the specs folder, each with its text.
    pub files: Vec<(String, String)>,
    /// What was left out, replaced and assumed.
    pub report: Report,
}

/// One action from a curl command. `read` gives the files that it names.
///
/// # Errors
///
/// Fails, with the place in the command, if it cannot be read as one request.
pub fn from_curl(
    command: &str,
    options: &Options,
    specs: &Specs,
    read: &dyn Fn(&str) -> std::io::Result<Vec<u8>>,
) -> Result<Made, Fault> {
    let mut report = Report::default();
    let recorded = curl::read(command, read, &mut report)?;
    make(vec![recorded], options, specs, report)
}

/// Actions and examples from a HAR file.
///
/// # Errors
///
/// Fails if it is no HAR file, or has no request of an API.
pub fn from_har(bytes: &[u8], options: &Options, specs: &Specs) -> Result<Made, Fault> {
    let mut report = Report::default();
    let recorded = har::read(bytes, options.host.as_deref(), &mut report)?;
    make(recorded, options, specs, report)
}

fn make(
    mut recorded: Vec<Recorded>,
    options: &Options,
    specs: &Specs,
    mut report: Report,
) -> Result<Made, Fault> {
    let mut schemes = authentication::Schemes::default();
    for one in &mut recorded {
        credentials::take(one, &mut schemes, &mut report);
    }
    if let Some(id) = options.action.as_ref().filter(|id| !crate::catalog::names::is_id(id)) {
        return Err(Fault::new(format!("`{id}` cannot be the id of an action"))
            .help("use lower-case words with underscores, a letter first"));
    }
    let place = place::find(&recorded, options, specs, &mut report)?;
    for one in &mut recorded {
        place.enter(one);
    }
    let mut scrubber = scrub::Scrubber::default();
    recorded.iter().for_each(|one| scrubber.learn(one));
    let groups = group::group(recorded, &mut report);
    let mut ids =
        naming::Ids::new(place.taken(), options.action.as_deref().filter(|_| groups.len() == 1));
    let mut actions = IndexMap::new();
    let mut examples = IndexMap::new();
    for operation in groups {
        let id = ids.take(&operation);
        let (spec, example) =
            action::make(&id, &operation, &place, options, &mut scrubber, &mut report);
        examples.extend(example.map(|example| (format!("{id}.json"), example)));
        actions.insert(id, spec);
    }
    scrubber.tell(&mut report);
    place.finish(&schemes, actions, &examples, options, report)
}
