//! `bench all`: every part, one after the other. A part that fails is a row that says so.

use crate::figure::Figure;
use crate::{calls, compile, generation, newcomer, peers, project};

type Part<'a> = (&'static str, Box<dyn FnOnce() -> Result<Vec<Figure>, String> + 'a>);

/// The figures, with the sizes that the bars name; or with small ones.
#[expect(clippy::print_stderr, reason = "tells how far it is")]
pub(crate) fn figures(small: bool, rounds: usize) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (name, measure) in parts(small, rounds) {
        eprintln!("measuring {name} …");
        figures.extend(measure().unwrap_or_else(|why| vec![Figure::missing(name, &why)]));
    }
    figures
}

fn parts<'a>(small: bool, rounds: usize) -> Vec<Part<'a>> {
    let generated: &[usize] = if small { &[100, 200] } else { &[100, 1_000, 10_000, 100_000] };
    let compiled = if small {
        compile::Sizes { actions: vec![100, 200], others: 100, release: false }
    } else {
        compile::Sizes { actions: vec![200, 1_000, 5_000], others: 10_000, release: true }
    };
    let compared =
        peers::Comparison { documents: Vec::new(), written: Vec::new(), only: Vec::new(), folder: project().join("target/bench/peers") };
    vec![
        ("newcomer", Box::new(|| newcomer::figures(true))),
        ("gen", Box::new(move || generation::figures(generated, rounds))),
        ("compile", Box::new(move || compile::figures(&compiled, rounds))),
        ("peers", Box::new(move || peers::figures(&compared, rounds))),
        ("call", Box::new(move || calls(rounds))),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_part_is_measured() {
        let names: Vec<&str> = super::parts(false, 1).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["newcomer", "gen", "compile", "peers", "call"]);
    }
}
