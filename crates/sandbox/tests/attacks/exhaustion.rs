//! Using up what there is: memory, processes, disk, files, processors, output, and what the kernel counts for a user.

use sandbox::local::Limits;
use sandbox::{ExecRequest, Provider};

use crate::arena::{Arena, python, sh};
use crate::support::{path, run, shell};

const MIB: u64 = 1024 * 1024;

/// A script that has this much time, and may say 100,000 bytes.
fn request(script: &str, timeout_ms: u64) -> ExecRequest {
    ExecRequest {
        argv: vec!["sh".into(), "-c".into(), script.into()],
        cwd: None,
        env: [].into(),
        timeout_ms,
        output_bytes_max: 100_000,
    }
}

/// J1
#[tokio::test]
async fn memory_ends_with_the_sandbox_that_asked_for_it() {
    let arena = Arena::with(|config| config.limits.memory_bytes_max = 160 * MIB).await;
    for attack in [
        "held = []\nwhile True: held.append(b'x' * (8 << 20))",
        "page = mmap.mmap(-1, 4 << 30)\nfor at in range(0, 4 << 30, 4096): page[at] = 1",
        r"
held = []
while True:
    fd = os.memfd_create('m')
    os.ftruncate(fd, 64 << 20)
    held.append(mmap.mmap(fd, 64 << 20))
    held[-1][:] = b'x' * (64 << 20)
",
    ] {
        let output = arena.try_python(attack).await;
        assert!(output.as_ref().map_or(true, |output| output.code != 0), "{output:?}");
        arena.assert_others_unharmed(attack).await;
        // Where memory is counted, running out may take the attacker's own dev server along, or all of it.
        if output.is_err() || arena.attacker.list().await.is_err() {
            return;
        }
    }
}

/// J1
#[tokio::test]
async fn processes_and_threads_are_bounded() {
    let arena = Arena::with(|config| config.limits.tasks_max = 80).await;
    if arena.attacker.stats().await.is_err() {
        // Where only the user's processes are counted, others of the same user count as well (see `inspection`).
        return;
    }
    let bomb = r"
import subprocess
n = 0
try:
    while n < 2000:
        if os.fork() == 0: os.read(os.pipe()[0], 1)
        n += 1
except OSError as e: print(errno.errorcode[e.errno], n < 80)
";
    assert_eq!(arena.python(bomb).await.text, "EAGAIN True\n");
    arena.assert_unharmed("fork bomb").await;
    // Lit by a child: the bomb may leave its own shell no process for the second of a pipe.
    let bomb = "b() { b | b & }; b 2>/dev/null & while :; do :; done";
    let shell_bomb = run(&*arena.attacker, request(bomb, 2_000)).await;
    assert!(shell_bomb.timed_out, "{shell_bomb:?}");
    arena.assert_unharmed("fork bomb in a shell").await;
    let threads = r"
n = 0
try:
    while n < 2000:
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start(); n += 1
except RuntimeError: print('refused', n < 80, flush=True)
os._exit(0)
";
    assert_eq!(arena.python(threads).await.text, "refused True\n");
    arena.assert_unharmed("thread bomb").await;
}

