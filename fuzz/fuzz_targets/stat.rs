//! `/proc/PID/stat`, in which a process chooses its own name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sandboxd::launch::start_ticks;

fuzz_target!(|name: &str| {
    let fields: Vec<String> = (3..=52).map(|n| n.to_string()).collect();
    let stat = format!("7 ({name}) {}", fields.join(" "));
    assert_eq!(start_ticks(&stat), Some(22), "no name hides when a process started");
    let _ = start_ticks(name);
});
