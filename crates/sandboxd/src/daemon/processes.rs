//! Who is whose child in this sandbox, and the end of all that one command started.

use std::collections::HashSet;
use std::fs;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// How often the dying are looked after, one millisecond apart, before they are left to the sandbox's end.
const ROUNDS_MAX: u32 = 500;

/// After how many of them everything inside is held still while they are killed.
const ROUNDS_BEFORE_STOP: u32 = 20;

/// Every process of this sandbox but this one, for the kernel.
const EVERYBODY: Pid = Pid::from_raw(-1);

/// One line of the process table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Process {
    pid: i32,
    parent: i32,
    group: i32,
}

/// Kills the command `leader` and all it started, and returns once they are gone. `adopted` are the processes that
/// were started on purpose, `leader` among them.
pub(super) async fn end_all(leader: i32, adopted: impl Fn() -> HashSet<i32>) {
    for round in 0..ROUNDS_MAX {
        // Some start others faster than they can be killed one by one; a stop reaches all of them at once.
        let still = round >= ROUNDS_BEFORE_STOP && kill(EVERYBODY, Signal::SIGSTOP).is_ok();
        let doomed = started_by(leader, &table(), &adopted());
        for pid in &doomed {
            // It may have ended by itself since.
            let _ = kill(Pid::from_raw(*pid), Signal::SIGKILL);
        }
        if still {
            // Nobody may be left by now.
            let _ = kill(EVERYBODY, Signal::SIGCONT);
        }
        if doomed.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Everything that `leader` started: its group, its descendants, and what was left to process 1 by a parent that
/// ended, unless that belongs to another command's group.
fn started_by(leader: i32, table: &[Process], adopted: &HashSet<i32>) -> HashSet<i32> {
    let others = |pid: i32| pid != leader && adopted.contains(&pid);
    let mut doomed: HashSet<i32> = table
        .iter()
        .filter(|process| {
            let orphaned = process.parent == 1 && !others(process.pid) && !others(process.group);
            process.pid == leader || process.group == leader || orphaned
        })
        .map(|process| process.pid)
        .collect();
    loop {
        let before = doomed.len();
        doomed.extend(
            table
                .iter()
                .filter(|process| doomed.contains(&process.parent))
                .map(|process| process.pid)
                .collect::<Vec<_>>(),
        );
        if doomed.len() == before {
            return doomed;
        }
    }
}

/// Every living process but this one.
fn table() -> Vec<Process> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter(|pid| *pid != 1)
        .filter_map(|pid| parse(pid, &fs::read_to_string(format!("/proc/{pid}/stat")).ok()?))
        .collect()
}

/// One `/proc/PID/stat` line; `None` for a process that has ended and only waits to be reaped.
fn parse(pid: i32, stat: &str) -> Option<Process> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_ascii_whitespace();
    let state = fields.next()?;
    let parent = fields.next()?.parse().ok()?;
    let group = fields.next()?.parse().ok()?;
    (!matches!(state, "Z" | "X")).then_some(Process { pid, parent, group })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(pid: i32, parent: i32, group: i32) -> Process {
        Process { pid, parent, group }
    }

    /// E8
    #[test]
    fn a_command_takes_its_group_its_descendants_and_its_orphans_along_and_nobody_elses() {
        let table = [
            process(2, 1, 2),    // the dev server
            process(3, 2, 2),    // its worker
            process(10, 1, 10),  // the command
            process(11, 10, 11), // a child in a group of its own
            process(12, 11, 12), // and its child
            process(13, 1, 13),  // an orphan that made itself a session
            process(20, 1, 20),  // another command
            process(21, 1, 20),  // an orphan of that one
        ];
        let adopted = HashSet::from([2, 10, 20]);
        assert_eq!(started_by(10, &table, &adopted), HashSet::from([10, 11, 12, 13]));
    }

    #[test]
    fn a_process_that_only_waits_to_be_reaped_is_no_longer_there() {
        assert_eq!(parse(7, "7 (x) y) S 1 7 7 0"), Some(process(7, 1, 7)));
        assert_eq!(parse(7, "7 (x) Z 1 7 7 0"), None);
    }
}
