//! The checks of a data package: none for the project's own tables, the right ones for planted faults.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use accede::{Gazetteer, Package, check, diff};

/// A folder with these tables.
fn folder(name: &str, tables: &[(&str, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    for (table, text) in tables {
        fs::write(dir.join(table), text).unwrap();
    }
    dir
}

/// The findings, with the folder taken out of their paths.
fn findings(dir: &Path, known: Option<&Gazetteer>) -> String {
    let lines = check(&Package::Dir(dir.to_owned()), known).unwrap();
    let shown = lines.iter().map(|finding| finding.to_string().replace(&format!("{}/", dir.display()), ""));
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_project_s_tables_are_clean() {
    let found = findings(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), None);
    let count = found.lines().count();
    let shown: Vec<_> = found.lines().take(20).collect();
    assert!(count == 0, "{count} findings, such as\n{}", shown.join("\n"));
}

const STATES: &str = "\
id,kind,name,official_name,iso2,iso3,iso_numeric,m49,cow,wikidata,capital,from,to,successors,parent,source
state:QAA,state,Aland,,,,,,,,,1950,,,,hand: a book
state:QBB,state,Bland,,,,,,,,,1920,1990-10-03,state:QAA,,hand: a book
";
const ORGANIZATIONS: &str = "\
id,kind,type,name,signed,in_force,ended,predecessor,successor,seat,nouns,wikidata,source
org:QX,organization,group,Council of Lands,1960-01-01,,,,,,council,,hand: a book
";
const PERSONS: &str = "id,name,wikidata\nperson:ada,Ada Ada,\nperson:bob,Bob Bob,Q1\n";

#[test]
fn planted_faults_are_found() {
    let dir = folder(
        "faults",
        &[
            ("states.csv", STATES),
            ("organizations.csv", ORGANIZATIONS),
            ("persons.csv", PERSONS),
            (
                "state_names.csv",
                "entity,surface,form,case,from,to\n\
                 state:QAA,A,name,initial,,\n\
                 state:QAA,Land,name,initial,,\n\
                 state:QBB,Land,name,initial,,\n\
                 state:QCC,Cland,name,capital,,\n",
            ),
            (
                "memberships.csv",
                "entity,of,status,from,to,source,note\n\
                 state:QAA,org:QX,member,1955,1958,hand: a book,\n\
                 state:QAA,org:QX,member,1970-01-01,1969-01-01,hand: a book,\n\
                 state:QAA,org:QX,member,1980,2000,,\n\
                 state:QAA,org:QX,member,1990-13,,hand: a book,\n\
                 state:QAA,org:QX,member,1999-06-01,,hand: a book,\n\
                 state:QBB,org:QX,member,1960-01-01,,hand: a book,\n\
                 state:QBB,org:QX,observer,2050,,hand: a book,\n\
                 state:QAA,org:QY,member,,,hand: a book,\n",
            ),
            (
                "tenures.csv",
                "person,office,of,portfolio,from,to,source\n\
                 person:ada,head_of_state,state:QAA,,1985-01-01,1995-01-01,hand: a book\n\
                 person:ada,head_of_state,state:QAA,,1996-01-01,,hand: a book\n\
                 person:bob,head_of_state,state:QAA,,1994-01-01,1995-01-01,hand: a book\n",
            ),
        ],
    );
    insta::assert_snapshot!(findings(&dir, None));
}

#[test]
fn what_has_been_explained_is_not_found_and_what_explains_nothing_is() {
    let dir = folder(
        "explained",
        &[
            ("states.csv", STATES),
            ("organizations.csv", ORGANIZATIONS),
            (
                "memberships.csv",
                "entity,of,status,from,to,source,note\nstate:QAA,org:QX,member,1955,1958,hand: a book,\n",
            ),
            (
                "exceptions.csv",
                "check,entity,of,note\n\
                 before-founding,org:QX,state:QAA,it was a member of the committee that prepared it\n\
                 before-founding,org:QX,state:QBB,likewise\n",
            ),
        ],
    );
    insta::assert_snapshot!(findings(&dir, None), @"exceptions.csv:3: [before-founding,org:QX,state:QBB,likewise] nothing needs this exception any more: remove it");
}

#[test]
fn an_overlay_may_speak_of_built_in_entities() {
    let text = "entity,surface,form,case,from,to\nstate:KAZ,Qazaq Eli,name,initial,,\nstate:QQQ,Atlantis,name,initial,,\n";
    let dir = folder("overlay", &[("state_names.csv", text)]);
    let found = findings(&dir, Some(Gazetteer::builtin().unwrap()));
    insta::assert_snapshot!(found, @"state_names.csv:3: [state:QQQ,Atlantis,name,initial,] entity: there is no entity `state:QQQ`: add it to states or correct it");
}

#[test]
fn changes_are_told_in_facts() {
    let header = "entity,of,status,from,to,source,note\n";
    let tables = |rows: &str| format!("{header}{rows}");
    let load = |name: &str, rows: &str| {
        let text = tables(rows);
        let tables =
            [("states.csv", STATES), ("organizations.csv", ORGANIZATIONS), ("memberships.csv", &text)];
        Gazetteer::load(&[Package::Dir(folder(name, &tables))]).unwrap()
    };
    let old = load("old", "state:QAA,org:QX,member,1960,,a,\nstate:QBB,org:QX,observer,1961,1970,a,\n");
    let new =
        load("new", "state:QAA,org:QX,member,1960-01-01,,b,x\nstate:QBB,org:QX,observer,1961,1970,b,\n");
    let changes: Vec<_> = diff(&old, &new).iter().map(ToString::to_string).collect();
    assert_eq!(changes, ["- QAA member_of QX from 1960", "+ QAA member_of QX from 1960-01-01"]);
}
