//! The tool as a whole, on tiny tables and tiny fact files made for this: what is proposed for each pitfall of the
//! sources, that rows entered by hand stay, and that a second run changes nothing.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// A copy of the tiny tables, fact files and the mapping tables of the tool, gone when the test is.
struct Copy(PathBuf);

impl Copy {
    fn new() -> Self {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let to = std::env::temp_dir().join(format!("accede-import-{}-{number}", std::process::id()));
        for (name, from) in [("data", "tests/data"), ("facts", "tests/facts"), ("mappings", "mappings")] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
            fs::create_dir_all(to.join(name)).unwrap();
            for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
                fs::copy(file.path(), to.join(name).join(file.file_name())).unwrap();
            }
        }
        // What was decided on the real tables says nothing about these.
        let decisions = to.join("mappings/decisions.csv");
        let header = fs::read_to_string(&decisions).unwrap().lines().next().map(|line| format!("{line}\n"));
        fs::write(decisions, header.unwrap()).unwrap();
        Self(to)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_accede-import"));
        for name in ["data", "facts", "mappings"] {
            command.arg(format!("--{name}")).arg(self.0.join(name));
        }
        command.args(args).output().unwrap()
    }

    fn report(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn tables(&self) -> BTreeMap<String, String> {
        let files = fs::read_dir(self.0.join("data")).unwrap().map(Result::unwrap);
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        files.map(|file| (name(&file.path()), fs::read_to_string(file.path()).unwrap())).collect()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The lines of a table that begin with this.
fn lines<'a>(tables: &'a BTreeMap<String, String>, table: &str, start: &str) -> Vec<&'a str> {
    tables[table].lines().filter(|line| line.starts_with(start)).collect()
}

#[test]
fn a_second_run_changes_nothing() {
    let copy = Copy::new();
    let first = copy.report(&["--write"]);
    assert!(first.contains("new") && first.contains("changed in the source"), "{first}");
    let once = copy.tables();
    let second = copy.report(&["--write"]);
    assert_eq!(copy.tables(), once);
    assert!(!second.contains(" new\n") && !second.contains("changed in the source"), "{second}");
}

#[test]
fn without_write_nothing_changes() {
    let copy = Copy::new();
    let before = copy.tables();
    copy.report(&[]);
    assert_eq!(copy.tables(), before);
}

#[test]
fn rows_entered_by_hand_and_rows_that_left_the_source_stay() {
    let copy = Copy::new();
    let before = copy.tables();
    let report = copy.report(&["--write"]);
    let after = copy.tables();
    for line in before.values().flat_map(|text| text.lines()).filter(|line| line.contains("hand: ")) {
        assert!(after.values().any(|text| text.lines().any(|other| other == line)), "{line}");
    }
    assert_eq!(lines(&after, "memberships.csv", "state:KEN,treaty:ICERD").len(), 1);
    assert!(report.contains("state:FRA,treaty:CBD,party,1990-01-01"), "{report}");
    assert!(report.contains("1 no longer in the source: kept"), "{report}");
}

