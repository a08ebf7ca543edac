//! A pool on the simulated provider: `cargo run -p pool --example sim`.
#![expect(clippy::print_stdout, reason = "an example that is run by hand and tells what it does")]

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::{ManualClock, SandboxId, SeededEntropy, TemplateHash, TemplateName, Timestamp};
use pool::{Caps, CapsConfig, Maker, MemoryRows, Parts, Pool, PoolConfig, PortError, Shutdown, Urgency};
use sandbox::sim::{SimConfig, SimProvider};
use sandbox::{CreateSpec, Provider};

/// Makes one template's sandboxes with the simulated provider.
struct SimMaker {
    provider: SimProvider,
    template: TemplateName,
}

#[async_trait]
impl Maker for SimMaker {
    fn template_hash(&self) -> Option<TemplateHash> {
        self.provider.template_hash(&self.template)
    }

    async fn create(&self, id: SandboxId, urgency: Urgency) -> Result<(), PortError> {
        self.provider
            .create(CreateSpec { id, template: self.template.clone(), awaited: urgency == Urgency::Awaited })
            .await?;
        Ok(())
    }

    async fn destroy(&self, id: SandboxId) -> Result<(), PortError> {
        Ok(self.provider.destroy(id).await?)
    }

    async fn freeze(&self, id: SandboxId) -> Result<(), PortError> {
        Ok(self.provider.freeze(id).await?)
    }

    async fn thaw(&self, id: SandboxId) -> Result<(), PortError> {
        Ok(self.provider.thaw(id).await?)
    }

    async fn probe(&self, id: SandboxId) -> Result<(), PortError> {
        Ok(self.provider.attach(id).await?.probe().await?)
    }

    async fn list(&self) -> Result<Vec<SandboxId>, PortError> {
        Ok(self.provider.list().await?)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), PortError> {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates");
    let provider = SimProvider::new(SimConfig { create_ms: 200, ..SimConfig::new(templates) })?;
    let pool = Pool::start(Parts {
        rows: Arc::new(MemoryRows::default()),
        maker: Arc::new(SimMaker { provider, template: "react-vite".parse()? }),
        clock: Arc::new(ManualClock::new(Timestamp::from_unix_ms(0))),
        entropy: Arc::new(SeededEntropy::new(1)),
        config: PoolConfig { target_ready: 2, ..PoolConfig::default() },
        caps: Caps::new(CapsConfig::default()),
        claimed: HashSet::new(),
    })
    .await?;
    pool.warm_up(Duration::from_secs(5)).await?;
    println!("warm: {}", pool.watch().borrow().ready);

    let first = pool.acquire().await?.ready().await?;
    println!("acquired {}", first.id());
    let id = first.keep();
    pool.release(id).await;
    pool.shutdown(Shutdown::Destroy).await;
    let metrics = pool.metrics();
    println!("{} acquired, {} of them warm", metrics.total_acquires, metrics.acquires_from_pool);
    Ok(())
}