/// J1
#[tokio::test]
async fn disk_space_names_and_sizes_are_bounded() {
    let limits = Limits { workspace_bytes_max: 32 * MIB, workspace_inodes_max: 2_000, ..Limits::default() };
    let arena = Arena::with(|config| config.limits = limits).await;
    arena
        .contains(&[
            sh(
                "one file beyond all bounds",
                r#"
sh -c 'trap "" XFSZ; head -c 40000000 /dev/zero > big' 2>/dev/null
[ $(stat -c %s big) -le 33554432 ] && echo bounded
rm big
"#,
                "bounded\n",
            ),
            sh(
                "a workspace full of bytes",
                r"
for i in $(seq 9)
do head -c 5000000 /dev/zero > f$i 2>/dev/null || echo full
done | sort -u
rm f*
",
                "full\n",
            ),
            python(
                "a workspace full of files",
                r"
try:
    for n in range(5000): open(f'many{n}', 'w').close()
except OSError as e: print(errno.errorcode[e.errno], n < 2000)
for name in os.listdir('.'):
    if name.startswith('many'): os.remove(name)
",
                "ENOSPC True\n",
            ),
            python(
                "a hole as large as can be",
                r"
f = open('hole', 'wb')
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
attempt(f.truncate, 1 << 40)
attempt(os.posix_fallocate, f.fileno(), 0, 1 << 40)
os.remove('hole')
",
                "EFBIG\nEFBIG\n",
            ),
            sh(
                "/tmp and /dev/shm",
                r"
for at in /tmp /dev/shm
do head -c 20000000 /dev/zero > $at/f 2>/dev/null || echo full
rm $at/f
done
",
                "full\nfull\n",
            ),
            python(
                "files in /tmp",
                r"
try:
    for n in range(20000): open(f'/tmp/{n}', 'w').close()
except OSError as e: print(errno.errorcode[e.errno])
for name in os.listdir('/tmp'): os.remove('/tmp/' + name)
",
                "ENOSPC\n",
            ),
        ])
        .await;
}

/// J1: names that no path can say, and trees deeper than any path.
#[tokio::test]
async fn strange_names_and_endless_depth_confuse_nobody() {
    let arena = Arena::new().await;
    let before = arena.attacker.list().await.unwrap().len();
    arena
        .contains(&[
            python(
                "names",
                r"
for name in (b'a' * 255, b'two\nlines', b'\xff\xfe', b'\x1b[2J', b'-rf', b' ', b'...', b'\xe2\x80\xae.txt'):
    open(b'/workspace/' + name, 'w').close()
print('made')
",
                "made\n",
            ),
            python(
                "depth",
                r"
for n in range(1500): os.mkdir('d'); os.chdir('d')
open('bottom', 'w').close()
print('dug')
",
                "dug\n",
            ),
            sh(
                "links that lead in circles",
                "ln -s b a; ln -s a b; ln -s . here; mkfifo pipe; cat a 2>/dev/null; echo made",
                "made\n",
            ),
        ])
        .await;
    let listed = arena.attacker.list().await.unwrap();
    assert!(listed.len() > before, "what can be named is listed");
    assert!(arena.attacker.read(&path("pipe")).await.is_err(), "a pipe holds nobody up");
    assert!(arena.attacker.read(&path("a")).await.is_err());
    // Deeper than is worked on: refused, and the next request is served.
    let removed = arena.attacker.remove(&path("d")).await;
    assert!(removed.is_ok() || removed.unwrap_err().to_string().contains("too deeply"));
    arena.assert_unharmed("strange names").await;
}

/// J1
#[tokio::test]
async fn descriptors_sockets_and_pipes_are_bounded() {
    Arena::new()
        .await
        .contains(&[
            python(
                "open files",
                r"
held = []
try:
    while len(held) < 10 ** 5: held.append(os.dup(0))
except OSError as e: print(errno.errorcode[e.errno], len(held) <= 4096)
",
                "EMFILE True\n",
            ),
            python(
                "listening sockets",
                r"
held = []
try:
    while len(held) < 10 ** 5:
        s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); held.append(s)
except OSError as e: print(errno.errorcode[e.errno], len(held) <= 4096)
",
                "EMFILE True\n",
            ),
            python(
                "pipes filled to the brim",
                r"
held = []
try:
    while len(held) < 10 ** 4:
        r, w = os.pipe(); held.append((r, w)); os.set_blocking(w, False)
        try: fcntl.fcntl(w, 1031, 1 << 20)
        except OSError: pass
        try: os.write(w, b'x' * (1 << 20))
        except BlockingIOError: pass
except OSError as e: print(errno.errorcode[e.errno], len(held) <= 4096)
",
                "EMFILE True\n",
            ),
            python(
                "descriptors sent and never received",
                r"
n = 0
a, b = socket.socketpair()
a.setblocking(False)
try:
    while n < 10 ** 5: socket.send_fds(a, [b'x'], [0] * 200); n += 200
except OSError as e: print(e.errno in (errno.EAGAIN, errno.ETOOMANYREFS), n <= 10 ** 5)
",
                "True True\n",
            ),
            python(
                "timers",
                r"
n = 0
t = ctypes.c_void_p()
while n < 10 ** 5 and libc.syscall(222 if X86 else 107, 1, None, ctypes.byref(t)) == 0: n += 1
print(errno.errorcode[ctypes.get_errno()], n <= 4096)
",
                "EAGAIN True\n",
            ),
            python(
                "locked memory",
                r"
page = mmap.mmap(-1, 1 << 20)
at = ctypes.addressof(ctypes.c_char.from_buffer(page))
call(149, 228, at, 1 << 20)
",
                "ENOMEM\n",
            ),
        ])
        .await;
}

