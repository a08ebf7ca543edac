//! `sandglass bake`: prepares the templates, so that the first start finds them ready.

use domain::TemplateName;

use crate::config::Config;
use crate::start::ChosenProvider;

/// Prepares the demo's template; quick when it is ready.
///
/// # Errors
/// When a template can't be prepared.
pub async fn all(config: &Config) -> anyhow::Result<()> {
    let template: TemplateName = config.demo.framework.parse()?;
    ChosenProvider::build(config).await?.prepare(&template).await?;
    tracing::info!(template = %template, "the template is ready");
    Ok(())
}
