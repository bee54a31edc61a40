//! A log that never blocks: a bounded queue of lines, and a thread that writes them.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::module;
use crate::queue::Queue;

/// A log file. Any thread may write a line, and none waits for the disk: a thread of this log does.
///
/// If lines come faster than the disk takes them, or the disk takes none, lines are lost and counted. As soon as the file can
/// be written again, a line says how many were lost. The service goes on meanwhile.
///
/// A `Log` is a share in the log. Dropping the last one writes what waits, for at most 2 seconds; if the disk takes longer,
/// the thread goes on and keeps the DLL loaded.
#[derive(Clone, Debug)]
pub struct Log(Arc<Shared>);

/// The limits of a [`Log`], and its words for lost lines.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct LogOptions {
    /// The most bytes in the file. A line that would exceed them begins a new file; the old one is renamed: `audit.log`
    /// becomes `audit.log.1`, and that `audit.log.2`. By default 16 MiB.
    pub max_bytes: u64,
    /// How many renamed files are kept. The oldest is overwritten. By default 4; with 0, a full file is emptied.
    pub kept_files: u32,
    /// The most bytes that wait to be written; further lines are lost. By default 1 MiB.
    pub queue_bytes: usize,
    /// Makes the line that tells how many lines were lost. By default, and if it panics, `3 lines were lost`.
    pub lost: fn(u64) -> String,
}

impl Default for LogOptions {
    fn default() -> LogOptions {
        LogOptions {
            max_bytes: 16 << 20,
            kept_files: 4,
            queue_bytes: 1 << 20,
            lost: |count| format!("{count} lines were lost"),
        }
    }
}

struct Shared {
    lines: Arc<Queue<String>>,
    lost: Arc<AtomicU64>,
    path: PathBuf,
}

/// The time for which dropping a log waits for the disk.
const LAST_LINES: Duration = Duration::from_secs(2);

impl Log {
    /// Opens the file, which is made if it is missing, and starts the thread. Lines are added at its end.
    ///
    /// [`Context::log`](crate::Context::log) does the same with a path beside the DLL.
    ///
    /// # Errors
    /// The system's error if the file cannot be opened or the thread cannot be started. A full disk is no error here.
    pub fn open(path: impl Into<PathBuf>, options: LogOptions) -> io::Result<Log> {
        let path = path.into();
        let (lines, lost) = (Arc::new(Queue::new(options.queue_bytes)), Arc::new(AtomicU64::new(0)));
        let mut writer = Writer {
            file: None,
            length: 0,
            is_unfinished: false,
            path: path.clone(),
            options,
            lost: Arc::clone(&lost),
            told: 0,
        };
        writer.open()?;
        let source = Arc::clone(&lines);
        module::spawn("admin-dll-log", move || {
            while let Some(lines) = source.take() {
                writer.write(lines);
            }
        })?;
        Ok(Log(Arc::new(Shared { lines, lost, path })))
    }

    /// Adds a line, which should have no line break. Returns `false` if it is lost because too many wait.
    pub fn line(&self, line: impl Into<String>) -> bool {
        let mut line = line.into();
        line.push('\n');
        let weight = line.len();
        let taken = self.0.lines.push(line, weight).is_ok();
        if !taken {
            self.0.lost.fetch_add(1, Ordering::Relaxed);
        }
        taken
    }

    /// Returns the number of lines that were lost so far, because too many waited or the disk did not take them.
    pub fn lost(&self) -> u64 {
        self.0.lost.load(Ordering::Relaxed)
    }

    /// Waits until all lines are written or lost. Returns `false` if that takes longer than `limit`.
    ///
    /// Not for a callout, where it would make the service wait.
    pub fn flush(&self, limit: Duration) -> bool {
        self.0.lines.wait_until_idle(limit)
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.0.path
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.lines.close();
        self.lines.wait_until_ended(LAST_LINES);
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Log").field("path", &self.path).finish_non_exhaustive()
    }
}

/// The thread's side of the log.
struct Writer {
    /// `None` after an error: the file is opened again.
    file: Option<File>,
    length: u64,
    /// `true` if the file ends within a line: a process or a disk has ended there.
    is_unfinished: bool,
    path: PathBuf,
    options: LogOptions,
    lost: Arc<AtomicU64>,
    /// How many of the lost lines the file tells about.
    told: u64,
}

/// The most that is written in one go.
const BATCH: usize = 1 << 16;

impl Writer {
    fn open(&mut self) -> io::Result<()> {
        let file = OpenOptions::new().append(true).create(true).open(&self.path)?;
        self.length = file.metadata()?.len();
        self.is_unfinished = self.length > 0 && ends_within_a_line(&self.path);
        self.file = Some(file);
        Ok(())
    }