/// J1: what the kernel counts for a user and not for a process is one sandbox's own, where each is a user of its own.
#[tokio::test]
async fn file_watches_of_a_neighbour_cannot_be_used_up() {
    let arena = Arena::new().await;
    if arena.fixture.user(arena.attacker.id()) == arena.fixture.user(arena.neighbour.id()) {
        return;
    }
    let attack = r"
held = []
while len(held) < 4000:
    fd = libc.inotify_init()
    if fd < 0: break
    held.append(fd)
print(errno.errorcode[ctypes.get_errno()], flush=True)
os.mkfifo('tried')
open('held', 'w').close()
open('tried').read()
";
    let watch = "python3 -c 'import ctypes; print(ctypes.CDLL(None).inotify_init() >= 0)'";
    let tries = async {
        while arena.attacker.read(&path("held")).await.is_err() {
            tokio::task::yield_now().await;
        }
        let output = shell(&*arena.neighbour, watch).await;
        assert!(!shell(&*arena.attacker, ": > tried").await.timed_out);
        output
    };
    let (attacked, watched) = futures::future::join(arena.python(attack), tries).await;
    assert_eq!((attacked.text.as_str(), watched.text.as_str()), ("EMFILE\n", "True\n"));
    arena.assert_unharmed("file watches").await;
}

/// J1: the neighbour's answers keep coming while every processor is asked for.
#[tokio::test]
async fn processors_are_shared_with_those_who_ask_for_less() {
    let arena = Arena::new().await;
    let begun = path("begun");
    let burn = "mkfifo tried; touch begun; for i in $(seq 16); do (while :; do :; done) & done
                read told < tried; kill $(jobs -p)";
    let tries = async {
        while arena.attacker.read(&begun).await.is_err() {
            tokio::task::yield_now().await;
        }
        for _ in 0..100 {
            arena.neighbour.probe().await.unwrap();
        }
        assert!(!shell(&*arena.attacker, ": > tried").await.timed_out);
    };
    let (burnt, ()) = futures::future::join(shell(&*arena.attacker, burn), tries).await;
    assert!(!burnt.timed_out, "{burnt:?}");
    arena.assert_unharmed("burning processors").await;
}

/// J1, E8
#[tokio::test]
async fn endless_output_is_cut_and_nobody_waits_for_it() {
    let arena = Arena::new().await;
    let output = run(&*arena.attacker, request("yes attack; yes attack >&2", 3_000)).await;
    assert_eq!((output.text.len(), output.truncated, output.timed_out), (100_000, true, true));
    arena.assert_unharmed("endless output").await;
    let closed = run(&*arena.attacker, request("exec >&- 2>&-; sleep 60", 3_000)).await;
    assert!(closed.timed_out, "{closed:?}");
    arena.assert_unharmed("no output").await;
    assert_eq!(arena.fixture.provider.list().await.unwrap().len(), 2);
}
