//! `sandglass bake`: prepares the templates, so that the first start finds them ready.

use crate::config::Config;
use crate::start::ChosenProvider;

/// Prepares every template that has a pool; quick when they are ready.
///
/// # Errors
/// When a template can't be prepared.
pub async fn all(config: &Config) -> anyhow::Result<()> {
    let provider = ChosenProvider::build(config).await?;
    for (template, _) in config.templates()? {
        provider.prepare(&template).await?;
        tracing::info!(template = %template, "the template is ready");
    }
    Ok(())
}
