//! The daemon's JSON as one that was taken over may send it: whatever is understood names only paths of a workspace, and
//! means the same when it is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sandboxd::launch::{LaunchSpec, Launched};
use sandboxd::wire::{ArchiveSize, DevServerState, Exec, Listing, Rename, TerminalSize, Terminals, WireError};
use serde_json::{from_slice, to_vec};

fuzz_target!(|bytes: &[u8]| {
    macro_rules! same_when_written_again {
        ($($kind:ty),*) => {
            $(if let Ok(value) = from_slice::<$kind>(bytes) {
                assert_eq!(from_slice::<$kind>(&to_vec(&value).unwrap()).unwrap(), value);
            })*
        };
    }
    same_when_written_again!(Listing, Rename, Exec, DevServerState, WireError, LaunchSpec, Launched);
    same_when_written_again!(Terminals, TerminalSize, ArchiveSize);
    if let Ok(listing) = from_slice::<Listing>(bytes) {
        for entry in listing.entries {
            let path = entry.path.as_str();
            assert!(path.len() <= domain::PATH_BYTES_MAX && !path.contains('\0'));
            assert!(path.split('/').all(|name| !matches!(name, "" | "." | "..")));
        }
    }
});
