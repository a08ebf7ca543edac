//! What the provider says of its isolation, found by making a sandbox, and that it is true.

use std::os::unix::fs::MetadataExt;

use sandbox::{Isolation, Provider};

use crate::support::{Fixture, node, shell};

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// I5: what no host lacks on which sandboxes can be made at all.
#[tokio::test]
async fn a_trial_finds_every_feature_that_does_not_depend_on_the_host() {
    let fixture = Fixture::new().await;
    let found = fixture.provider.inspect().await;
    assert_eq!(found.failure, None);
    let always = [
        "Node",
        "namespaces",
        "no privileges",
        "system call filter",
        "bounded workspace",
        "read-only system",
        "masked /proc",
        "sealed process 1",
    ];
    let missing: Vec<_> =
        found.features.iter().filter(|feature| always.contains(&feature.name) && !feature.present).collect();
    assert_eq!(missing, Vec::<&_>::new());
    assert_eq!(found.features.len(), 14);
    assert_eq!(fixture.provider.list().await.unwrap(), [], "nothing of the trial is left");
}

/// I5: kernels differ in it.
#[tokio::test]
async fn folders_of_a_template_can_be_removed_where_a_trial_says_so() {
    let fixture = Fixture::new().await;
    let found = fixture.provider.inspect().await.features;
    let said = found.iter().find(|feature| feature.name == "removable folders").unwrap().present;
    let sandbox = fixture.sandbox().await;
    let tried = shell(&*sandbox, "rm -r node_modules/scheduler 2>/dev/null && echo removed").await;
    assert_eq!(tried.text == "removed\n", said, "{tried:?}");
}

/// I5
#[tokio::test]
async fn what_keeps_a_trial_from_being_made_is_said_with_the_way_out() {
    let fixture = Fixture::with(|config| config.sandboxd_path = "/nowhere/sandboxd".into()).await;
    let found = fixture.provider.inspect().await;
    let failure = found.failure.unwrap();
    assert_eq!(failure, "/nowhere/sandboxd is missing: build it with `cargo build -p sandboxd`");
}

/// J1
#[tokio::test]
async fn started_as_root_every_sandbox_is_another_user_and_owns_its_workspace() {
    let fixture = Fixture::new().await;
    let sandboxes = [fixture.sandbox().await, fixture.sandbox().await];
    let users = sandboxes.each_ref().map(|sandbox| fixture.user(sandbox.id()));
    if !is_root() {
        assert_eq!(users, [None, None]);
        return;
    }
    let each = fixture.provider.inspect().await.features.last().unwrap().present;
    assert!(!each || users[0] != users[1], "{users:?}");
    for (sandbox, user) in sandboxes.iter().zip(users) {
        let environ =
            std::fs::metadata(format!("/proc/{}/environ", fixture.first_process(sandbox.id()))).unwrap();
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", fixture.first_process(sandbox.id()))).unwrap();
        let user = user.unwrap();
        assert!(status.contains(&format!("Uid:\t{user}\t{user}\t{user}\t{user}")), "{status}");
        assert_eq!(environ.uid(), 0, "process 1 is not dumpable, so what tells of it is root's");
        let owner = shell(&**sandbox, "stat -c %u package.json node_modules/react/index.js | sort -u").await;
        assert_eq!(owner.text, "1000\n", "the template's files are its own inside");
        let change =
            shell(&**sandbox, "echo '//' >> node_modules/react/index.js && rm package.json && echo done")
                .await;
        assert_eq!(change.text, "done\n", "and can be changed");
    }
}

/// J1: weaker, and said to be; a process is bounded all the same.
#[tokio::test]
async fn without_control_groups_isolation_is_weak_and_processes_are_bounded() {
    let fixture = Fixture::with(|config| {
        config.control_groups = false;
        config.limits.tasks_max = 200;
    })
    .await;
    assert_eq!(
        fixture.provider.isolation(),
        Isolation::Weak {
            because: "control groups can't be used, so memory and processes are bounded for each process only, and \
                      idle sandboxes are not frozen (they are switched off by sandbox.control_groups)"
                .to_owned()
        }
    );
    let sandbox = fixture.sandbox().await;
    let greedy = node(&*sandbox, "const held = []; for (;;) held.push(Buffer.alloc(8 << 20, 1));").await;
    assert!(matches!(greedy.code, 137 | 134), "{greedy:?}");
    sandbox.probe().await.unwrap();
    if is_root() {
        // An ordinary user's other processes count as well, so what is left of the bound is not known.
        let bomb = shell(&*sandbox, "for i in $(seq 300); do sleep 600 & done 2>&1; wait").await;
        assert!(bomb.text.contains("fork"), "{}", bomb.text);
        sandbox.probe().await.unwrap();
    }
    fixture.provider.destroy(sandbox.id()).await.unwrap();
    assert!(sandbox.probe().await.is_err());
}
