//! Against process 1, the dev server and whoever else runs: signals, priorities, what is left behind.

use std::time::Duration;

use sandbox::{ExecRequest, Provider};

use crate::arena::{Arena, python, sh};
use crate::support::{path, shell, tree};

/// J1
#[tokio::test]
async fn process_1_is_neither_ended_nor_stopped_nor_taken_over() {
    let arena = Arena::new().await;
    arena
        .contains(&[
            sh("kill process 1", "kill -9 1; kill -KILL 1; echo here", "here\n"),
            sh("stop process 1", "kill -STOP 1; kill -TSTP 1; kill -TTIN 1; echo here", "here\n"),
            sh(
                "every signal there is",
                "for n in $(seq 1 64); do kill -$n 1 2>/dev/null; done; echo here",
                "here\n",
            ),
            python(
                "signals that its runtime would handle, on top of each other",
                r"
for n in range(20000): os.kill(1, (signal.SIGSEGV, signal.SIGBUS, signal.SIGCHLD)[n % 3])
print('here')
",
                "here\n",
            ),
            python(
                "a signal with a value",
                "for n in (9, 19, 34): call(129, 138, 1, n, b'\\0' * 128)",
                "EPERM\nEPERM\nEPERM\n",
            ),
            python("its limits", "attempt(resource.prlimit, 1, resource.RLIMIT_NOFILE, (1, 1))", "EPERM\n"),
            python(
                "its priority",
                r"
attempt(os.setpriority, os.PRIO_PROCESS, 0, -5)
attempt(os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(1))
",
                "EACCES\nEPERM\n",
            ),
            python(
                "higher limits",
                r"
for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE):
    call(302, 261, 0, kind, struct.pack('QQ', 1 << 40, 1 << 40), 0)
",
                "EPERM\nEPERM\n",
            ),
            sh(
                "libraries for process 1",
                r"
(echo /tmp/x.so > /etc/ld.so.preload) 2>/dev/null || echo refused
cat /etc/ld.so.preload 2>/dev/null
",
                "refused\n",
            ),
            python("the dev server's socket", "attempt(open, '/proc/2/fd/3', 'r+b')", "ENXIO\n"),
            sh(
                "files of the daemon",
                r"
find / -xdev -name '*.sock' 2>/dev/null
ls -A /run /var/tmp 2>/dev/null | grep -c sock
",
                "0\n",
            ),
        ])
        .await;
    assert!(shell(&*arena.attacker, "cat /proc/1/comm").await.text.starts_with("sandboxd"));
}

/// J1, E8: what a command leaves behind ends with it, however it hides.
#[tokio::test]
async fn nothing_that_a_command_started_outlives_it() {
    let arena = Arena::new().await;
    let before = tree(arena.fixture.first_process(arena.attacker.id())).len();
    let hidden = r"
import os, signal
for n in range(1, 65):
    try: signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError): pass
for depth in range(3):
    for copy in range(4):
        if os.fork() == 0:
            os.setsid()
            if os.fork(): os._exit(0)
            os.setpgid(0, 0)
            os.fork()
            os.read(os.pipe()[0], 1)
print('begun', flush=True)
";
    assert_eq!(arena.python(hidden).await.text, "begun\n");
    assert_eq!(tree(arena.fixture.first_process(arena.attacker.id())).len(), before);
    arena.assert_unharmed("hidden processes").await;
}

/// J1, E8: processes that start others faster than they can be killed one by one.
#[tokio::test]
async fn a_bomb_that_never_tires_ends_with_its_command() {
    let arena = Arena::with(|config| config.limits.tasks_max = 120).await;
    if arena.attacker.stats().await.is_err() {
        // Where only a user's processes are counted, the bomb would be as large as the user may be.
        return;
    }
    let before = tree(arena.fixture.first_process(arena.attacker.id())).len();
    let bomb = r"
if os.fork() == 0:
    while True:
        try:
            if os.fork() == 0: os.setsid()
        except OSError: pass
while True:
    try:
        if os.fork() == 0: os._exit(0)
    except OSError: break
print('full', flush=True)
";
    assert_eq!(arena.python(bomb).await.text, "full\n");
    assert_eq!(tree(arena.fixture.first_process(arena.attacker.id())).len(), before);
    arena.assert_unharmed("a bomb that never tires").await;
}

/// J1
#[tokio::test]
async fn those_that_ended_do_not_pile_up() {
    let arena = Arena::new().await;
    let orphans = "for i in $(seq 100); do (true & true) & wait; done
                   sh -c 'for i in $(seq 100); do (exit 0) & done'; echo over";
    assert_eq!(shell(&*arena.attacker, orphans).await.text, "over\n");
    let left = shell(&*arena.attacker, "cat /proc/[0-9]*/stat | grep -c ') Z '").await;
    assert_eq!(left.text, "0\n");
    arena.assert_unharmed("zombies").await;
}

/// J1, H7: it may end its own dev server, which is seen; nobody else's.
#[tokio::test]
async fn a_signal_to_everybody_reaches_only_its_own() {
    let arena = Arena::new().await;
    let output = shell(&*arena.attacker, "python3 -c 'import os; os.kill(-1, 9)'; echo here").await;
    assert_eq!(output.text, "");
    assert!(arena.attacker.probe().await.is_err());
    arena.attacker.list().await.unwrap();
    arena.assert_others_unharmed("kill -1").await;
    arena.fixture.provider.destroy(arena.attacker.id()).await.unwrap();
}

/// J1, H11
#[tokio::test]
async fn a_sandbox_full_of_processes_that_refuse_to_end_is_destroyed_at_once() {
    let arena = Arena::new().await;
    let first = arena.fixture.first_process(arena.attacker.id());
    let stubborn = "trap '' TERM HUP INT QUIT; for i in $(seq 60); do (setsid sleep 600) & done
                    touch begun; sleep 600";
    let request = ExecRequest {
        argv: vec!["sh".into(), "-c".into(), stubborn.into()],
        cwd: None,
        env: [].into(),
        timeout_ms: 600_000,
        output_bytes_max: 0,
    };
    let _running = arena.attacker.exec(request).await.unwrap();
    while arena.attacker.read(&path("begun")).await.is_err() {
        tokio::task::yield_now().await;
    }
    let destroy = arena.fixture.provider.destroy(arena.attacker.id());
    tokio::time::timeout(Duration::from_secs(10), destroy).await.unwrap().unwrap();
    assert_eq!(tree(first), Vec::<i32>::new());
    arena.assert_others_unharmed("stubborn processes").await;
}
