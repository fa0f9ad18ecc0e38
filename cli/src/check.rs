//! `accede check`: what is wrong with the tables of a gazetteer.

use accede::{Error, Extractor, Gazetteer, Kind, Office, Package, check, check_rules};
use anyhow::Result;

use crate::args::{CheckArgs, Folder};
use crate::output::Output;

/// Lists what is wrong in each folder; `false` if anything is.
pub(crate) fn run(args: &CheckArgs) -> Result<bool> {
    let mut output = Output::open(None)?;
    let mut findings = 0;
    for folder in &args.dirs {
        let known = if folder.stands_alone()? { None } else { Some(Gazetteer::builtin()?) };
        let mut found = match folder.is_rules() {
            true => Vec::new(),
            false => check(&Package::Dir(folder.dir.clone()), known)?,
        };
        if found.is_empty() {
            found = rules(folder);
        }
        for finding in found {
            findings += 1;
            output.write(format!("{finding}\n").as_bytes())?;
        }
        // What cannot be loaded has been found above.
        if let Some(gazetteer) = args.counts.then(|| folder.load().ok()).flatten() {
            output.write(counts(&gazetteer).as_bytes())?;
        }
    }
    output.finish()?;
    match findings {
        0 => {}
        1 => anstream::eprintln!("accede: 1 finding"),
        _ => anstream::eprintln!("accede: {findings} findings"),
    }
    Ok(findings == 0)
}

/// What is wrong with the rules of a folder: those that cannot be read, and examples that do not hold.
fn rules(folder: &Folder) -> Vec<Error> {
    let gazetteer = match folder.load() {
        Ok(gazetteer) => gazetteer,
        Err(error) => return error.downcast::<Error>().into_iter().collect(),
    };
    match Extractor::new(&gazetteer) {
        Ok(extractor) => check_rules(&extractor, &folder.dir),
        Err(error) => vec![error],
    }
}

/// How much a gazetteer holds.
fn counts(gazetteer: &Gazetteer) -> String {
    let places = |gone: bool| {
        let is_place = |kind| matches!(kind, Kind::State | Kind::Territory);
        let entities = gazetteer.entities().filter(move |entity| is_place(entity.kind()));
        entities.filter(move |entity| entity.existed().to.is_some() == gone).count()
    };
    let of = |kind| gazetteer.entities().filter(move |entity| entity.kind() == kind).count();
    let memberships = || gazetteer.entities().flat_map(|entity| gazetteer.memberships(entity.key()));
    let offices = || gazetteer.entities().flat_map(|entity| gazetteer.offices(entity.key()));
    let headed = gazetteer.entities().filter(|entity| {
        gazetteer.offices(entity.key()).iter().any(|tenure| tenure.office == Office::HeadOfOrg)
    });
    let to_the_day = memberships().filter(|row| row.held.from.is_some_and(|from| from.is_day()));
    let rows = [
        ("states and territories", places(false)),
        ("states and territories that are gone", places(true)),
        ("organisations", of(Kind::Organization)),
        ("treaties", of(Kind::Treaty)),
        ("memberships", memberships().count()),
        ("memberships to the day", to_the_day.count()),
        ("persons", of(Kind::Person)),
        ("tenures", offices().count()),
        ("organisations with their heads", headed.count()),
        ("names", gazetteer.names().filter(|(_, name)| name.entity.is_some()).count()),
    ];
    rows.iter().map(|(what, count)| format!("{count:>7} {what}\n")).collect()
}
