//! `accede tag`: the main job.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use accede::{Document, Extractor, Offsets, Paint, Plain, Record, known, write_json, write_pretty};
use anyhow::{Result, bail};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::args::{OutputFormat, TagArgs};
use crate::input::{Input, read_all};
use crate::output::{Coloured, Output, on_terminal};
use crate::pipeline;

/// A record with what the command adds to it.
#[derive(Serialize)]
struct Carried<'r> {
    #[serde(flatten)]
    record: &'r Record<'r>,
    meta: &'r Map<String, Value>,
}

/// Tags all documents; `false` if some failed.
pub(crate) fn run(args: &TagArgs) -> Result<bool> {
    let extractor = Extractor::new(args.data.load()?)?;
    if let Some(path) =
        args.output.as_deref().filter(|output| args.inputs.iter().any(|input| input == output))
    {
        bail!("{}: it is an input, and would be overwritten", path.display());
    }
    let pretty = on_terminal() && args.output.is_none();
    let format = args.format.unwrap_or(if pretty { OutputFormat::Pretty } else { OutputFormat::Jsonl });
    let mut output = match (&args.output, format) {
        (None, OutputFormat::Pretty) => Output::coloured(),
        (path, _) => Output::open(path.as_deref())?,
    };
    let mut all_done = true;
    pipeline::run(
        args.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN),
        |give| read_all(&args.inputs, &args.read, give),
        |input| input.and_then(|input| guarded(&extractor, args, format, input)),
        |done| match done {
            Ok(bytes) => output.write(&bytes),
            Err(error) => {
                all_done = false;
                anstream::eprintln!("accede: {error:#}");
                Ok(())
            }
        },
    )?;
    output.finish()?;
    Ok(all_done)
}

/// A defect that one document brings to light must not cost the others.
fn guarded(extractor: &Extractor<'_>, args: &TagArgs, format: OutputFormat, input: Input) -> Result<Vec<u8>> {
    let (source, id) = (input.source.clone(), input.id.clone());
    let tagged = catch_unwind(AssertUnwindSafe(|| tag(extractor, args, format, input)));
    tagged.unwrap_or_else(|_| {
        bail!("{source}: document `{id}` could not be read: a defect of this program, please report it")
    })
}

/// One document in the form it is written.
fn tag(extractor: &Extractor<'_>, args: &TagArgs, format: OutputFormat, input: Input) -> Result<Vec<u8>> {
    let input = input.prepared(args.read.date)?;
    let mut document = input.document();
    let extraction = extractor.extract(&document);
    let known = args
        .known
        .then(|| known(&document, &extraction.resolution, &extraction.triples, extractor.gazetteer()));
    let offsets = match format {
        OutputFormat::Jsonl => args.offsets.0,
        // What is shown is the text that was read, not the file around it.
        OutputFormat::Pretty => {
            document = Document { layout: None, ..document };
            Offsets::Byte
        }
    };
    let mut record =
        Record::with_known(&document, &extraction, known.as_ref(), extractor.gazetteer(), offsets);
    record.notes.extend(input.notes.iter().cloned());
    let mut bytes = Vec::new();
    let paint: &dyn Paint = if args.output.is_some() { &Plain } else { &Coloured };
    match (format, &input.meta) {
        (OutputFormat::Pretty, _) => write_pretty(&record, input.text(), paint, &mut bytes)?,
        (OutputFormat::Jsonl, None) => write_json(&record, &mut bytes)?,
        (OutputFormat::Jsonl, Some(meta)) => {
            serde_json::to_writer(&mut bytes, &Carried { record: &record, meta })?;
            bytes.push(b'\n');
        }
    }
    Ok(bytes)
}
