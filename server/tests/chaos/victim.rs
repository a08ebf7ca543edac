//! One life of the server: the real program, in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// A server that runs.
pub struct Victim {
    pub url: String,
    process: Child,
}

impl Victim {
    /// Starts the server over `data`, with these settings beside a test's own, and waits until it says where it listens.
    pub async fn start(data: &Path, settings: &[(&str, &str)]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_sandglass"))
            .arg("serve")
            .current_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".."))
            .env("SANDGLASS__SERVER__ADDR", "127.0.0.1:0")
            .env("SANDGLASS__SERVER__SITE_DIR", data.join("site"))
            .env("SANDGLASS__DATA__DIR", data)
            .env("SANDGLASS__DEMO__POOL_SIZE", "2")
            .env("SANDGLASS__DEMO__MAX_CONCURRENT_DEMOS", "6")
            .env("SANDGLASS__DEMO__SESSIONS_PER_VISITOR_PER_HOUR", "0")
            // One template is enough, and no other is prepared meanwhile.
            .env("SANDGLASS__TRY__ENABLED", "false")
            .env("SANDGLASS__WORKSPACE__TEMPLATE", "react-vite")
            // What is tested holds without control groups, too.
            .env("SANDGLASS__SANDBOX__ALLOW_WEAK_ISOLATION", "true")
            .env("SANDGLASS__LOG__FILTER", "info")
            .env("NO_COLOR", "1")
            .envs(settings.iter().copied())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let url = loop {
            let line = lines.next_line().await.unwrap().expect("the server ended before it served");
            if let Some((_, rest)) = line.split_once("serving on ") {
                break rest.split_whitespace().next().unwrap().to_owned();
            }
        };
        // Nobody may stop reading, or a full pipe would stop the server.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { url, process }
    }

    /// SIGKILL.
    pub async fn kill(mut self) {
        self.process.kill().await.unwrap();
    }

    /// SIGTERM, and waits for the end.
    pub async fn terminate(mut self) {
        let pid = rustix::process::Pid::from_raw(self.process.id().unwrap().cast_signed()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        assert!(self.process.wait().await.unwrap().success(), "the server did not end well");
    }
}
