//! A server that several scrapers may ask at the same time.
//!
//! One thread at a time asks a server over its link, and writes the answer in the formats that scrapers ask for. All requests that
//! wait for it, or come soon after, send the same bytes. The link keeps the connection, and gives a call up at the time limit.
//! Until that call returns, later requests fail at once: a server that hangs costs one thread, however often it is scraped.
//!
//! A reading has a share of the exporter's memory, and so has what is kept of it: the sessions until the next reading, and a
//! page until the last request has sent it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use mprapi::{ErrorKind, Link, LinkError, Mpr, Server};
use tokio::sync::watch;
use tokio::time::{self, Instant};

use super::budget::{Budget, Share};
use super::exposition::{Exposition, Format, Metrics};
use super::memory::Memory;
use super::reading::{self, Reading};
use crate::failure::{Failure, Kind};
use crate::{fleet, quantity, terminal};

/// How long an answer is reused. This limits the load on the server and the number of answers in memory.
const FRESH: Duration = Duration::from_secs(1);

/// How long a format is written after a scraper has asked for it. Scrapers come again long before that.
const WANTED: Duration = Duration::from_secs(300);

pub(crate) struct Target {
    pub(crate) server: crate::target::Target,
    mpr: Mpr,
    link: Link,
    is_per_user: bool,
    state: Mutex<State>,
    budget: Arc<Budget>,
    /// Locked by the thread that asks, while it writes the metrics.
    kept: Mutex<Kept>,
}

/// The state from one reading to the next.
#[derive(Default)]
struct Kept {
    memory: Memory,
    /// Held for the memory.
    share: Option<Share>,
}

#[derive(Default)]
struct State {
    asking: Option<Asking>,
    last: Option<(Instant, Answer)>,
    /// The time when a scraper asked for each format last.
    asked: [Option<Instant>; Format::ALL.len()],
    /// The condition that was last reported on standard error.
    was_up: Option<bool>,
}

impl State {
    /// Returns the page of the last reading if it was just made, and notes that somebody asks for the format.
    fn fresh(&mut self, format: Format, now: Instant) -> Option<Page> {
        self.asked[format as usize] = Some(now);
        let (at, answer) = self.last.as_ref()?;
        if now.duration_since(*at) < FRESH { answer[format as usize].clone() } else { None }
    }
}

#[derive(Clone)]
struct Asking {
    since: Instant,
    answer: watch::Receiver<Option<Answer>>,
}

/// The metrics for Prometheus in each format; none in one that nobody asks for.
type Answer = [Option<Page>; Format::ALL.len()];

/// The metrics in one format.
#[derive(Clone)]
pub(crate) struct Page {
    text: Bytes,
    /// The length of the part that tells of the server.
    server: usize,
}

impl Page {
    /// Returns the page of `/probe`.
    pub(crate) fn probe(self) -> Bytes {
        self.text
    }

    /// Returns the metrics of the server, without the end of a page.
    pub(crate) fn server(mut self) -> Bytes {
        self.text.truncate(self.server);
        self.text
    }
}

/// Metrics that have been collected: those of the server, and what `/probe` adds.
struct Collected {
    server: Metrics,
    end: Metrics,
}

impl Collected {
    fn new(mut out: Exposition, is_up: bool, took: Duration) -> Collected {
        out.gauge("rras_scrape_duration_seconds", "Time that the server took to answer.", took.as_secs_f64());
        let mut end = Exposition::default();
        let help = "1 if the server answered, else 0; the same as rras_up.";
        end.gauge("probe_success", help, u64::from(is_up));
        Collected { server: out.finish(), end: end.finish() }
    }

    fn failed(failure: &Failure, took: Duration) -> Collected {
        let mut out = Exposition::default();
        reading::write_failure(&mut out, failure);
        Collected::new(out, false, took)
    }

    /// Writes a page. Returns with it how long the part is that tells of the server.
    fn write(&self, format: Format) -> (String, usize) {
        let mut text = self.server.write(format);
        let length = text.len();
        text += &self.end.write(format);
        text += format.end();
        (text, length)
    }

    /// Writes a page without a share of the memory.
    fn page(&self, format: Format) -> Page {
        let (text, server) = self.write(format);
        Page { text: text.into(), server }
    }
}

/// The text of a page, with its share of the memory.
struct Text {
    text: String,
    _share: Share,
}

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