    fn write(&mut self, lines: Vec<String>) {
        let (mut batch, mut count) = (String::new(), 0);
        if self.file.is_none() {
            // If it cannot be opened now either, the lines are counted below.
            let _ = self.open();
        }
        for line in lines {
            let is_full = self.length + (batch.len() + line.len()) as u64 > self.options.max_bytes;
            if batch.len() > BATCH || is_full {
                self.finish(&mut batch, &mut count);
            }
            // Without a file there is nothing to rename, and those that are kept would move on to be overwritten.
            if is_full && self.length > 0 && self.file.is_some() {
                self.rotate();
            }
            batch += &line;
            count += 1;
        }
        self.finish(&mut batch, &mut count);
    }

    /// Writes a batch of lines, or counts them as lost.
    fn finish(&mut self, batch: &mut String, count: &mut u64) {
        if *count > 0 && self.try_finish(batch).is_err() {
            self.lost.fetch_add(*count, Ordering::Relaxed);
            self.file = None;
        }
        batch.clear();
        *count = 0;
    }

    fn try_finish(&mut self, batch: &str) -> io::Result<()> {
        if self.file.is_none() {
            self.open()?;
        }
        if self.is_unfinished {
            self.append("\n")?;
            self.is_unfinished = false;
        }
        let lost = self.lost.load(Ordering::Relaxed);
        if lost > self.told {
            let count = lost - self.told;
            // The words are the DLL's own, and a panic must not leave this thread.
            let words = mprapi::callout::run(|| (self.options.lost)(count));
            let mut line = words.unwrap_or_else(|| (LogOptions::default().lost)(count));
            line.push('\n');
            self.append(&line)?;
            self.told = lost;
        }
        self.append(batch)
    }

    /// Appends all of the text or none of it.
    fn append(&mut self, text: &str) -> io::Result<()> {
        let file = self.file.as_mut().ok_or(io::ErrorKind::NotFound)?;
        if let Err(error) = file.write_all(text.as_bytes()) {
            // Half a line would spoil the next one. What cannot be cut off stays, and the next one begins behind it.
            let _ = file.set_len(self.length);
            return Err(error);
        }
        self.length += text.len() as u64;
        Ok(())
    }

    /// Renames the file and those before it. If that fails, the present file grows on.
    fn rotate(&mut self) {
        self.file = None;
        let numbered = |number: u32| {
            let mut name = OsString::from(&self.path);
            name.push(format!(".{number}"));
            PathBuf::from(name)
        };
        // Only as far as there are files: someone may keep four billion.
        let is_free = |number: &u32| !numbered(*number).exists();
        let last = (1..self.options.kept_files).find(is_free).unwrap_or(self.options.kept_files);
        for number in (1..last).rev() {
            let _ = fs::rename(numbered(number), numbered(number + 1));
        }
        let _ = match self.options.kept_files {
            0 => fs::write(&self.path, ""),
            _ => fs::rename(&self.path, numbered(1)),
        };
        // The next line tries again, and is counted if that fails.
        let _ = self.open();
    }
}