#[test]
fn treaties_are_read_with_their_pitfalls() {
    let copy = Copy::new();
    copy.report(&["--write", "treaties", "wipo"]);
    let tables = copy.tables();
    let cases: &[(&str, &[&str])] = &[
        // Signed and not ratified, whatever the fact file says.
        ("state:USA,treaty:CTBT", &["signatory,1996-09-24,"]),
        // Not in force, so nobody is a party.
        ("state:FRA,treaty:CTBT", &["ratified,1998-04-06,", "signatory,1996-09-24,"]),
        // One row for each depositary: the earliest counts.
        ("state:FIN,treaty:BWC", &["party,1975-03-26,", "ratified,1974-02-04,", "signatory,1972-04-10,"]),
        // 9999-12-31 is an open end.
        ("state:FIN,treaty:CBD", &["party,1994-10-25,,", "ratified,1994-07-27,,", "signatory,1992-06-05,,"]),
        // Rows of this source alone follow it.
        ("state:FRA,treaty:ICERD", &["party,1971-08-27,", "ratified,1971-07-28,"]),
        // Day and month exchanged.
        ("state:FIN,treaty:PTBT", &["party,1964-01-09,", "ratified,1964-01-09,", "signatory,1963-08-08,"]),
        // The Soviet Union, and what continues it.
        (
            "state:SUN,",
            &[
                "party,1969-03-06,1991-12-26",
                "ratified,1969-02-04,1991-12-26",
                "signatory,1966-03-07,1991-12-26",
            ],
        ),
        ("state:RUS,", &["party,1991-12-26,,", "ratified,1991-12-26,,", "signatory,1991-12-26,,"]),
        // Yugoslavia until 2003, then Serbia and Montenegro, then Serbia.
        ("state:YUG,", &["party,2001-04-11,2003-02-04", "ratified,2001-03-12,2003-02-04"]),
        ("state:SCG,", &["party,2003-02-04,2006-06-05"]),
        ("state:SRB,", &["party,2006-06-05,,", "ratified,2006-06-05,,"]),
        // States that are gone.
        (
            "state:CSK,",
            &[
                "party,1951-06-19,1993-01-01",
                "ratified,1950-12-19,1993-01-01",
                "signatory,1949-12-08,1993-01-01",
            ],
        ),
        // A succession counts from the first day of the state.
        ("state:CZE,", &["party,1993-01-01,", "ratified,1993-02-22,"]),
        (
            "state:TGY,",
            &[
                "party,1964-04-24,1964-04-26",
                "ratified,1962-11-05,1964-04-26",
                "signatory,1962-02-27,1964-04-26",
            ],
        ),
        ("state:TZA,", &["party,1964-04-26,,", "ratified,1964-04-26,,", "signatory,1964-04-26,,"]),
        // So does one of a state that became independent, once the treaty was in force.
        ("state:KEN,treaty:Genocide", &["party,1963-12-12,", "ratified,1965-07-01,"]),
        // The first day of the sixth month.
        (
            "state:FRA,treaty:ClusterMunitions",
            &["party,2010-08-01,", "ratified,2009-09-25,", "signatory,2008-12-03,"],
        ),
        ("state:FRA,treaty:Geneva", &[]),
        ("state:FIN,treaty:MarrakeshVIP", &["signatory,2014-06-20,"]),
        (
            "state:FRA,treaty:BerneConvention",
            &["party,1887-12-05,", "ratified,1887-09-05,", "signatory,1886-09-09,"],
        ),
    ];
    for (start, wanted) in cases {
        let found = lines(&tables, "memberships.csv", start);
        assert_eq!(found.len(), wanted.len(), "{start}: {found:?}");
        for (line, wanted) in found.iter().zip(*wanted) {
            assert!(line.contains(&format!(",{wanted}")), "{line} should have {wanted}");
        }
    }
}

#[test]
fn editions_of_the_factbook_give_years() {
    let copy = Copy::new();
    let report = copy.report(&["--write", "factbook-intervals"]);
    let tables = copy.tables();
    let found = |start: &str| lines(&tables, "memberships.csv", start).join("\n");
    // The first edition means "already", the last one "still"; until 1995 WTO is the tourism body.
    assert!(found("state:FRA,org:UNWTO").starts_with("state:FRA,org:UNWTO,member,,,,factbook-intervals"));
    assert!(found("state:KEN,org:UNWTO").starts_with("state:KEN,org:UNWTO,member,1999,2002,"));
    // A missing edition ends nothing.
    assert!(found("state:SWE,org:UNWTO").starts_with("state:SWE,org:UNWTO,member,2003,,"));
    // One code, two states.
    assert!(found("state:YUG,org:UNWTO").starts_with("state:YUG,org:UNWTO,member,2002,2003"));
    assert!(found("state:SCG,org:UNWTO").starts_with("state:SCG,org:UNWTO,member,"));
    // A body that ended, a list that is complete.
    assert!(found("state:KEN,org:OAU").starts_with("state:KEN,org:OAU,member,,2002-07-09"));
    assert_eq!(found("state:AFG,org:NATO"), "");
    assert!(report.contains("of a list that is complete `org:NATO`"), "{report}");
    // Rows from elsewhere that differ by a year are as they should be.
    assert!(!report.contains("state:FIN,org:WTO"), "{report}");
}

