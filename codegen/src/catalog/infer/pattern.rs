//! Pointer patterns: which name an author gave to a place in an example.

/// A JSON pointer whose segments may be `*` (one segment) or `**` (any number).
#[derive(Debug)]
pub(super) struct Pattern {
    segments: Vec<Segment>,
    /// Less is more specific: `**`s, then `*`s.
    rank: (usize, usize),
}

#[derive(Debug)]
enum Segment {
    Exact(String),
    One,
    Any,
}

impl Pattern {
    /// Reads a pattern; says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        if !text.is_empty() && !text.starts_with('/') {
            return Err("a pointer begins with `/`");
        }
        let segments = text.split('/').skip(1).map(segment).collect::<Result<Vec<_>, _>>()?;
        let count = |wanted: fn(&Segment) -> bool| {
            segments.iter().filter(|segment| wanted(segment)).count()
        };
        let rank = (
            count(|segment| matches!(segment, Segment::Any)),
            count(|segment| matches!(segment, Segment::One)),
        );
        Ok(Self { segments, rank })
    }

    /// Whether the pattern is a plain pointer.
    pub(super) fn is_exact(&self) -> bool {
        self.rank == (0, 0)
    }
}

fn segment(text: &str) -> Result<Segment, &'static str> {
    match text {
        "*" => Ok(Segment::One),
        "**" => Ok(Segment::Any),
        _ => unescape(text).map(Segment::Exact),
    }
}

fn unescape(text: &str) -> Result<String, &'static str> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match (char, if char == '~' { chars.next() } else { None }) {
            ('~', Some('0')) => out.push('~'),
            ('~', Some('1')) => out.push('/'),
            ('~', _) => return Err("`~` must be followed by `0` (for `~`) or `1` (for `/`)"),
            (char, _) => out.push(char),
        }
    }
    Ok(out)
}

/// How far each pattern has matched at one place: pattern and next segment, both indexes.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress(Vec<(usize, usize)>);

impl Progress {
    /// The state at the root.
    pub(super) fn start(patterns: &[Option<Pattern>]) -> Self {
        let mut progress = Self::default();
        for (index, pattern) in patterns.iter().enumerate() {
            if let Some(pattern) = pattern {
                progress.push(pattern, index, 0);
            }
        }
        progress
    }

    /// The state one segment below.
    pub(super) fn step(&self, patterns: &[Option<Pattern>], key: &str) -> Self {
        let mut next = Self::default();
        for &(index, at) in &self.0 {
            let Some(pattern) = patterns[index].as_ref() else { continue };
            match pattern.segments.get(at) {
                Some(Segment::Exact(wanted)) if wanted == key => next.push(pattern, index, at + 1),
                Some(Segment::One) => next.push(pattern, index, at + 1),
                Some(Segment::Any) => next.push(pattern, index, at),
                _ => {}
            }
        }
        next
    }

    /// Adds a state and those that follow from it because `**` may stand for nothing.
    fn push(&mut self, pattern: &Pattern, index: usize, mut at: usize) {
        loop {
            if !self.0.contains(&(index, at)) {
                self.0.push((index, at));
            }
            if !matches!(pattern.segments.get(at), Some(Segment::Any)) {
                return;
            }
            at += 1;
        }
    }

    /// The patterns that match here, the most specific first; of equal ones the later first.
    pub(super) fn matches(&self, patterns: &[Option<Pattern>]) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .0
            .iter()
            .filter(|&&(index, at)| {
                patterns[index].as_ref().is_some_and(|pattern| pattern.segments.len() == at)
            })
            .map(|&(index, _)| index)
            .collect();
        found.sort_by_key(|&index| {
            (patterns[index].as_ref().map(|pattern| pattern.rank), std::cmp::Reverse(index))
        });
        found
    }
}
