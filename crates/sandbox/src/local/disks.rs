//! Which disks sandboxes read from: those that hold the system's programs and the templates.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{major, minor};

/// The disks below `paths`, as `major:minor`. A file system without a disk of its own, such as one in memory, has none.
pub(super) fn of(paths: &[&Path]) -> Vec<String> {
    let found: BTreeSet<String> = paths.iter().filter_map(|path| of_one(path)).collect();
    found.into_iter().collect()
}

fn of_one(path: &Path) -> Option<String> {
    let device = fs::metadata(path).ok()?.dev();
    let known = Path::new("/sys/dev/block").join(format!("{}:{}", major(device), minor(device)));
    // Only whole disks can be bounded, and a partition's folder is inside its disk's.
    let folder = if known.join("partition").exists() { known.join("..") } else { known };
    fs::read_to_string(folder.join("dev")).ok().map(|number| number.trim().to_owned())
}