impl Target {
    pub(crate) fn new(
        server: crate::target::Target,
        mpr: Mpr,
        limit: Duration,
        is_per_user: bool,
        budget: Arc<Budget>,
    ) -> Target {
        let (state, kept) = Default::default();
        let link = Link::new(&mpr, server.name.as_deref()).with_limit(limit);
        Target { server, mpr, link, is_per_user, state, budget, kept }
    }

    /// Returns the page of a reading that was just made, or makes one. `limit` counts from its start: once that is over, this
    /// returns a failure at once. That failure is the scraper's: the server may answer within its own limit.
    pub(crate) async fn ask(self: &Arc<Self>, limit: Duration, format: Format) -> Page {
        let now = Instant::now();
        let fresh = self.state().fresh(format, now);
        match fresh {
            Some(page) => page,
            // Most scrapes do not come here, and need no room for it.
            None => Box::pin(self.wait(limit, format, now)).await,
        }
    }

    /// Asks the server, or waits for a request that is under way.
    async fn wait(self: &Arc<Self>, limit: Duration, format: Format, now: Instant) -> Page {
        let mut first = None;
        loop {
            let asking = {
                let mut state = self.state();
                if let Some(page) = state.fresh(format, now) {
                    return page;
                }
                match &state.asking {
                    Some(asking) => asking.clone(),
                    None => match self.start() {
                        Ok(asking) => state.asking.insert(asking).clone(),
                        Err(failure) => return Collected::failed(&failure, Duration::ZERO).page(format),
                    },
                }
            };
            let Asking { since, mut answer } = asking;
            let since = *first.get_or_insert(since);
            let Ok(Ok(answer)) = time::timeout_at(since + limit, answer.wait_for(Option::is_some)).await
            else {
                return Collected::failed(&Failure::too_slow(limit), since.elapsed()).page(format);
            };
            // An answer that was written just before this format was asked for does not have it. The next one has.
            if let Some(page) = answer.as_ref().and_then(|answer| answer[format as usize].clone()) {
                return page;
            }
        }
    }

    /// Returns `true` if a call goes on for longer than the time limit.
    pub(crate) fn hangs(&self) -> bool {
        match &self.state().asking {
            Some(asking) => asking.since.elapsed() > self.link.limit(),
            None => self.link.is_busy(),
        }
    }

    fn start(self: &Arc<Self>) -> Result<Asking, Failure> {
        let (sender, answer) = watch::channel(None);
        let (target, since) = (Arc::clone(self), Instant::now());
        let asks = move || {
            let result = target.read(since);
            target.tell(result.as_ref().err());
            let answer = result.unwrap_or_else(|failure| {
                let collected = Collected::failed(&failure, since.elapsed());
                target.wanted().map(|format| format.map(|format| collected.page(format)))
            });
            let mut state = target.state();
            (state.asking, state.last) = (None, Some((Instant::now(), answer.clone())));
            drop(state);
            // All who waited may have gone.
            let _ = sender.send(Some(answer));
        };
        let thread = thread::Builder::new().name("mprctl-probe".to_owned()).spawn(asks);
        thread.map_err(|error| Failure::new(Kind::Failed, format!("cannot start a thread: {error}")))?;
        Ok(Asking { since, answer })
    }

    fn read(&self, since: Instant) -> Result<Answer, Failure> {
        let deadline = (since + self.link.limit()).into_std();
        let info = self.link.read(Server::info).map_err(|error| self.why(error))?;
        let now = SystemTime::now();
        let mut share = self.budget.empty();
        // By what the server says, before its lists are in memory; then by what it has.
        self.raise(&mut share, reading::expected(&info), deadline)?;
        let reading = self.link.read(move |server| Reading::take(server, info.up_time(), now));
        let reading = reading.map_err(|error| self.why(error))?;
        let mut kept = self.kept();
        self.raise(&mut share, reading.size() + kept.memory.size(), deadline)?;
        let mut out = Exposition::default();
        reading.write(&mut out, &mut kept.memory, self.is_per_user);
        kept.share = Some(share.split(kept.memory.size()));
        drop(kept);
        let collected = Collected::new(out, true, since.elapsed());
        let texts = self.wanted().map(|format| format.map(|format| collected.write(format)));
        let bytes = texts.iter().flatten().map(|(text, _)| text.len() as u64).sum();
        self.raise(&mut share, bytes, deadline)?;
        Ok(texts.map(|text| {
            let (text, server) = text?;
            let _share = share.split(text.len() as u64);
            Some(Page { text: Bytes::from_owner(Text { text, _share }), server })
        }))
    }