#[test]
fn heads_follow_each_other_and_leave_what_was_entered_by_hand() {
    let copy = Copy::new();
    let report = copy.report(&["--write", "heads"]);
    let tables = copy.tables();
    let found = |start: &str| lines(&tables, "tenures.csv", start).join("\n");
    // Two rows of one term, January 1st for a day that is not known, an end after the next holder's beginning.
    assert_eq!(
        found("person:ada-north,"),
        "person:ada-north,head_of_government,state:FIN,,2008-05-02,2010-06-01,wikidata-hos,"
    );
    // A person of this name without this item is somebody's to decide.
    assert!(
        report.contains(
            "Q102 2010-06-01T00:00:00Z 2014-06-01T00:00:00Z: a person of this name has no such item"
        ),
        "{report}"
    );
    // A new person has an id in ASCII and names, and ends where the next one begins.
    assert_eq!(lines(&tables, "persons.csv", "person:dia-ost"), ["person:dia-ost,Dı̀a Øst,Q104"]);
    assert_eq!(lines(&tables, "person_names.csv", "person:dia-ost").len(), 4);
    assert!(found("person:dia-ost,").contains(",2014-06-01,2019-01-10,wikidata-hos"));
    assert!(found("person:eve-last,").contains(",2019-01-10,,wikidata-hos"));
    // No governor-general; of Tanganyika before Tanzania was.
    assert_eq!(
        found("person:cy-west,head"),
        "person:cy-west,head_of_government,state:TGY,,1961-05-01,1962-01-22,wikidata-hos,"
    );
    assert!(report.contains("no dates") && report.contains("dates that cannot be read"), "{report}");
}

#[test]
fn members_of_cabinets_get_portfolios() {
    let copy = Copy::new();
    let report = copy.report(&["--write", "cabinet"]);
    let tables = copy.tables();
    let found = |start: &str| lines(&tables, "tenures.csv", start).join("\n");
    assert_eq!(
        found("person:gil-nord,"),
        "person:gil-nord,minister,state:FRA,foreign;trade,2016-05-02,2018-06-03,wikidata-cabinet,"
    );
    assert!(found("person:hal-sud,").contains("foreign;trade,2018-06-03,2019-06-03"));
    assert!(found("person:cy-west,").contains("hand: a list, FRA"));
    // Where days cannot be trusted, months; an open term was seen until the file was made; a day in office is one.
    assert_eq!(
        found("person:kay-lake,"),
        "person:kay-lake,minister,state:KEN,defence,2018-02,,wikidata-cabinet,2022-07"
    );
    assert!(found("person:lou-moor,").contains("labour,2019-02,2019-02,"));
    assert_eq!(found("person:ian-est,") + &found("person:bo-south,minister"), "");
    // A state with fewer rows of a person has a position of the same name; January 1st twice is two years.
    assert_eq!(lines(&tables, "tenures.csv", "person:jo-ouest,").len(), 2);
    assert!(found("person:jo-ouest,").contains("state:FRA,defence,2001,2003"));
    for reason in ["held from elsewhere: 1", "listed mostly with another state: 1", "no such item: 1"] {
        assert!(report.contains(reason), "{reason}: {report}");
    }
}

#[test]
fn states_that_are_missing_are_proposed_and_differences_told() {
    let copy = Copy::new();
    let report = copy.report(&["--write", "states"]);
    let tables = copy.tables();
    let found = lines(&tables, "states.csv", "territory:ALA");
    assert_eq!(found, ["territory:ALA,territory,Åland,,AX,ALA,248,248,,Q5689,Mariehamn,,,,,country-codes"]);
    assert!(report.contains("1 changed in the source") && report.contains("Uppsala"), "{report}");
}

#[test]
fn what_was_rejected_is_not_proposed_again() {
    let copy = Copy::new();
    let before = copy.tables();
    copy.report(&["--decide", "not now", "treaties"]);
    assert_eq!(copy.tables(), before);
    let report = copy.report(&["--write", "treaties"]);
    assert_eq!(copy.tables(), before);
    assert!(report.contains("decided against before") && !report.contains(" new\n"), "{report}");
}

#[test]
fn errors_name_file_line_and_value() {
    let cases = [
        ("facts/treaty_parties.csv", "CBD,XYZ,,,,,,manytreaties", "party `XYZ`"),
        ("facts/treaty_parties.csv", "Some Treaty,FRA,,,,,,manytreaties", "treaty `Some Treaty`"),
        ("facts/factbook_membership_intervals.csv", "FR,France,WTO,member,soon,2025", "edition `soon`"),
        ("facts/wikidata_cabinet_terms_2000_2023.csv", "atlantis,King,A B,Q1,2001,", "folder `atlantis`"),
        ("mappings/heads_offices.csv", "FRA,head_of_state,never,,", "rule `never`"),
    ];
    for (file, line, value) in cases {
        let copy = Copy::new();
        let path = copy.0.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let number = text.lines().count() + 1;
        fs::write(&path, format!("{text}{line}\n")).unwrap();
        let output = copy.run(&[]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(error.contains(&format!("{file}:{number}")) && error.contains(value), "{error}");
    }
    let output = Copy::new().run(&["nowhere"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("no source `nowhere`, only cldr, states"));
}
