//! The command as its users meet it.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn accede(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_accede"))
        .args(args)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that cannot start does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn records(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn tags_an_article() {
    let output =
        accede(&["tag", "--date", "2000-11-10", "tests/articles/kazakhstan-security-treaty.txt"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let record = &records(&output)[0];
    let text = fs::read_to_string("../tests/articles/kazakhstan-security-treaty.txt").unwrap();
    let chars: Vec<char> = text.chars().collect();
    for mention in record["mentions"].as_array().unwrap() {
        let at = |field: &str| mention[field].as_u64().unwrap() as usize;
        let slice: String = chars[at("start")..at("end")].iter().collect();
        assert_eq!(slice, mention["text"].as_str().unwrap());
    }
}

#[test]
fn bad_documents_are_named_and_cost_no_other() {
    let input = b"{\"id\":\"a\",\"text\":\"Peru joined the UN.\"}\n{\"id\":\"b\"\n\n{\"id\":\"c\"}\n{\"text\":\"  \"}\n[1]\n{\"text\":7}\n{\"id\":\"d\",\"text\":\"Chile.\",\"date\":\"soon\"}\n";
    let output = accede(&["tag", "--input", "jsonl", "-"], input);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(errors(&output), @r"
    accede: standard input:2: not JSON: EOF while parsing an object at column 9
    accede: standard input:4: there is no field `text`
    accede: standard input:5: the text in field `text` is empty
    accede: standard input:6: the line is not a JSON object
    accede: standard input:7: the field `text` is not a string
    ");
    let ids: Vec<_> = records(&output).iter().map(|record| record["id"].clone()).collect();
    assert_eq!(ids, ["a", "d"]);
    assert_eq!(
        records(&output)[1]["notes"][0],
        "the date \"soon\" was left out: YYYY, YYYY-MM or YYYY-MM-DD is allowed"
    );
}

#[test]
fn empty_missing_and_foreign_files_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    fs::write(path("a-empty.txt"), "").unwrap();
    fs::write(path("b-latin1.txt"), b"Chile\nand Per\xfa").unwrap();
    fs::write(path("c-good.txt"), "Peru joined the UN.").unwrap();
    let output = accede(&["tag", &path("none.txt"), &dir.path().display().to_string()], b"");
    assert_eq!(output.status.code(), Some(1));
    let errors = errors(&output).replace(&dir.path().display().to_string(), "DIR");
    insta::assert_snapshot!(errors, @r"
    accede: DIR/none.txt: there is no such file
    accede: DIR/a-empty.txt: there is no text in it, it is empty
    accede: DIR/b-latin1.txt:2: not UTF-8: byte 0xfa at offset 13
    ");
    assert_eq!(records(&output).len(), 1);
    let nothing = accede(&["tag"], b"");
    assert_eq!(nothing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("standard input: there is no text in it"));
}

#[test]
fn what_cannot_start_says_so() {
    for args in [
        &["tag", "--date", "yesterday"][..],
        &["tag", "--offsets", "words"],
        &["tag", "-o", "no/such/folder/out.jsonl", "README.md"],
        &["tag", "--gazetteer", "no/such/folder"],
        &["show", "org:NOSUCH"],
    ] {
        let output = accede(args, b"Peru.");
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", errors(&output));
        assert!(!errors(&output).is_empty());
    }
}

#[test]
fn output_does_not_depend_on_the_number_of_jobs() {
    let run = |jobs| accede(&["tag", "--jobs", jobs, "tests/articles", "tests/articles"], b"");
    let (one, four) = (run("1"), run("4"));
    assert!(one.stdout == four.stdout && one.stderr == four.stderr);
    assert!(records(&one).len() >= 12);
}

#[test]
fn positions_are_counted_as_asked() {
    let input = "🙂 İ Iran left.".as_bytes();
    let start = |offsets| {
        let output = accede(&["tag", "--input", "text", "--format", "jsonl", "--offsets", offsets], input);
        records(&output)[0]["mentions"][0]["start"].as_u64().unwrap()
    };
    assert_eq!((start("char"), start("utf16"), start("byte")), (4, 5, 8));
}

#[test]
fn fields_are_renamed_and_kept() {
    let input = b"{\"key\":\"k\",\"body\":\"Peru joined the UN.\",\"day\":\"2001-02-03\",\"feed\":\"x\"}\n";
    let output = accede(
        &[
            "tag",
            "--text-field",
            "body",
            "--id-field",
            "key",
            "--date-field",
            "day",
            "--keep-fields",
            "--input",
            "jsonl",
        ],
        input,
    );
    let record = &records(&output)[0];
    assert_eq!(
        (&record["id"], &record["date"], &record["meta"]["feed"]),
        (&"k".into(), &"2001-02-03".into(), &"x".into())
    );
}

#[test]
fn an_output_file_appears_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("out.jsonl");
    let output = accede(&["tag", "-o", path.to_str().unwrap(), "tests/articles/eec-enlargement.txt"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty());
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 1);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing else is left behind");
}

#[test]
fn lookup_and_show_speak_json() {
    let output = accede(&["lookup", "--json", "Kirgizia", "EU", "Atlantis"], b"");
    let lines = String::from_utf8(output.stdout).unwrap();
    let first = |line: &str| serde_json::from_str::<Value>(line).unwrap()[0]["id"].clone();
    let ids: Vec<_> = lines.lines().map(first).collect();
    assert_eq!(ids, [Value::from("state:KGZ"), Value::from("org:EU"), Value::Null]);
    assert_eq!(output.status.code(), Some(1));
    let card: Value =
        serde_json::from_slice(&accede(&["show", "--json", "org:OPEC", "--on", "1993-01-01"], b"").stdout)
            .unwrap();
    let members: Vec<_> =
        card["members"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert!(members.contains(&"state:GAB") && !members.contains(&"state:ECU"), "{members:?}");
}

#[test]
fn a_gazetteer_of_ones_own_adds_to_the_built_in_one() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write(
        "organizations.csv",
        "id,kind,name,wikidata,signed,in_force,ended,predecessor,successor,nouns\norg:AMBER,organization,Amber League,,2001,,,,,\n",
    );
    write("organization_names.csv", "entity,surface,form,case\norg:AMBER,Amber League,name,initial\n");
    write(
        "memberships.csv",
        "entity,of,status,from,to,source\nstate:PER,org:AMBER,member,2003-05-01,,hand: its charter\n",
    );
    let folder = dir.path().to_str().unwrap();
    let text = b"Peru is a member of the Amber League.";
    let output = accede(&["tag", "--gazetteer", folder, "--date", "2004", "--format", "jsonl"], text);
    let triple = &records(&output)[0]["triples"][0];
    assert_eq!(triple["check"]["fact"], "member_of PER AMBER 2003-05-01..");
    write("memberships.csv", "entity,of,status,from,to,source\nstate:PER,org:AMBRE,member,2003,,x\n");
    let broken = accede(&["tag", "--gazetteer", folder], text);
    assert_eq!(broken.status.code(), Some(2));
    assert!(
        errors(&broken).contains("memberships.csv:2: there is no entity `org:AMBRE`"),
        "{}",
        errors(&broken)
    );
}

#[test]
fn an_explanation_as_it_is_read() {
    let text = b"Peru did not join NATO in 1999, but Poland joined the alliance that year.";
    let output = accede(&["explain", "--date", "2001"], text);
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
}

#[test]
fn explanations_tell_candidates_rules_and_losers() {
    let text = b"Michael Jordan came. Peru did not join NATO in 1999.\nChile signed nothing.";
    let output = accede(&["explain", "--date", "2001"], text);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    for line in [
        "1:9     Jordan  state:JOR name",
        "part of \"Michael Jordan\"",
        "nothing in the gazetteer: ",
        "state:PER member_of org:NATO member negated",
        "negation \"not\"",
        "date \"in 1999\"",
        "2:1     \"Chile signed nothing.\"",
    ] {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
    let output = accede(&["explain", "--json", "--date", "2001"], text);
    let explained = &records(&output)[0];
    assert_eq!(explained["triples"][0]["cues"][0], serde_json::json!(["negation", "not"]));
    let failed = accede(&["explain", "no-such-file"], b"");
    assert_eq!(failed.status.code(), Some(1));
}