    /// Returns the formats that scrapers ask for.
    fn wanted(&self) -> [Option<Format>; Format::ALL.len()] {
        let state = self.state();
        Format::ALL.map(|format| {
            let asked = state.asked[format as usize]?;
            (asked.elapsed() < WANTED + self.link.limit()).then_some(format)
        })
    }

    fn raise(&self, share: &mut Share, bytes: u64, deadline: std::time::Instant) -> Result<(), Failure> {
        if share.raise(bytes, deadline) { Ok(()) } else { Err(self.too_large(bytes)) }
    }

    /// Returns the failure of a reading for which there is not enough memory.
    fn too_large(&self, bytes: u64) -> Failure {
        let (most, used) = (self.budget.most(), self.budget.used());
        let [bytes, most, left] = [bytes, most, most - used].map(quantity::bytes);
        let message = format!(
            "the sessions of the server take up to {bytes} of memory, and of the {most} for all servers {left} are left; --memory allows more"
        );
        Failure::new(Kind::Failed, message)
    }

    /// Finds out why a call failed: some functions answer the same if the service does not run and if it routes local
    /// networks only.
    fn why(&self, error: LinkError) -> Failure {
        match error {
            LinkError::Call(error) if error.kind() == ErrorKind::NotRunning => {
                fleet::why_stopped(&self.mpr, self.server.name.as_deref(), error)
            }
            error => error.into(),
        }
    }

