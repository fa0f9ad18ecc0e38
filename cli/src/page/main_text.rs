//! Which runs of a page are its text: what a reader's view of it would show.

use accede::PartialDate;
use dom_smoothie::{Config, Readability};

use super::meta::day;
use super::runs::{Run, Runs};

/// What the page's main text is.
#[derive(Debug)]
pub(super) struct MainText {
    /// For each run, whether it is part of it.
    pub(super) body: Vec<bool>,
    pub(super) title: Option<String>,
    pub(super) date: Option<PartialDate>,
}

/// A page of more elements is no article, and would take long.
const ELEMENTS: usize = 50_000;

/// A page nested deeper is made to cost much: the library's time grows with the square of the depth.
const DEPTH: usize = 200;

impl MainText {
    /// Lets the main-content library choose. It knows nothing of positions, so each run goes in with a mark of its
    /// own, a character that no text uses, and the marks that come out tell which runs were chosen.
    pub(super) fn find(source: &str, Runs { runs, depth, .. }: &Runs) -> Self {
        if *depth > DEPTH {
            return Self::by_tags(runs);
        }
        let config = Config { max_elements_to_parse: ELEMENTS, ..Config::default() };
        let marked = marked(source, runs);
        let article =
            Readability::new(marked, None, Some(config)).and_then(|mut readability| readability.parse()).ok();
        let Some(article) = article else { return Self::by_tags(runs) };
        let mut body = vec![false; runs.len()];
        for number in article.text_content.chars().filter_map(number) {
            if let Some(is_body) = body.get_mut(number) {
                *is_body = true;
            }
        }
        let title: String = article.title.chars().filter(|&c| number(c).is_none()).collect();
        Self {
            body,
            title: Some(title.trim().to_owned()).filter(|title| !title.is_empty()),
            date: article.published_time.as_deref().and_then(day),
        }
    }

    /// Without an answer from the library, all but what the tags tell for furniture.
    fn by_tags(runs: &[Run]) -> Self {
        Self {
            body: runs.iter().map(|run| !run.is_around && !run.is_title).collect(),
            title: None,
            date: None,
        }
    }
}

/// The two planes of Unicode that are for private use, without their last characters, which are none.
const PLANES: [u32; 2] = [0xF_0000, 0x10_0000];
const PLANE: u32 = 0xFFFE;

fn mark(number: usize) -> Option<char> {
    let number = u32::try_from(number).ok()?;
    let plane = PLANES.get((number / PLANE) as usize)?;
    char::from_u32(plane + number % PLANE)
}

fn number(mark: char) -> Option<usize> {
    let at = PLANES.iter().rposition(|plane| u32::from(mark) >= *plane)?;
    Some((at as u32 * PLANE + u32::from(mark) - PLANES[at]) as usize)
}

/// The file with a mark before each run.
fn marked(source: &str, runs: &[Run]) -> String {
    let mut marked = String::with_capacity(source.len() + 4 * runs.len());
    let mut at = 0;
    for (number, run) in runs.iter().enumerate().filter(|(_, run)| !run.is_title) {
        marked.push_str(&source[at..run.source]);
        marked.extend(mark(number));
        at = run.source;
    }
    marked.push_str(&source[at..]);
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_their_numbers() {
        for n in [0, 1, 65_533, 65_534, 131_067] {
            assert_eq!(mark(n).and_then(number), Some(n));
        }
        assert_eq!(mark(131_068), None);
        assert_eq!(number('A'), None);
    }
}
