//! Input as it comes: pages, packed files, tables.
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

/// The mentions of a record as "text id zone".
fn mentions(record: &Value) -> Vec<String> {
    let mentions = record["mentions"].as_array().unwrap().iter();
    let string = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    mentions
        .map(|mention| [&mention["text"], &mention["id"], &mention["zone"]].map(string).join(" "))
        .collect()
}

/// Whatever a record quotes stands there in the file.
fn quotes_are_slices(record: &Value, source: &str) {
    let chars: Vec<char> = source.chars().collect();
    let evidence = record["triples"].as_array().unwrap().iter().map(|triple| &triple["evidence"]);
    for quote in record["mentions"].as_array().unwrap().iter().chain(evidence) {
        let at = |field: &str| quote[field].as_u64().unwrap() as usize;
        let slice: String = chars[at("start")..at("end")].iter().collect();
        assert_eq!(slice, quote["text"].as_str().unwrap());
    }
}

#[test]
fn a_page() {
    let path = "tests/pages/islands.html";
    let source = fs::read_to_string(Path::new("..").join(path)).unwrap();
    let record = &records(&accede(&["tag", path], b""))[0];
    quotes_are_slices(record, &source);
    insta::assert_snapshot!(mentions(record).join("\n"));
    assert_eq!(record["date"], "2019-05-14");
    let said: Vec<_> =
        record["triples"].as_array().unwrap().iter().map(|triple| triple["subject"]["id"].clone()).collect();
    assert!(said.contains(&"state:STP".into()), "{said:?}");
    assert!(
        !said.contains(&"state:NOR".into()),
        "nothing is read out of the list of other reports: {said:?}"
    );
}

#[test]
fn markup_within_names() {
    let source = "<!DOCTYPE html><p>The <b>United</b>\n  States, S&atilde;o Tom&#233; and C&ocirc;te d&rsquo;Ivoire met &#x1F642; Peru.</p>";
    for offsets in ["char", "byte", "utf16"] {
        let record = &records(&accede(&["tag", "--offsets", offsets], source.as_bytes()))[0];
        let found: Vec<_> = record["mentions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|mention| (mention["text"].as_str().unwrap(), mention["plain"].as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("United</b>\n  States", Some("United States")),
                ("S&atilde;o Tom&#233;", Some("São Tomé")),
                ("C&ocirc;te d&rsquo;Ivoire", Some("Côte d’Ivoire")),
                ("Peru", None),
            ]
        );
        // The file is ASCII: all ways of counting agree.
        quotes_are_slices(record, source);
    }
}

#[test]
fn a_page_s_own_date_is_the_last_resort() {
    let page =
        |meta: &str| format!("<html><head>{meta}</head><body><p>Peru joined the UN.</p></body></html>");
    let date = |args: &[&str], meta: &str| records(&accede(args, page(meta).as_bytes()))[0]["date"].clone();
    let published = "<meta property='article:published_time' content='2001-02-03T04:05:06Z'>";
    assert_eq!(date(&["tag"], published), "2001-02-03");
    assert_eq!(date(&["tag", "--date", "1999"], published), "1999");
    assert_eq!(
        date(&["tag"], "<meta name=date content='2001/02/03'><meta name=dc.date content='2002-02-03'>"),
        "2002-02-03"
    );
    assert_eq!(
        date(
            &["tag"],
            "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"x\",\"datePublished\":\"2003-04-05T00:00:00\"}</script>"
        ),
        "2003-04-05"
    );
    assert_eq!(date(&["tag"], ""), Value::Null);
}

#[test]
fn pages_that_are_none() {
    for nested in ["<div>", "<b></i>", "<div><font></div>", "<table><tr><td>"] {
        let deep = format!("<html>{}Peru", nested.repeat(20_000));
        assert_eq!(mentions(&records(&accede(&["tag"], deep.as_bytes()))[0]).len(), 1, "{nested}");
    }
    let torn = "<html><body><p>Peru &amp &bogus; & <b>Chile<!-- <p>Norway</p><";
    assert_eq!(
        mentions(&records(&accede(&["tag"], torn.as_bytes()))[0]),
        ["Peru state:PER body", "Chile state:CHL body"]
    );
    let output = accede(&["tag", "-", "tests/pages/islands.html"], b"<html><script>Peru</script></html>");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(errors(&output), "accede: standard input: there is no text in the page\n");
    assert_eq!(records(&output).len(), 1);
}