    /// Prints a line on standard error when a server stops answering or answers again, not for each request.
    fn tell(&self, failure: Option<&Failure>) {
        let was_up = self.state().was_up.replace(failure.is_none()).unwrap_or(true);
        let name = self.server.label();
        match failure {
            Some(failure) if was_up => terminal::say_lines(&format!("{name}: {}", failure.message), []),
            None if !was_up => terminal::say(&format!("{name}: answers again")),
            _ => {}
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What is in it is whole at any time.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use mprapi_sim::{Router, Session, Tunnel};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn target(router: &Router, limit: Duration, budget: &Arc<Budget>) -> Arc<Target> {
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
        let server = crate::target::Target::named(router.name());
        Arc::new(Target::new(server, mpr, limit, true, Arc::clone(budget)))
    }

    fn crowd(sessions: u32) -> mprapi_sim::Server {
        let server = mprapi_sim::Server::unique().ports(Tunnel::Sstp, sessions);
        (0..sessions).fold(server, |server, n| server.session(Session::new(format!("user{n}"), Tunnel::Sstp)))
    }

    fn text(page: Page) -> String {
        String::from_utf8(page.probe().to_vec()).expect("UTF-8")
    }

    fn is_up(page: Page) -> bool {
        text(page).contains("\nrras_up 1\n")
    }

    /// Returns the formats in which the last reading is written.
    fn written(target: &Target) -> [bool; 2] {
        target.state().last.as_ref().expect("a reading").1.each_ref().map(Option::is_some)
    }

    /// Waits until an answer is not reused any more.
    async fn age() {
        time::sleep(FRESH).await;
    }

    #[tokio::test]
    async fn a_scraper_that_waits_for_less_time_does_not_have_the_server_reported_as_down() {
        let simulation = mprapi_sim::Server::unique().latency(Duration::from_millis(20)).start();
        let target = target(&simulation.routers()[0], LONG, &Budget::new(1 << 30));
        assert!(!is_up(target.ask(Duration::from_millis(1), Format::Text).await), "it has not answered yet");
        assert_eq!(target.state().was_up, None);
        assert!(is_up(target.ask(LONG, Format::Text).await));
        assert_eq!(target.state().was_up, Some(true));
    }

    #[tokio::test]
    async fn a_server_that_goes_away_is_down_at_the_next_reading_and_up_when_it_is_back() {
        let simulation = crowd(3).start();
        let router = &simulation.routers()[0];
        let target = target(router, LONG, &Budget::new(1 << 30));
        assert!(is_up(target.ask(LONG, Format::Text).await));
        router.stop_service();
        age().await;
        let away = text(target.ask(LONG, Format::Text).await);
        assert!(away.contains("rras_failure{kind=\"no_service\"} 1"), "{away}");
        assert!(!away.contains("rras_sessions"), "nothing of before is shown as if it were now");
        router.start_service();
        age().await;
        assert!(is_up(target.ask(LONG, Format::Text).await));
    }

    #[tokio::test]
    async fn a_server_for_which_too_little_memory_is_left_is_down_and_says_why_and_others_go_on() {
        let budget = Budget::new(2_000_000);
        let (large, small) = (crowd(1_000).start(), crowd(10).start());
        let [large, small] = [&large, &small].map(|one| target(&one.routers()[0], LONG, &budget));
        let said = text(large.ask(LONG, Format::Text).await);
        assert!(said.contains("rras_up 0") && said.contains("rras_failure{kind=\"failed\"} 1"), "{said}");
        assert!(
            said.contains("# mprctl: ") && said.contains("2.00 MB are left") && said.contains("--memory"),
            "{said}"
        );
        assert_eq!(budget.used(), 0);
        assert!(is_up(small.ask(LONG, Format::Text).await));
    }

    #[tokio::test]
    async fn memory_is_used_for_the_last_reading_and_for_pages_that_somebody_still_sends() {
        let budget = Budget::new(1 << 30);
        let simulation = crowd(100).start();
        let target = target(&simulation.routers()[0], LONG, &budget);
        let slow = target.ask(LONG, Format::Text).await.probe();
        let one = budget.used();
        let page = slow.len() as u64;
        assert!(one > page, "{one} bytes for a page of {page} and the sessions");
        age().await;
        assert!(is_up(target.ask(LONG, Format::Text).await));
        // The numbers in a page may differ by some digits.
        assert!(budget.used().abs_diff(one + page) < 200, "{} with a page more than {one}", budget.used());
        drop(slow);
        assert!(budget.used().abs_diff(one) < 200, "{} and {one}", budget.used());
        drop(target);
        // The thread that asked may take a moment to end.
        let deadline = Instant::now() + LONG;
        while budget.used() > 0 {
            assert!(Instant::now() < deadline, "{} are still used", budget.used());
            time::sleep(Duration::from_millis(10)).await;
        }
    }

    #[tokio::test]
    async fn all_who_ask_during_one_reading_or_just_after_get_the_same_bytes() {
        let simulation = crowd(10).start();
        let target = target(&simulation.routers()[0], LONG, &Budget::new(1 << 30));
        let asks = (0..20).map(|_| {
            let target = Arc::clone(&target);
            tokio::spawn(async move { target.ask(LONG, Format::OpenMetrics).await })
        });
        let mut first = None;
        for answer in asks.collect::<Vec<_>>() {
            let page = answer.await.expect("it answers").probe();
            let first = first.get_or_insert_with(|| page.clone());
            assert!(page.as_ptr() == first.as_ptr(), "each has a copy of its own, or a reading");
        }
    }

    #[tokio::test]
    async fn a_format_is_written_for_those_who_ask_for_it_and_once_for_each_reading() {
        let simulation = crowd(10).start();
        let target = target(&simulation.routers()[0], LONG, &Budget::new(1 << 30));
        let page = target.ask(LONG, Format::Text).await.probe();
        assert_eq!(written(&target), [true, false]);
        // The reading of just before has no page in this format.
        let open = target.ask(LONG, Format::OpenMetrics).await.probe();
        assert!(open.ends_with(b"# EOF\n") && !page.ends_with(b"# EOF\n"));
        assert_eq!(written(&target), [true, true]);
        let again = target.ask(LONG, Format::OpenMetrics).await.probe();
        assert_eq!(again.as_ptr(), open.as_ptr());
        // Both scrapers come again, so one reading is enough for both.
        age().await;
        assert!(is_up(target.ask(LONG, Format::Text).await));
        assert_eq!(written(&target), [true, true]);
        target.state().asked[Format::Text as usize] = Instant::now().checked_sub(WANTED + LONG);
        age().await;
        target.ask(LONG, Format::OpenMetrics).await;
        assert_eq!(written(&target), [false, true], "nobody has asked for the other for long");
    }

    #[tokio::test]
    async fn a_format_that_is_asked_for_during_a_reading_is_in_it_or_in_the_next() {
        let simulation = mprapi_sim::Server::unique().latency(Duration::from_millis(5)).start();
        let target = target(&simulation.routers()[0], LONG, &Budget::new(1 << 30));
        let asks = (0..200).map(|n| {
            let target = Arc::clone(&target);
            tokio::spawn(async move {
                time::sleep(Duration::from_micros(200 * n)).await;
                let format = Format::ALL[n as usize % 2];
                (format, text(target.ask(LONG, format).await))
            })
        });
        for answer in asks.collect::<Vec<_>>() {
            let (format, page) = answer.await.expect("it answers");
            assert!(page.contains("rras_up 1") && page.ends_with(format.end()), "{page}");
        }
    }
}
