//! Packed input is read as if it were not.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

/// The first bytes of gzip.
const GZIP: &[u8] = b"\x1f\x8b";
/// The first bytes of zstd.
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// The name of what is packed: "news.jsonl" for "news.jsonl.gz".
pub(super) fn inner_name(path: &Path) -> PathBuf {
    let packed = path
        .extension()
        .is_some_and(|extension| ["gz", "zst"].iter().any(|known| extension.eq_ignore_ascii_case(known)));
    if packed { path.with_extension("") } else { path.to_owned() }
}

/// Unpacks a stream if its first bytes tell that it is packed.
pub(super) fn unpacked<'s>(stream: &'s mut dyn BufRead) -> io::Result<Box<dyn BufRead + 's>> {
    let head = stream.fill_buf()?;
    Ok(if head.starts_with(GZIP) {
        Box::new(BufReader::new(Named { reader: MultiGzDecoder::new(stream), what: "gzip" }))
    } else if head.starts_with(ZSTD) {
        let reader = zstd::stream::read::Decoder::with_buffer(stream)?;
        Box::new(BufReader::new(Named { reader, what: "zstd" }))
    } else {
        Box::new(stream)
    })
}

/// A reader whose errors say what was being unpacked.
struct Named<R> {
    reader: R,
    what: &'static str,
}

impl<R: io::Read> io::Read for Named<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.reader.read(into).map_err(|error| {
            io::Error::new(error.kind(), format!("it cannot be unpacked with {}: {error}", self.what))
        })
    }
}
