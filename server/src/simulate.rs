//! `sandglass simulate`: what a pool's settings would have brought, in virtual time.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use domain::Timestamp;
use pool::simulator::{Arrivals, Outcome, Report, Settings, World, simulate};

const HOUR_MS: i64 = 3_600_000;
const DAY: Duration = Duration::from_secs(86_400);
/// Monday 1970-01-05, 00:00 UTC: where virtual time begins, unless a recording says otherwise.
const MONDAY: Timestamp = Timestamp::from_unix_ms(4 * 86_400_000);
const MICRO_DOLLARS: f64 = 1_000_000.0;
/// The longest time that is simulated.
const DAYS_MAX: u32 = 3_660;

/// Who comes, what the world is like, and which settings are tried.
#[derive(Args, Debug, Clone)]
pub struct SimulateArgs {
    /// Arrivals from a file: one a line, a time such as 2026-11-21T09:00:00Z or seconds from the start; a header is skipped
    #[arg(long, value_name = "FILE.csv")]
    arrivals: Option<PathBuf>,
    /// Arrivals by chance, so many an hour
    #[arg(long, value_name = "RATE_PER_HOUR")]
    poisson: Option<f64>,
    /// Arrivals all at once, such as 30@3600; may be repeated
    #[arg(long, value_name = "N@SECONDS")]
    burst: Vec<String>,
    /// Arrivals along a day's curve, so many a day
    #[arg(long, value_name = "SESSIONS")]
    day: Option<f64>,
    /// How many hours are counted
    #[arg(long, conflicts_with = "days")]
    hours: Option<f64>,
    /// How many days are counted [default: 1, or as long as a recording is]
    #[arg(long)]
    days: Option<f64>,
    /// Days before those, in which the forecast learns and nothing is counted
    #[arg(long, default_value_t = 0.0)]
    learn_days: f64,
    /// What chance is drawn with: the same seed gives the same answer
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Milliseconds that making a sandbox takes on average
    #[arg(long, default_value_t = 500)]
    create_ms: u64,
    /// By which share of that it varies, up and down
    #[arg(long, default_value_t = 0.2)]
    create_jitter: f64,
    /// Seconds that a session lasts
    #[arg(long, default_value_t = 300)]
    session_seconds: u64,
    /// Dollars that one sandbox costs for an hour
    #[arg(long, default_value_t = 0.05)]
    price_per_hour: f64,
    /// A pool's setting, as in [pool]; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Further settings on top of those, as another line of the table; may be repeated
    #[arg(long, value_name = "KEY=VALUE,KEY=VALUE")]
    compare: Vec<String>,
}

/// The table that answers the arguments.
///
/// # Errors
/// One sentence that says which argument can't be used, and why.
pub fn table(args: &SimulateArgs) -> Result<String, String> {
    let base = settings(Settings::default(), &args.set)?;
    let mut lines = vec![("as set".to_owned(), base.clone())];
    for compared in &args.compare {
        let changes: Vec<String> = compared.split(',').map(str::to_owned).collect();
        lines.push((compared.clone(), settings(base.clone(), &changes)?));
    }
    let (arrivals, world) = scene(args)?;
    let outcomes: Vec<(String, Outcome)> =
        lines.into_iter().map(|(name, settings)| (name, simulate(&arrivals, &settings, &world))).collect();
    Ok(render(&outcomes, args))
}

fn settings(mut settings: Settings, changes: &[String]) -> Result<Settings, String> {
    for change in changes {
        let Some((key, value)) = change.split_once('=') else {
            return Err(format!("“{change}” is no setting: write it as key=value"));
        };
        settings.set(key.trim(), value.trim()).map_err(|error| error.to_string())?;
    }
    settings.check().map_err(|error| error.to_string())?;
    Ok(settings)
}

/// Everybody who comes, and the world they come to.
fn scene(args: &SimulateArgs) -> Result<(Arrivals, World), String> {
    let learning = days("--learn-days", args.learn_days)?;
    let recorded = recording(args)?;
    let start = start_of(&recorded);
    let counted = match (args.hours, args.days) {
        (Some(hours), _) => days("--hours", hours / 24.0)?,
        (None, Some(count)) => days("--days", count)?,
        (None, None) => recorded.moments().last().map_or(DAY, |last| rest_after(*last, start, learning)),
    };
    let lasting = learning + counted;
    let mut arrivals = recorded;
    if let Some(per_hour) = args.poisson {
        arrivals =
            arrivals.and(Arrivals::poisson(at_least_zero("--poisson", per_hour)?, start, lasting, args.seed));
    }
    if let Some(per_day) = args.day {
        arrivals =
            arrivals.and(Arrivals::days_curve(at_least_zero("--day", per_day)?, start, lasting, args.seed));
    }
    for burst in &args.burst {
        let (count, at) = burst_of(burst).ok_or_else(|| {
            format!("--burst is “{burst}”: write how many and when in seconds, such as 30@3600")
        })?;
        arrivals = arrivals.and(Arrivals::burst(count, start.plus_ms(at)));
    }
    if arrivals.moments().is_empty() {
        return Err("nobody comes: say who with --arrivals, --poisson, --burst or --day".into());
    }
    if !(0.0..=1.0).contains(&args.create_jitter) {
        return Err(format!("--create-jitter is {}: it must be between 0 and 1", args.create_jitter));
    }
    let price = at_least_zero("--price-per-hour", args.price_per_hour)?;
    let world = World {
        create: Duration::from_millis(args.create_ms),
        create_jitter: args.create_jitter,
        session: Duration::from_secs(args.session_seconds),
        hour_micro_dollars: (price * MICRO_DOLLARS).round() as u64,
        start,
        learning,
        counted,
        seed: args.seed,
    };
    Ok((arrivals, world))
}

