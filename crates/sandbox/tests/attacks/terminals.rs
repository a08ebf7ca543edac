//! At terminals: typing for others, taking theirs, using them up, showing more than anybody reads.

use sandbox::TerminalSize;

use crate::arena::{Arena, python, sh};
use crate::support::{Typist, path, shell};

/// J1, D6
#[tokio::test]
async fn nobody_types_for_others_or_changes_what_a_terminal_is() {
    let arena = Arena::new().await;
    let requests = r"
for request in (0x5412, 0x541C, 0x5423): attempt(fcntl.ioctl, terminal, request, b'\2\0\0\0')
";
    let own = format!("ours, terminal = os.openpty()\n{requests}");
    assert_eq!(arena.python(&own).await.text, "EPERM\nEPERM\nEPERM\n");
    let high_bits = "ours, terminal = os.openpty()\ncall(16, 29, terminal, 0x100005412, b'x')";
    assert_eq!(arena.python(high_bits).await.text, "EPERM\n");

    let (_, mut typist) = Typist::at_new(&*arena.attacker).await;
    let program = format!("from attack import *\nterminal = 0\n{requests}");
    arena.attacker.write(&path("at_terminal.py"), program.into()).await.unwrap();
    typist.enters("python3 at_terminal.py", "EPERM\r\nEPERM\r\nEPERM\r\n").await;
    arena.assert_unharmed("typing for others").await;
}

/// J1, D6
#[tokio::test]
async fn terminals_of_the_host_and_of_a_neighbour_are_not_there() {
    let arena = Arena::new().await;
    let (_, mut neighbour) = Typist::at_new(&*arena.neighbour).await;
    neighbour.enters("tty", "/dev/pts/0").await;
    arena
        .contains(&[
            sh("what there is", "ls /dev/pts; tty", "ptmx\nnot a tty\n"),
            python(
                "by number, by name, as a device of one's own",
                r"
for name in ('/dev/pts/0', '/dev/tty', '/dev/tty1', '/dev/console', '/proc/1/fd/0'):
    try: open(name, 'r+b', buffering=0); print('opened', name)
    except OSError: print('none')
attempt(os.mknod, 'tty', 0o20666, os.makedev(136, 0))
attempt(os.mknod, 'console', 0o20666, os.makedev(5, 1))
",
                format!("{}EPERM\nEPERM\n", "none\n".repeat(5)),
            ),
            python(
                "another's as one's own, within one sandbox",
                r"
ours, terminal = os.openpty()
if os.fork() == 0:
    os.setsid(); fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    print('taken', flush=True)
    if os.fork() == 0:
        os.setsid()
        attempt(fcntl.ioctl, terminal, termios.TIOCSCTTY, 0)
        attempt(fcntl.ioctl, terminal, termios.TIOCSCTTY, 1)
        os._exit(0)
    os.wait()
    os._exit(0)
os.wait()
",
                "taken\nEPERM\nEPERM\n",
            ),
        ])
        .await;
    neighbour.enters("echo nobody was he''re", "nobody was here").await;
}

/// J1, D6
#[tokio::test]
async fn terminals_used_up_are_used_up_for_nobody_else() {
    let arena = Arena::new().await;
    let hold = r"
held = []
try:
    while len(held) < 5000: held.append(os.openpty())
except OSError as e: print(errno.errorcode[e.errno], len(held), flush=True)
os.mkfifo('tried')
open('held', 'w').close()
open('tried').read()
";
    let tries = async {
        while arena.attacker.read(&path("held")).await.is_err() {
            tokio::task::yield_now().await;
        }
        let refused = arena.attacker.open_terminal(TerminalSize::nearest(80, 24)).await;
        let (_, mut neighbour) = Typist::at_new(&*arena.neighbour).await;
        neighbour.enters("tty", "/dev/pts/0").await;
        assert!(!shell(&*arena.attacker, ": > tried").await.timed_out);
        refused.unwrap_err().to_string()
    };
    let (held, refused) = futures::future::join(arena.python(hold), tries).await;
    assert_eq!(held.text, "ENOSPC 16\n");
    assert!(refused.contains("refused"), "{refused}");
    arena.assert_unharmed("all terminals").await;
    let (_, mut typist) = Typist::at_new(&*arena.attacker).await;
    typist.enters("tty", "/dev/pts/0").await;
}

/// J1, D6
#[tokio::test]
async fn a_flood_that_nobody_reads_fills_nothing_and_can_be_stopped() {
    let arena = Arena::new().await;
    let (flooded, mut typist) = Typist::at_new(&*arena.attacker).await;
    typist.types("stty noflsh; yes attack\r").await;
    let (_, mut unread) = Typist::at_new(&*arena.attacker).await;
    unread.types("yes '\u{1b}[2J\u{1b}[6n'\r").await;
    drop(typist);
    // As much as it may say meanwhile: the daemon answers, and holds no more than it may.
    for _ in 0..200 {
        arena.attacker.list().await.unwrap();
    }
    arena.assert_unharmed("a flood").await;
    let status = format!("/proc/{}/status", arena.fixture.first_process(arena.attacker.id()));
    let status = std::fs::read_to_string(status).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    let resident_kib: u64 = resident.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(resident_kib < 16 * 1024, "{resident_kib} KiB");

    let mut typist = Typist::at(&*arena.attacker, flooded).await;
    while typist.interrupts("\u{3}").await.is_none() {
        typist = Typist::at(&*arena.attacker, flooded).await;
    }
    typist.enters("echo quiet a''gain", "quiet again").await;
    for terminal in arena.attacker.terminals().await.unwrap() {
        arena.attacker.close_terminal(terminal.id).await.unwrap();
    }
    assert_eq!(shell(&*arena.attacker, "cat /proc/[0-9]*/comm | grep -cx yes").await.text, "0\n");
    arena.assert_unharmed("the end of a flood").await;
}
