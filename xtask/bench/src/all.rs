//! `bench all`: every part, one after the other. A part that fails is a row that says so.

use std::path::Path;

use crate::figure::Figure;
use crate::{calls, compile, generation, newcomer, peers, project};

type Part<'a> = (&'static str, Box<dyn FnOnce() -> Result<Vec<Figure>, String> + 'a>);

/// The figures, with the sizes that the bars name or with small ones; and whether every part could be measured.
pub(crate) fn figures(small: bool, rounds: usize) -> (Vec<Figure>, bool) {
    measure_each(parts(small, rounds))
}

#[expect(clippy::print_stderr, reason = "tells how far it is")]
fn measure_each(parts: Vec<Part<'_>>) -> (Vec<Figure>, bool) {
    let (mut figures, mut complete) = (Vec::new(), true);
    for (name, measure) in parts {
        eprintln!("measuring {name} …");
        figures.extend(measure().unwrap_or_else(|why| {
            complete = false;
            vec![Figure::missing(name, &why)]
        }));
    }
    (figures, complete)
}

fn parts<'a>(small: bool, rounds: usize) -> Vec<Part<'a>> {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let generated: &[usize] = if small { &[100, 200] } else { &[100, 1_000, 10_000, 100_000] };
    let compiled = if small {
        compile::Sizes { actions: vec![100, 200], others: 100, release: false }
    } else {
        compile::Sizes { actions: vec![200, 1_000, 5_000], others: 10_000, release: true }
    };
    let compared = peers::Comparison {
        documents: Vec::new(),
        written: Vec::new(),
        only: Vec::new(),
        folder: project().join("target/bench/peers"),
    };
    vec![
        ("newcomer", Box::new(|| newcomer::figures(true))),
        ("gen", Box::new(move || generation::figures(generated, rounds, &folder))),
        ("compile", Box::new(move || compile::figures(&compiled, rounds))),
        ("peers", Box::new(move || peers::figures(&compared, rounds))),
        ("call", Box::new(move || calls(rounds))),
    ]
}

#[cfg(test)]
mod tests {
    use crate::figure::Figure;

    #[test]
    fn a_part_that_fails_is_a_row_and_the_next_is_measured() {
        let figure = Figure::new("time", 1.0, "s", "here");
        let next = figure.clone();
        let (figures, complete) = super::measure_each(vec![
            ("gen", Box::new(|| Err("error: no specs\nmore".to_owned()))),
            ("call", Box::new(move || Ok(vec![next]))),
        ]);
        assert_eq!(figures, [Figure::missing("gen", "error: no specs"), figure]);
        assert!(!complete);
    }

    #[test]
    fn every_part_is_measured() {
        let names: Vec<&str> = super::parts(false, 1).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["newcomer", "gen", "compile", "peers", "call"]);
    }
}
