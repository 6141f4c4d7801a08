//! The quality of a catalogue: what no compiler would refuse and every reader would notice.
//!
//! A rule looks at one file and adds findings; a file here holds the rules of one topic, and all rules stand in [`RULES`]. Rules see what
//! people wrote (`file`), never the Catalog: they judge words, examples and links, and `catalog` has judged the rest before. To add a rule:
//! a code, a function, a row, and a fixture in `codegen/tests/lint`.

mod consistency;
mod descriptions;
mod examples;
mod file;
mod parameters;
mod privacy;
mod provenance;
mod spelling;
mod titles;
mod waivers;

use rayon::prelude::*;

use self::file::{Home, SpecFile};
use crate::diagnostics::{Code, Diagnostic, Finding, Span};
use crate::load::IntegrationSources;

/// One thing that is looked at.
pub struct Rule {
    /// The code of its findings.
    pub code: Code,
    check: fn(&SpecFile, &mut Findings),
}

/// Every rule.
pub const RULES: &[Rule] = &[
    Rule { code: Code::TitleForm, check: titles::check },
    Rule { code: Code::DescriptionForm, check: descriptions::check },
    Rule { code: Code::SentenceForm, check: descriptions::check_sentences },
    Rule { code: Code::ParameterDescription, check: parameters::check_descriptions },
    Rule { code: Code::UnrealisticExample, check: examples::check },
    Rule { code: Code::RealData, check: privacy::check },
    Rule { code: Code::Spelling, check: spelling::check },
    Rule { code: Code::ForeignLink, check: provenance::check_links },
    Rule { code: Code::SourceWithoutAddress, check: provenance::check_sources },
    Rule { code: Code::EmptyWaiver, check: waivers::check_reasons },
    Rule { code: Code::NoRemedy, check: waivers::check_remedies },
    Rule { code: Code::BodyKeySpelling, check: consistency::check_body_keys },
    Rule { code: Code::RetryContradicted, check: consistency::check_retries },
];

/// Returns suggested spellings for a word: `None` if it is fine or unknown. Word lists are large and slow to compile, so those who lint bring
/// them, and those who generate need none.
pub type Dictionary = fn(&str) -> Option<Vec<&'static str>>;

/// What one rule has to say of one file.
pub(super) struct Findings {
    code: Code,
    dictionary: Dictionary,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Adds a finding.
    fn add(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        Finding::add(&mut self.found, Diagnostic::warning(self.code, span, message))
    }
}

/// What the rules find in an integration that has no errors, in the order of files and places.
#[must_use]
pub fn lint(sources: &IntegrationSources, dictionary: Dictionary) -> Vec<Diagnostic> {
    let Some(home) = Home::new(sources) else { return Vec::new() };
    let files: Vec<SpecFile> = home.files().into_iter().collect();
    let mut findings: Vec<Diagnostic> =
        files.par_iter().flat_map_iter(|file| look_at(file, dictionary)).collect();
    findings.sort_by(|a, b| place(a).cmp(&place(b)));
    findings
}

fn look_at(file: &SpecFile, dictionary: Dictionary) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for rule in RULES {
        let mut findings = Findings { code: rule.code, dictionary, found: Vec::new() };
        (rule.check)(file, &mut findings);
        all.append(&mut findings.found);
    }
    all
}

fn place(finding: &Diagnostic) -> (&str, usize, &str, &str) {
    (
        &finding.primary.span.file.path,
        finding.primary.span.range.start,
        finding.code.id(),
        &finding.message,
    )
}
