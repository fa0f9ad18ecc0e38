//! A private gazetteer, as a user would write it, on top of the built-in one: it adds and it overrides.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use accede::{Document, Extractor, Gazetteer, Office, Package, Verdict, fold};

const TABLES: &[(&str, &str)] = &[
    (
        "organizations.csv",
        "id,kind,name,wikidata,signed,in_force,ended,predecessor,successor,nouns,complete\n\
         org:AMBER,organization,Amber League,,2001-02-03,,,,,league,yes\n",
    ),
    (
        "organization_names.csv",
        "entity,surface,form,case,from,to\n\
         org:AMBER,Amber League,name,initial,,\n\
         org:OPEC,OPEC,acronym,any,,\n",
    ),
    (
        "memberships.csv",
        "entity,of,status,from,to,source\n\
         state:PER,org:AMBER,member,2003-05-01,,hand: its charter\n\
         state:NOR,org:EU,member,2031-01-01,,hand: a plan\n",
    ),
    (
        "states.csv",
        "id,kind,name,wikidata,from,to,successors,parent\n\
         state:PER,state,Peru of the Tests,Q419,1821-07-28,,,\n\
         territory:QQA,territory,Amberland,,1999,,,state:PER\n",
    ),
    (
        "state_names.csv",
        "entity,surface,form,case\nterritory:QQA,Amberland,name,initial\nstate:COD,Zaire,former,exact\n",
    ),
    ("persons.csv", "id,name,wikidata\nperson:ada-amber,Ada Amber,\n"),
    ("person_names.csv", "person,surface,form\nperson:ada-amber,Ada Amber,name\n"),
    (
        "tenures.csv",
        "person,office,of,portfolio,from,to,source\n\
         person:ada-amber,head_of_org,org:AMBER,,2004-01-01,,hand: its minutes\n\
         person:donald-trump,head_of_state,state:USA,,2025-01-20,2025-02-01,hand: a guess\n",
    ),
];

fn overlaid() -> Gazetteer {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("amber");
    fs::create_dir_all(&dir).unwrap();
    for (table, text) in TABLES {
        fs::write(dir.join(table), text).unwrap();
    }
    Gazetteer::load(&[Package::Builtin, Package::Dir(dir)]).unwrap()
}

#[test]
fn what_it_adds_is_found_related_and_checked() {
    let gazetteer = overlaid();
    let extractor = Extractor::new(&gazetteer).unwrap();
    let text = "Peru and Norway are members of the Amber League.";
    let document = Document::new(text).with_date("2004-06-01".parse().unwrap());
    let extraction = extractor.extract(&document);
    let verdicts: Vec<_> = extraction.checks.iter().map(|check| check.verdict).collect();
    assert_eq!(verdicts, [Verdict::Confirmed, Verdict::Contradicted]);
    let amber = gazetteer.find("org:AMBER").unwrap();
    let heads: Vec<_> = gazetteer.holder(Office::HeadOfOrg, amber, "2010".parse().unwrap()).collect();
    assert_eq!(gazetteer.entity(heads[0].person).name(), "Ada Amber");
}

#[test]
fn what_it_says_anew_replaces_what_was_said() {
    let gazetteer = overlaid();
    let builtin = Gazetteer::builtin().unwrap();
    let peru = gazetteer.entity(gazetteer.find("state:PER").unwrap());
    assert_eq!(peru.name(), "Peru of the Tests");
    let president = |date: &str| {
        let usa = gazetteer.find("state:USA").unwrap();
        gazetteer.holder(Office::HeadOfState, usa, date.parse().unwrap()).count()
    };
    assert_eq!(
        (president("2018-06-01"), president("2025-06-01")),
        (1, 0),
        "only the term of that time is replaced"
    );
    let opec = gazetteer.find("org:OPEC").unwrap();
    let alike = gazetteer.names_of(opec).filter(|name| fold(gazetteer.surface(name)) == "opec");
    assert_eq!(alike.count(), 1, "the two built-in ways to write it are replaced");
    let lower = "opec raised its output";
    let found = |gazetteer: &Gazetteer| accede::Scanner::new(gazetteer).scan(lower).len();
    assert_eq!((found(builtin), found(&gazetteer)), (0, 1));
}

#[test]
fn what_a_table_has_no_column_for_stays() {
    let gazetteer = overlaid();
    let ids = |name| gazetteer.lookup(name).map(|entity| entity.id()).collect::<Vec<_>>();
    assert_eq!(ids("PE"), ["state:PER"]);
    let congo = gazetteer.entity(gazetteer.find("state:COD").unwrap());
    assert_eq!(congo.name_on("1985".parse().unwrap()), "Zaire");
}

#[test]
fn an_id_stands_once_in_a_package() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("twice");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("persons.csv"), "id,name\nperson:x,X Y\nperson:x,X Z\n").unwrap();
    let error = Gazetteer::load(&[Package::Builtin, Package::Dir(dir)]).unwrap_err().to_string();
    assert!(
        error.ends_with("persons.csv:3: `person:x` stands twice in this package: keep one row"),
        "{error}"
    );
}

#[test]
fn the_rest_stays_as_it_is() {
    let gazetteer = overlaid();
    let builtin = Gazetteer::builtin().unwrap();
    let members = |gazetteer: &Gazetteer, date: &str| {
        let nato = gazetteer.find("org:NATO").unwrap();
        gazetteer.members_on(nato, date.parse().unwrap()).count()
    };
    assert_eq!(members(&gazetteer, "2024-03-08"), members(builtin, "2024-03-08"));
    assert_eq!(
        gazetteer.lookup("Amberland").map(|entity| entity.id().to_owned()).collect::<Vec<_>>(),
        ["territory:QQA"]
    );
}