#[test]
fn packed_files_are_read_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    let line = b"{\"id\":\"a\",\"text\":\"Peru joined the UN.\"}\n";
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    // Two members in one file, as `cat a.gz b.gz` makes it.
    fs::write(path("a.jsonl.gz"), [gzip(line), gzip(line)].concat()).unwrap();
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).unwrap();
    fs::write(path("b.jsonl.zst"), [zstd(line), zstd(line)].concat()).unwrap();
    fs::write(path("c.txt.gz"), gzip(b"Chile left.")).unwrap();
    let whole = gzip(&line.repeat(1_000));
    fs::write(path("d.jsonl.gz"), &whole[..whole.len() - 9]).unwrap();
    let output = accede(&["tag", &dir.path().display().to_string()], b"");
    assert_eq!(output.status.code(), Some(1));
    let found = records(&output);
    assert_eq!(
        found[..5].iter().map(|record| record["id"].as_str().unwrap()).collect::<Vec<_>>(),
        ["a", "a", "a", "a", "c"]
    );
    assert!(found.len() > 5, "what could be unpacked is read");
    let errors = errors(&output).replace(&dir.path().display().to_string(), "DIR");
    assert!(
        errors.starts_with("accede: DIR/d.jsonl.gz:") && errors.contains("cannot be unpacked with gzip"),
        "{errors}"
    );
    assert_eq!(records(&accede(&["tag"], &zstd(line))).len(), 1, "from standard input, too");
}

#[test]
fn tables() {
    let table = b"key,body,title,day,feed\nk1,\"Peru joined\nthe UN.\",Vote,2001-02-03,x\nk2,short\nk3,,,,\n,Chile left.,,soon,\n";
    let args = [
        "tag",
        "--input",
        "csv",
        "--text-field",
        "body",
        "--id-field",
        "key",
        "--date-field",
        "day",
        "--keep-fields",
    ];
    let output = accede(&args, table);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        errors(&output),
        "accede: standard input:4: the row has 2 cells, the header 5\naccede: standard input:5: the text in field `body` is empty\n"
    );
    let found = records(&output);
    assert_eq!(
        (&found[0]["id"], &found[0]["date"], &found[0]["meta"]["feed"]),
        (&"k1".into(), &"2001-02-03".into(), &"x".into())
    );
    assert_eq!((&found[1]["id"], &found[1]["date"]), (&"stdin:6".into(), &Value::Null));
    let wrong = accede(&["tag", "--input", "csv"], table);
    assert_eq!(
        errors(&wrong),
        "accede: standard input:1: there is no column `text`; there are: key, body, title, day, feed\n"
    );
    let foreign = accede(&["tag", "--input", "csv"], b"id,text\na,Per\xfa\nb,Peru.\n");
    assert_eq!(errors(&foreign), "accede: standard input:2: not UTF-8: cell 2\n");
    assert_eq!(records(&foreign).len(), 1);
}

#[test]
fn what_only_the_gazetteer_knows() {
    let text = b"Finland hosted a meeting with NATO. Sweden is a member of NATO. Peru was not there.";
    let known = |args: &[&str]| {
        let record = records(&accede(args, text)).remove(0);
        let triples = record["triples"].as_array().unwrap().clone();
        triples.into_iter().filter(|triple| triple["origin"] == "gazetteer").collect::<Vec<_>>()
    };
    let found = known(&["tag", "--known", "--date", "2024-06-01", "--format", "jsonl"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (&found[0]["subject"]["id"], &found[0]["check"]["verdict"]),
        (&"state:FIN".into(), &"confirmed".into())
    );
    assert!(known(&["tag", "--known", "--date", "2020", "--format", "jsonl"]).is_empty());
    assert!(known(&["tag", "--date", "2024-06-01", "--format", "jsonl"]).is_empty());
}