/// Returns `true` if the last line of a file has no end. A file that cannot be read has one.
fn ends_within_a_line(path: &Path) -> bool {
    let mut last = [0];
    let read = File::open(path).and_then(|mut file| {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)
    });
    read.is_ok() && last != *b"\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that is gone at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let folder = std::env::temp_dir().join(format!("admin-dll-log-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).expect("a folder of the test");
            Folder(folder)
        }

        fn read(&self, file: &str) -> String {
            fs::read_to_string(self.0.join(file)).unwrap_or_default()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn lines_are_in_the_file_in_their_order_when_the_log_is_dropped() {
        let folder = Folder::new("order");
        for run in 0..2 {
            let log = Log::open(folder.0.join("it.log"), LogOptions::default()).expect("a log");
            for line in 0..500 {
                assert!(log.line(format!("{run} {line}")));
            }
        }
        let lines: String = (0..1000).map(|line| format!("{} {}\n", line / 500, line % 500)).collect();
        assert_eq!(folder.read("it.log"), lines);
    }

    #[test]
    fn a_full_file_is_renamed_and_only_so_many_are_kept() {
        let folder = Folder::new("rotation");
        let options = LogOptions { max_bytes: 20, kept_files: 2, ..LogOptions::default() };
        let log = Log::open(folder.0.join("it.log"), options).expect("a log");
        for line in 0..7 {
            log.line(format!("line {line:04}"));
        }
        assert!(log.flush(Duration::from_secs(10)));
        assert_eq!(folder.read("it.log"), "line 0006\n");
        assert_eq!(folder.read("it.log.1"), "line 0004\nline 0005\n");
        assert_eq!(folder.read("it.log.2"), "line 0002\nline 0003\n");
        assert!(!folder.0.join("it.log.3").exists());
        assert_eq!(log.lost(), 0);
    }

    #[test]
    fn lines_that_are_too_many_are_lost_and_counted_and_the_file_says_so() {
        let folder = Folder::new("lost");
        let options =
            LogOptions { queue_bytes: 10, lost: |count| format!("lost {count}"), ..LogOptions::default() };
        let log = Log::open(folder.0.join("it.log"), options).expect("a log");
        let taken = (0..10_000).filter(|line| log.line(format!("{line}"))).count() as u64;
        assert!(log.flush(Duration::from_secs(10)));
        assert_eq!(taken + log.lost(), 10_000);
        assert!(log.lost() > 0, "so many lines fit at no time");
        assert!(log.line("last"));
        assert!(log.flush(Duration::from_secs(10)));
        let text = folder.read("it.log");
        let told: u64 = text.lines().filter_map(|line| line.strip_prefix("lost ")?.parse::<u64>().ok()).sum();
        assert_eq!(told, log.lost());
        assert!(text.ends_with("last\n"), "{text}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_loses_lines_and_blocks_nobody() {
        let log = Log::open("/dev/full", LogOptions::default()).expect("it opens");
        for _ in 0..1000 {
            log.line("a line");
        }
        assert!(log.flush(Duration::from_secs(10)));
        assert_eq!(log.lost(), 1000);
    }

    #[test]
    fn a_log_that_keeps_every_file_turns_them_as_fast_as_any() {
        let folder = Folder::new("all");
        let options = LogOptions { max_bytes: 10, kept_files: u32::MAX, ..LogOptions::default() };
        let log = Log::open(folder.0.join("it.log"), options).expect("a log");
        for line in 0..5 {
            log.line(format!("line {line:04}"));
        }
        assert!(log.flush(Duration::from_secs(10)), "it counts to four billion");
        for number in 1..=4 {
            assert_eq!(folder.read(&format!("it.log.{number}")), format!("line {:04}\n", 4 - number));
        }
        assert_eq!(folder.read("it.log"), "line 0004\n");
    }

    #[test]
    fn a_panic_of_the_words_for_lost_lines_ends_in_the_log_which_goes_on() {
        let folder = Folder::new("panic");
        let options =
            LogOptions { queue_bytes: 10, lost: |_| panic!("no words for it"), ..LogOptions::default() };
        let log = Log::open(folder.0.join("it.log"), options).expect("a log");
        for line in 0..10_000 {
            log.line(format!("{line}"));
        }
        assert!(log.flush(Duration::from_secs(10)), "the thread has ended");
        assert!(log.lost() > 0, "so many lines fit at no time");
        assert!(log.line("last"));
        assert!(log.flush(Duration::from_secs(10)), "the thread has ended");
        let text = folder.read("it.log");
        assert!(text.ends_with("last\n") && text.contains(" lines were lost\n"), "{text}");
    }

    #[test]
    fn a_wait_without_a_limit_is_no_reason_to_panic() {
        let folder = Folder::new("limit");
        let log = Log::open(folder.0.join("it.log"), LogOptions::default()).expect("a log");
        assert!(log.line("a line") && log.flush(Duration::MAX));
    }

    #[test]
    fn a_line_that_was_left_unfinished_does_not_spoil_the_next_one() {
        let folder = Folder::new("unfinished");
        let path = folder.0.join("it.log");
        fs::write(&path, "whole\nhalf of a li").expect("a file");
        let log = Log::open(&path, LogOptions::default()).expect("a log");
        log.line("next");
        log.line("last");
        assert!(log.flush(Duration::from_secs(10)));
        assert_eq!(folder.read("it.log"), "whole\nhalf of a li\nnext\nlast\n");
    }

    #[test]
    fn a_full_file_that_is_gone_does_not_push_out_those_that_are_kept() {
        let folder = Folder::new("gone");
        for number in 1..=3 {
            fs::write(folder.0.join(format!("it.log.{number}")), format!("{number}\n")).expect("a file");
        }
        // As after a rename whose new file could not be made.
        let mut writer = Writer {
            file: None,
            length: 1 << 30,
            is_unfinished: false,
            path: folder.0.join("it.log"),
            options: LogOptions { max_bytes: 20, kept_files: 3, ..LogOptions::default() },
            lost: Arc::default(),
            told: 0,
        };
        writer.write(vec!["a line\n".to_owned(), "another\n".to_owned()]);
        assert_eq!(folder.read("it.log"), "a line\nanother\n");
        for number in 1..=3 {
            assert_eq!(folder.read(&format!("it.log.{number}")), format!("{number}\n"));
        }
    }

    #[test]
    fn a_file_that_cannot_be_opened_is_an_error_at_once() {
        assert!(Log::open(std::env::temp_dir(), LogOptions::default()).is_err());
    }
}
