//! Taking a workspace along as one file (D9).

use bytes::Bytes;
use domain::wire::ArchiveCheck;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use sandbox::SandboxError;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

use crate::{Access, SessionError, Sessions};

/// Archives of one session that may be made at once: the page's and another.
pub(crate) const ARCHIVES_AT_ONCE_MAX: usize = 2;

/// A workspace as one file.
pub struct Archive {
    /// What to call it.
    pub file_name: String,
    /// A gzipped tar, as it is made. It ends with an error when it gets larger than it may.
    pub content: BoxStream<'static, Result<Bytes, SessionError>>,
}

impl Sessions {
    /// The workspace as a gzipped tar, without what can be made again. The sandbox goes on meanwhile.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::Starting`], [`SessionError::ArchivesBusy`] or [`SessionError::Sandbox`]; in the
    /// stream [`SessionError::TooLarge`], too.
    pub async fn archive(&self, access: &Access) -> Result<Archive, SessionError> {
        let (content, place) = self.pack(access).await?;
        let template = access.live()?.look(|view| view.template.clone());
        let content = content.map(move |chunk| {
            let _held = &place;
            Ok(chunk?)
        });
        Ok(Archive { file_name: format!("sandbox-{template}.tar.gz"), content: content.boxed() })
    }

    /// Whether the archive is as small as it must be. Made for nothing where its files alone don't tell.
    ///
    /// # Errors
    /// Those of [`Sessions::archive`].
    pub async fn check_archive(&self, access: &Access) -> Result<ArchiveCheck, SessionError> {
        let live = access.live()?;
        let sandbox = live.sandbox.get().cloned().ok_or(SessionError::Starting)?;
        self.let_go_on(live).await?;
        let limit_bytes = self.inner.config.archive_bytes_max;
        let size_bytes_estimate = sandbox.archive_size().await?;
        if size_bytes_estimate <= limit_bytes {
            return Ok(ArchiveCheck { size_bytes_estimate, limit_bytes, fits: true });
        }
        let (mut content, _held) = self.pack(access).await?;
        let mut packed = 0;
        while let Some(chunk) = content.next().await {
            match chunk {
                Ok(bytes) => packed += bytes.len() as u64,
                Err(SandboxError::TooLarge { .. }) => {
                    return Ok(ArchiveCheck { size_bytes_estimate, limit_bytes, fits: false });
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(ArchiveCheck { size_bytes_estimate: packed, limit_bytes, fits: true })
    }

    async fn pack(&self, access: &Access) -> Result<(Packed, OwnedSemaphorePermit), SessionError> {
        let live = access.live()?;
        let sandbox = live.sandbox.get().cloned().ok_or(SessionError::Starting)?;
        let place = Arc::clone(&live.archives).try_acquire_owned().map_err(|_| SessionError::ArchivesBusy)?;
        self.let_go_on(live).await?;
        Ok((sandbox.archive(self.inner.config.archive_bytes_max).await?, place))
    }
}

type Packed = BoxStream<'static, Result<Bytes, SandboxError>>;
