//! `accede explain`: why each mention and triple came out as it did.

mod account;
mod render;

use accede::{Extractor, verify};
use anyhow::Result;

use crate::args::ExplainArgs;
use crate::input::{Input, read_all};
use crate::output::{Coloured, Output};

use account::Explained;

/// Explains all documents of the input; `false` if some failed.
pub(crate) fn run(args: &ExplainArgs) -> Result<bool> {
    let extractor = Extractor::new(args.data.load()?)?;
    let mut output = if args.json { Output::open(None)? } else { Output::coloured() };
    let mut all_done = true;
    let mut failed = None;
    let inputs: Vec<_> = args.document.iter().cloned().collect();
    read_all(&inputs, &args.read, &mut |input| {
        let done = input.and_then(|input| explain(&extractor, args, input));
        let written = match done {
            Ok(bytes) => output.write(&bytes),
            Err(error) => {
                all_done = false;
                anstream::eprintln!("accede: {error:#}");
                Ok(())
            }
        };
        failed = written.err();
        failed.is_none()
    });
    match failed {
        Some(error) => Err(error),
        None => output.finish().map(|()| all_done),
    }
}

/// The account of one document, as it is written.
fn explain(extractor: &Extractor<'_>, args: &ExplainArgs, input: Input) -> Result<Vec<u8>> {
    let input = input.prepared(args.read.date)?;
    let document = input.document();
    let candidates = extractor.scanner().scan(document.text);
    let (resolution, accounts) = extractor.resolver().explain(&document, &candidates);
    let relation = extractor.relater().explain(&document, &resolution);
    let checks: Vec<_> =
        relation.triples.iter().map(|triple| verify(triple, &document, extractor.gazetteer())).collect();
    let explained =
        Explained::new(&document, extractor.gazetteer(), &resolution, &accounts, &relation, &checks);
    let mut bytes = Vec::new();
    if args.json {
        serde_json::to_writer(&mut bytes, &explained)?;
        bytes.push(b'\n');
    } else {
        render::write(&explained, &Coloured, &mut bytes)?;
    }
    Ok(bytes)
}
