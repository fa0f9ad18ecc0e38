//! How deep the elements of a page are nested, as a browser would nest them, at most.

/// Elements that end where the next of their kind begins, and such as have no content.
const FLAT: [&[u8]; 22] = [
    b"p", b"li", b"dt", b"dd", b"tr", b"td", b"th", b"option", b"br", b"hr", b"wbr", b"img", b"input",
    b"link", b"meta", b"source", b"embed", b"col", b"track", b"area", b"base", b"param",
];

/// Elements that go on in the elements that follow until they are closed themselves.
const CARRIED: [&[u8]; 14] = [
    b"a", b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt",
    b"u",
];

/// Follows the tags of a page.
#[derive(Debug, Default)]
pub(super) struct Depth {
    open: Vec<u64>,
    carried: [usize; CARRIED.len()],
    deepest: usize,
}

impl Depth {
    pub(super) fn start(&mut self, name: &[u8]) {
        match CARRIED.iter().position(|carried| *carried == name) {
            Some(at) => self.carried[at] += 1,
            None if FLAT.contains(&name) => {}
            None => self.open.push(key(name)),
        }
        self.deepest = self.deepest.max(self.open.len() + self.carried.iter().sum::<usize>());
    }

    pub(super) fn end(&mut self, name: &[u8]) {
        /// What is nested deeper is not looked at any more.
        const REACH: usize = 1_000;
        if let Some(at) = CARRIED.iter().position(|carried| *carried == name) {
            self.carried[at] = self.carried[at].saturating_sub(1);
        } else if let Some(back) = self.open.iter().rev().take(REACH).position(|open| *open == key(name)) {
            self.open.truncate(self.open.len() - 1 - back);
        }
    }

    /// How deep it went.
    pub(super) fn deepest(&self) -> usize {
        self.deepest
    }
}

/// A name's first bytes as a number.
fn key(name: &[u8]) -> u64 {
    name.iter().take(size_of::<u64>()).fold(0, |key, &byte| key << u8::BITS | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unclosed_elements_nest() {
        let deepest = |tags: &[&str]| {
            let mut depth = Depth::default();
            for tag in tags.repeat(10) {
                match tag.strip_prefix('/') {
                    Some(name) => depth.end(name.as_bytes()),
                    None => depth.start(tag.as_bytes()),
                }
            }
            depth.deepest()
        };
        assert_eq!(deepest(&["div", "/div"]), 1);
        assert_eq!(deepest(&["p"]), 0);
        assert_eq!(deepest(&["b", "/i"]), 10);
        assert_eq!(deepest(&["div", "font", "/div"]), 11);
        assert_eq!(deepest(&["div", "span", "/div"]), 2);
        assert_eq!(deepest(&["table", "tr", "td"]), 10);
    }
}
