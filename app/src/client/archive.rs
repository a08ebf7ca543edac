//! Downloading the workspace: asked first whether it fits, so that no browser saves half an archive (D9).

use domain::wire::ArchiveCheck;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::Session;
use super::workspace::{archive_url, check_archive};
use crate::wording::tree::size_text;

/// How a download stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Archive {
    /// Nobody asked for it.
    Idle,
    /// The server is asked whether it fits.
    Checking,
    /// The browser has it, or is getting it.
    UnderWay,
    /// It can't be had, and why.
    Refused(String),
}

impl Archive {
    /// What to say about it.
    pub(crate) fn words(&self) -> Option<String> {
        match self {
            Self::Idle => None,
            Self::Checking => Some("Looking at the files".into()),
            Self::UnderWay => Some("Your browser is downloading it".into()),
            Self::Refused(why) => Some(why.clone()),
        }
    }
}

/// Downloads the archive if it fits. The sandbox keeps running.
pub(crate) fn download(session: Session, archive: RwSignal<Archive>) {
    let Some(id) = session.id() else { return };
    archive.set(Archive::Checking);
    spawn_local(async move {
        archive.set(match check_archive(id).await {
            Ok(check) if check.fits => {
                // The answer is an attachment, so the page stays where it is.
                let gone = window().location().assign(&archive_url(id));
                match gone {
                    Ok(()) => Archive::UnderWay,
                    Err(_) => Archive::Refused("The browser refused to download it.".into()),
                }
            }
            Ok(check) => Archive::Refused(too_large(check)),
            Err(failure) => Archive::Refused(failure.detail),
        });
    });
}

fn too_large(check: ArchiveCheck) -> String {
    let (size, limit) = (size_text(check.size_bytes_estimate), size_text(check.limit_bytes));
    format!("The files are about {size}; up to {limit} can be downloaded. Remove large files and try again.")
}
