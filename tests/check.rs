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

/// A package of its own: these tables as the built-in descriptor has them, but for columns they do without.
fn package(name: &str, tables: &[(&str, &str)]) -> PathBuf {
    let dir = folder(name, tables);
    let text = Package::Builtin.text("datapackage.json").unwrap().unwrap();
    let mut descriptor: serde_json::Value = serde_json::from_str(&text).unwrap();
    descriptor["as_of"] = "2026-02".into();
    let resources = descriptor["resources"].as_array_mut().unwrap();
    resources.retain(|resource| tables.iter().any(|(table, _)| resource["path"] == *table));
    for resource in resources {
        let (_, text) = tables.iter().find(|(table, _)| resource["path"] == *table).unwrap();
        let header: Vec<_> =
            text.lines().next().unwrap_or("").trim_start_matches('\u{feff}').split(',').collect();
        let needed = ["id", "entity", "status", "from", "person", "office", "surface"];
        let fields = resource["schema"]["fields"].as_array_mut().unwrap();
        fields.retain(|field| {
            let name = field["name"].as_str().unwrap();
            header.contains(&name) || needed.contains(&name)
        });
    }
    fs::write(dir.join("datapackage.json"), serde_json::to_string(&descriptor).unwrap()).unwrap();
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
    let dir = package(
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

/// Each fault alone, in tables that are right but for it: what to put in the place of what, and what is found.
#[test]
fn each_fault_alone_is_found() {
    let tables = [
        ("states.csv", STATES),
        ("organizations.csv", ORGANIZATIONS),
        ("persons.csv", PERSONS),
        ("person_names.csv", "person,surface,form\nperson:ada,Ada Ada,name\nperson:bob,Bob Bob,name\n"),
        (
            "state_names.csv",
            "entity,surface,form,case,from,to\nstate:QAA,Aland,name,initial,,\nstate:QBB,Bland,name,initial,,\n",
        ),
        (
            "memberships.csv",
            "entity,of,status,from,to,source,note\n\
             state:QAA,org:QX,member,1960-01-01,,hand: a book,\n\
             state:QBB,org:QX,member,1961,1990-10-03,hand: a book,\n",
        ),
        (
            "tenures.csv",
            "person,office,of,portfolio,from,to,source\n\
             person:ada,head_of_state,state:QAA,,1985-01-01,,hand: a book\n\
             person:bob,head_of_state,state:QBB,,1985-01-01,1990-10-03,hand: a book\n",
        ),
        ("portfolios.csv", "words,portfolio\nforeign affairs,foreign\n"),
    ];
    let dir = package("right", &tables);
    assert_eq!(findings(&dir, None), "");
    for (table, what, with, found) in [
        (
            "states.csv",
            "1920,1990-10-03",
            "1991,1990-10-03",
            "states.csv:3: [state:QBB,state,Bland,,] `to` is before `from`",
        ),
        ("organizations.csv", "1960-01-01,,,", "1960-01-01,,1950,", "`ended` is before `signed`"),
        (
            "organizations.csv",
            "Council of Lands,1960-01-01,,,,",
            "Council of Lands,1960-01-01,,,org:QX,",
            "it follows itself",
        ),
        ("state_names.csv", "Bland,name,initial,,", "Bland,name,initial,1997,1971", "`to` is before `from`"),
        ("person_names.csv", "person:bob,Bob Bob,name\n", "", "nobody can find this person"),
        ("person_names.csv", "person:bob,Bob Bob,name", "person:bob,x,name", "needs two letters or digits"),
        ("memberships.csv", "state:QAA,org:QX,member", "org:QX,org:QX,member", "nothing belongs to itself"),
        ("memberships.csv", "org:QX,member,1960", "org:QX,party,1960", "organisations have members"),
        ("memberships.csv", "org:QX,member,1960", "QX,member,1960", "`QX` does not have the form"),
        (
            "memberships.csv",
            "org:QX,member,1960",
            "person:ada,member,1960",
            "`person:ada` does not have the form",
        ),
        ("memberships.csv", "member,1961,1990-10-03", "signatory,1999,", "ended in 1990-10-03"),
        ("memberships.csv", "hand: a book,\nstate:QBB", "a book,\nstate:QBB", "is none of the sources"),
        (
            "memberships.csv",
            "1960-01-01,,hand: a book,\n",
            "1960-01-01,,hand: a book\n",
            "the row has 6 fields, the header 7",
        ),
        ("memberships.csv", "entity,of,status,from", "entity,of,status,form", "there is a column `form`"),
        (
            "memberships.csv",
            "state:QBB,org:QX,member,1961",
            "state:QAA,org:QX,former,1970",
            "it left, and the row",
        ),
        ("tenures.csv", "head_of_state,state:QBB,,", "minister,state:QBB,,", "a minister has a portfolio"),
        (
            "tenures.csv",
            "head_of_state,state:QBB,,",
            "minister,state:QBB,fun,",
            "there is no portfolio `fun`",
        ),
        (
            "tenures.csv",
            "person:ada,head_of_state,state:QAA,,1985-01-01,,hand: a book\n",
            "",
            "nobody is known to have headed it",
        ),
        ("states.csv", "Aland", "A\u{30a}land", "letters apart from their marks"),
        ("states.csv", "id,kind", "\u{feff}id,kind", "byte order mark"),
        ("states.csv", "\n", "\r\n", "lines end in CR LF"),
        ("states.csv", "state:QAA,state,", "state:QAA,sate,", "`sate` is not allowed"),
        ("persons.csv", "Bob Bob,Q1\n", "Bob Bob,Q1\nperson:bob,Bob Bob,Q1\n", "the row stands twice"),
        ("persons.csv", "Bob Bob,Q1", "\"Bob Bob\",Q1", "write it as `person:bob,Bob Bob,Q1`"),
        ("persons.csv", "Q1\n", "Q1", "the last line has no end"),
    ] {
        let planted = tables.map(|(name, text)| {
            assert!(name != table || text.contains(what), "{what} is not in {table}");
            (
                name,
                if name == table {
                    text.replacen(what, with, if what == "\n" { 99 } else { 1 })
                } else {
                    text.to_owned()
                },
            )
        });
        let planted: Vec<_> = planted.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let all = findings(&package("planted", &planted), None);
        assert!(all.contains(found), "{table}: {what} -> {with}: {all}");
    }
}

#[test]
fn one_fault_hides_no_other() {
    let dir = package("cascade", &[("states.csv", STATES), ("organizations.csv", ORGANIZATIONS)]);
    fs::write(dir.join("states.csv"), b"id,kind,name,from,to,source\nstate:QAA,state,\xff,,,hand: a book\n")
        .unwrap();
    fs::write(dir.join("organisations.csv"), "id\n").unwrap();
    let all = findings(&dir, None);
    assert!(all.contains("states.csv: ") && all.contains("organisations.csv: this is no table"), "{all}");
    fs::remove_file(dir.join("states.csv")).unwrap();
    assert!(findings(&dir, None).contains("lists this table and it is not there"));
}

#[test]
fn an_overlay_is_held_against_what_is_below_it() {
    let names = "entity,surface,form,case\norg:OPEC,NATO,acronym,exact\n";
    let dir = folder("below", &[("organization_names.csv", names)]);
    let found = findings(&dir, Some(Gazetteer::builtin().unwrap()));
    assert!(found.contains("`NATO` is org:NATO too"), "{found}");
}

#[test]
fn what_has_been_explained_is_not_found_and_what_explains_nothing_is() {
    let dir = package(
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
    insta::assert_snapshot!(found, @"state_names.csv:3: [state:QQQ,Atlantis,name,initial,] entity: there is no entity `state:QQQ` in states: add it or correct it");
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
