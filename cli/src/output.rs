//! Where results go.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use accede::{Kind, Paint, Plain, Style, Verdict};
use anstyle::{AnsiColor, Effects, Style as Ansi};
use anyhow::{Context, Result};
use tempfile::NamedTempFile;

/// Standard output, or a file that appears only when all is written.
pub(crate) enum Output {
    Standard(BufWriter<Box<dyn Write>>),
    File { file: BufWriter<NamedTempFile>, path: PathBuf },
    Device { file: BufWriter<File>, path: PathBuf },
}

impl Output {
    pub(crate) fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self::Standard(BufWriter::new(Box::new(io::stdout().lock()))));
        };
        let refuse = |why: &str| anyhow::anyhow!("{}: cannot be written: {why}", path.display());
        if path.is_dir() {
            return Err(refuse("it is a folder"));
        }
        // A device or a pipe cannot be put in place of; it is written as it is.
        if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            let file = std::fs::OpenOptions::new()
                .write(true)
                .open(path)
                .map_err(|error| refuse(&error.to_string()))?;
            return Ok(Self::Device { file: BufWriter::new(file), path: path.to_owned() });
        }
        let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = new_beside(dir).map_err(|error| refuse(&error.to_string()))?;
        Ok(Self::File { file: BufWriter::new(file), path: path.to_owned() })
    }

    /// Standard output for text with colours, which are taken out where nobody sees them.
    pub(crate) fn coloured() -> Self {
        Self::Standard(BufWriter::new(Box::new(anstream::AutoStream::auto(io::stdout().lock()))))
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        match self {
            Self::Standard(out) => out.write_all(bytes)?,
            Self::Device { file, path } => {
                file.write_all(bytes).with_context(|| format!("{}: cannot be written", path.display()))?;
            }
            Self::File { file, path } => {
                file.write_all(bytes).with_context(|| format!("{}: cannot be written", path.display()))?;
            }
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<()> {
        match self {
            Self::Standard(mut out) => out.flush()?,
            Self::Device { mut file, path } => {
                file.flush().with_context(|| format!("{}: cannot be written", path.display()))?;
            }
            Self::File { file, path } => {
                let say = || format!("{}: cannot be written", path.display());
                let file = file.into_inner().map_err(io::IntoInnerError::into_error).with_context(say)?;
                file.persist(&path).with_context(say)?;
            }
        }
        Ok(())
    }
}

/// A file that takes the place of another when it is whole, with the permissions of any new file.
fn new_beside(dir: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(".accede-").tempfile_in(dir).map_err(|error| error.kind().into())
}

/// Whether somebody reads along.
pub(crate) fn on_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether the reader of standard output has gone, as `head` does.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Colours that can be read on a dark and on a light ground.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coloured;

impl Paint for Coloured {
    fn paint(&self, style: Style, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let ansi = ansi(style);
        write!(out, "{ansi}")?;
        Plain.paint(style, text, out)?;
        write!(out, "{ansi:#}")
    }
}

fn ansi(style: Style) -> Ansi {
    let colour = |colour: AnsiColor| Ansi::new().fg_color(Some(colour.into()));
    match style {
        Style::Heading => Ansi::new().effects(Effects::BOLD),
        Style::Faint => Ansi::new().effects(Effects::DIMMED),
        Style::Mention(Kind::State | Kind::Territory | Kind::Region) => {
            colour(AnsiColor::Blue).effects(Effects::BOLD)
        }
        Style::Mention(Kind::Organization | Kind::Treaty) => {
            colour(AnsiColor::Magenta).effects(Effects::BOLD)
        }
        Style::Mention(Kind::Person) => colour(AnsiColor::Cyan).effects(Effects::BOLD),
        Style::Verdict(Verdict::Confirmed) => colour(AnsiColor::Green).effects(Effects::BOLD),
        Style::Verdict(Verdict::Unknown) => Ansi::new().effects(Effects::DIMMED),
        Style::Verdict(_) => colour(AnsiColor::Red).effects(Effects::BOLD),
    }
}