fn recording(args: &SimulateArgs) -> Result<Arrivals, String> {
    let Some(file) = &args.arrivals else { return Ok(Arrivals::default()) };
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| format!("--arrivals {}: {error}", file.display()))?;
    Arrivals::parse(&text, MONDAY).map_err(|error| format!("--arrivals {}: {error}", file.display()))
}

/// Where virtual time begins. A recording with a calendar of its own begins at that, an hour early for the pool to warm up.
fn start_of(recorded: &Arrivals) -> Timestamp {
    match recorded.moments().first() {
        Some(first) if Duration::from_millis(first.ms_since(MONDAY)) > DAY * DAYS_MAX => {
            first.plus_ms(-HOUR_MS)
        }
        Some(_) | None => MONDAY,
    }
}

/// From the end of learning until a recording is over.
fn rest_after(last: Timestamp, start: Timestamp, learning: Duration) -> Duration {
    Duration::from_millis(last.ms_since(start) + 1).saturating_sub(learning)
}

fn days(name: &str, days: f64) -> Result<Duration, String> {
    if !(0.0..=f64::from(DAYS_MAX)).contains(&days) {
        return Err(format!("{name} is {days}: it must be a time between 0 and {DAYS_MAX} days"));
    }
    Ok(DAY.mul_f64(days))
}

fn at_least_zero(name: &str, number: f64) -> Result<f64, String> {
    if number.is_finite() && number >= 0.0 {
        Ok(number)
    } else {
        Err(format!("{name} is {number}: it must be at least 0"))
    }
}

fn burst_of(text: &str) -> Option<(u32, i64)> {
    let (count, seconds) = text.split_once('@')?;
    let seconds: u32 = seconds.parse().ok()?;
    Some((count.parse().ok()?, i64::from(seconds) * 1_000))
}

fn render(outcomes: &[(String, Outcome)], args: &SimulateArgs) -> String {
    let widest = outcomes.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(8);
    let mut text = String::new();
    let mut section = |title: &str, of: fn(&Outcome) -> &Report| {
        // Writing to a string can't fail.
        let _ = writeln!(text, "{title}");
        let _ = writeln!(
            text,
            "{:<widest$} {:>9} {:>9} {:>8} {:>9} {:>9} {:>10} {:>10} {:>10}",
            "settings",
            "arrivals",
            "hits",
            "refused",
            "p50 wait",
            "p99 wait",
            "idle min",
            "idle cost",
            "cost"
        );
        for (name, outcome) in outcomes {
            let _ = writeln!(text, "{name:<widest$} {}", line(of(outcome)));
        }
    };
    if args.learn_days > 0.0 {
        section("The first day", |outcome| &outcome.first_day);
        section("After learning", |outcome| &outcome.counted);
    } else {
        section("All of the time", |outcome| &outcome.counted);
    }
    text
}

fn line(report: &Report) -> String {
    let hits = report.hit_rate().map_or("-".into(), |rate| format!("{:.2} %", rate * 100.0));
    let wait = |percent| format!("{:.2} s", report.wait(percent).as_secs_f64());
    let dollars = |micro: u64| format!("$ {:.3}", micro as f64 / MICRO_DOLLARS);
    format!(
        "{:>9} {hits:>9} {:>8} {:>9} {:>9} {:>10.1} {:>10} {:>10}",
        report.arrivals(),
        report.refused,
        wait(50),
        wait(99),
        report.idle_minutes(),
        dollars(report.idle_micro_dollars()),
        dollars(report.micro_dollars())
    )
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        args: SimulateArgs,
    }

    fn run(line: &str) -> Result<String, String> {
        table(&Command::try_parse_from(std::iter::once("simulate").chain(line.split(' '))).unwrap().args)
    }

    /// H8: several settings side by side.
    #[test]
    fn every_setting_that_is_compared_has_its_line() {
        let table =
            run("--poisson 60 --hours 2 --set target_ready=1 --compare target_ready=2,max_ready=4").unwrap();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 4, "{table}");
        assert!(lines[2].starts_with("as set "), "{table}");
        assert!(lines[3].starts_with("target_ready=2,max_ready=4 ") && lines[3].contains(" %"), "{table}");
    }

    #[test]
    fn what_cannot_be_used_is_answered_in_one_sentence() {
        for (line, said) in [
            ("--hours 1", "nobody comes: say who with --arrivals, --poisson, --burst or --day"),
            ("--poisson -1", "--poisson is -1: it must be at least 0"),
            ("--burst 30", "--burst is “30”: write how many and when in seconds, such as 30@3600"),
            (
                "--day 9 --set target_ready=11",
                "target_ready is 11: it must not be larger than max_ready (10)",
            ),
            ("--day 9 --set size", "“size” is no setting: write it as key=value"),
            ("--day 9 --compare size=1", "there is no setting “size”; there are target_ready"),
            ("--day 9 --days 99999", "--days is 99999: it must be a time between 0 and 3660 days"),
            ("--arrivals /nowhere.csv", "--arrivals /nowhere.csv: No such file"),
        ] {
            let error = run(&line.replace("--poisson -1", "--poisson=-1")).unwrap_err();
            assert!(error.starts_with(said), "{line} gave {error}");
        }
    }
}
