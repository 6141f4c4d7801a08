//! What signatures count for, by the server that a request goes to.

use super::Scope;
use crate::descriptor::scheme::AwsSigV4;

/// Services and regions of an integration's servers.
pub(crate) struct Scopes {
    aws: &'static AwsSigV4,
    region: String,
    regions: Vec<(&'static str, String)>,
}

impl Scopes {
    /// Fills the servers' variables into the regions; or says everything that is wrong with them.
    pub(crate) fn new(
        aws: &'static AwsSigV4,
        fill: &dyn Fn(&'static str) -> Result<String, Vec<String>>,
    ) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let mut filled = |text: &'static str| {
            fill(text).map_err(|more| problems.extend(more)).unwrap_or_default()
        };
        let region = filled(&aws.region);
        let regions =
            aws.regions.iter().map(|(server, region)| (server.as_str(), filled(region))).collect();
        if problems.is_empty() { Ok(Self { aws, region, regions }) } else { Err(problems) }
    }

    /// What a signature for a server counts for.
    pub(crate) fn of(&self, server: &str) -> Scope<'_> {
        let region = self
            .regions
            .iter()
            .find(|(name, _)| *name == server)
            .map_or(&self.region, |(_, region)| region);
        let service = self.aws.services.get(server).unwrap_or(&self.aws.service);
        Scope { region, service }
    }
}
