//! What is inside a sandbox and what is not, seen from inside (J1).

use std::time::Duration;

use bytes::Bytes;
use sandbox::local::Limits;
use sandbox::{Provider, SandboxError};

use crate::support::{Fixture, node, path, shell, try_shell};

/// J1
#[tokio::test]
async fn nobody_inside_is_root_or_has_any_capability() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let who = shell(&*sandbox, "id -u; id -g; grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status").await;
    let expected = "1000\n1000\nCapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n\
                    CapBnd:\t0000000000000000\nCapAmb:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n";
    assert_eq!(who.text, expected);
    let becoming_root = shell(&*sandbox, "find / -xdev -perm -4000 -user 0 2>/dev/null; su -c id 2>&1").await;
    assert!(!becoming_root.text.contains("uid=0"), "{}", becoming_root.text);
}

/// J1
#[tokio::test]
async fn every_namespace_is_its_own() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    for name in ["user", "pid", "mnt", "net", "ipc", "uts", "cgroup"] {
        let inside = shell(&*sandbox, &format!("readlink /proc/self/ns/{name}")).await;
        let outside = std::fs::read_link(format!("/proc/self/ns/{name}")).unwrap();
        assert!(inside.text.starts_with(&format!("{name}:[")), "{}", inside.text);
        assert_ne!(inside.text.trim(), outside.to_str().unwrap(), "{name}");
    }
}

/// J1
#[tokio::test]
async fn on_the_host_it_is_an_unprivileged_user_with_an_empty_environment() {
    use std::os::unix::fs::MetadataExt;

    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let first = fixture.first_process(sandbox.id());
    let status = std::fs::read_to_string(format!("/proc/{first}/status")).unwrap();
    let uids = status.lines().find(|line| line.starts_with("Uid:")).unwrap();
    assert!(uids.split_whitespace().skip(1).all(|uid| uid != "0"), "{uids}");
    // Only root may look into a process that forbids it, and only there does it matter.
    if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
        assert_eq!(std::fs::read(format!("/proc/{first}/environ")).unwrap(), b"");
    }
    let inside =
        shell(&*sandbox, "cat /proc/1/environ; ls /proc/1/fd; cat /proc/1/mem; kill -9 1; echo $?").await;
    assert!(!inside.text.contains("socket"), "{}", inside.text);
    sandbox.probe().await.unwrap();
}

/// J1
#[tokio::test]
async fn there_is_no_way_out_to_any_network() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let interfaces = shell(&*sandbox, "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '").await;
    assert_eq!(interfaces.text, "lo\n");
    let program = "
        import net from 'node:net';
        for (const host of ['192.0.2.1', '1.1.1.1', '169.254.169.254', '2001:db8::1']) {
            const socket = net.connect({ host, port: 80 });
            const code = await new Promise((done) => socket.on('error', (error) => done(error.code)).on('connect', () => done('open')));
            console.log(code);
        }
        const server = net.createServer().listen(0, '127.0.0.1');
        await new Promise((done) => server.on('listening', done));
        const own = net.connect(server.address().port, '127.0.0.1');
        console.log(await new Promise((done) => own.on('connect', () => done('open')).on('error', done)));
        process.exit();
    ";
    let output = node(&*sandbox, program).await;
    assert_eq!(output.text, "ENETUNREACH\nENETUNREACH\nENETUNREACH\nENETUNREACH\nopen\n");
}

/// J1
#[tokio::test]
async fn the_system_can_be_neither_written_nor_seen_beyond_what_is_shown() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let script = "for at in / /usr /usr/bin /etc /opt/sandglass /dev /proc/sys/kernel; do touch $at/x 2>/dev/null && echo wrote $at; done; \
                  ls /root /home /work /sys /host /old /boot 2>/dev/null; ls /";
    let output = shell(&*sandbox, script).await;
    let expected = ["dev", "etc", "opt", "proc", "run", "tmp", "usr", "var", "workspace"];
    let seen: Vec<_> = output.text.lines().collect();
    let programs = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];
    let others: Vec<_> = seen.iter().filter(|name| !programs.contains(name)).collect();
    assert_eq!(others, expected.iter().collect::<Vec<_>>());
}

/// J1
#[tokio::test]
async fn nothing_of_the_hosts_processes_is_seen() {
    let fixture = Fixture::new().await;
    let (one, other) = (fixture.sandbox().await, fixture.sandbox().await);
    for sandbox in [one, other] {
        let output = shell(&*sandbox, "cat /proc/[0-9]*/comm").await;
        let seen: Vec<_> = output.text.lines().collect();
        let own = ["sandboxd", "node", "sh", "cat"];
        assert!(seen.contains(&"sandboxd") && seen.iter().all(|name| own.contains(name)), "{seen:?}");
    }
}

/// J1
#[tokio::test]
async fn system_calls_that_reach_around_a_sandbox_are_refused() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    // Python, because a shell has no way to make a system call.
    let program = r"
import ctypes, errno, platform, socket
libc = ctypes.CDLL(None, use_errno=True)
x86 = platform.machine() == 'x86_64'
calls = {
    'mount': (165, 40), 'umount2': (166, 39), 'unshare': (272, 97), 'setns': (308, 268), 'ptrace': (101, 117),
    'keyctl': (250, 219), 'add_key': (248, 217), 'bpf': (321, 280), 'io_uring_setup': (425, 425),
    'perf_event_open': (298, 241), 'userfaultfd': (323, 282), 'open_by_handle_at': (304, 265),
    'process_vm_readv': (310, 270), 'pidfd_getfd': (438, 438), 'setuid': (105, 146), 'chroot': (161, 51),
    'pivot_root': (155, 41), 'fsopen': (430, 430), 'mount_setattr': (442, 442), 'swapon': (167, 224),
    'kexec_load': (246, 104), 'init_module': (175, 105), 'reboot': (169, 142), 'vmsplice': (278, 75),
}
for name, numbers in calls.items():
    result = libc.syscall(numbers[0 if x86 else 1], 0, 0, 0, 0, 0)
    print(name, result, errno.errorcode.get(ctypes.get_errno()))
CLONE_NEWUSER = 0x10000000
print('clone', libc.syscall(56 if x86 else 220, CLONE_NEWUSER | 17, 0, 0, 0, 0), errno.errorcode.get(ctypes.get_errno()))
print('clone3', libc.syscall(435, 0, 0), errno.errorcode.get(ctypes.get_errno()))
print('personality', libc.personality(0x0040000), errno.errorcode.get(ctypes.get_errno()))
import fcntl, termios
try:
    fcntl.ioctl(0, termios.TIOCSTI, b'x'); print('TIOCSTI done')
except OSError as error:
    print('TIOCSTI -1', errno.errorcode[error.errno])
for family, kind, protocol in [(40, 1, 0), (38, 5, 0), (17, 3, 0), (16, 3, 9), (21, 5, 0)]:
    try:
        socket.socket(family, kind, protocol); print('socket', family, 'opened')
    except OSError as error:
        print('socket', family, errno.errorcode[error.errno])
";
    sandbox.write(&path("probe.py"), Bytes::from(program)).await.unwrap();
    let output = shell(&*sandbox, "python3 probe.py").await;
    let (mut refused, mut lines) = (0, 0);
    for line in output.text.lines() {
        lines += 1;
        let expected = if line.starts_with("clone3") { "ENOSYS" } else { "EPERM" };
        assert!(line.ends_with(expected), "{line}");
        refused += 1;
    }
    assert_eq!((refused, lines), (33, 33), "{}", output.text);
}

/// J1
#[tokio::test]
async fn memory_is_bounded_and_the_host_does_not_notice() {
    let fixture = Fixture::with(|config| {
        config.limits = Limits { memory_bytes_max: 200 * 1024 * 1024, ..Limits::default() };
    })
    .await;
    let sandbox = fixture.sandbox().await;
    let program = "const held = []; for (;;) held.push(Buffer.alloc(8 << 20, 1));";
    sandbox.write(&path("greedy.mjs"), Bytes::from(program)).await.unwrap();
    match try_shell(&*sandbox, "node greedy.mjs").await {
        // Killed where a control group counts, out of memory by its own account where only rlimits do.
        Ok(greedy) => assert!(matches!(greedy.code, 137 | 134), "{greedy:?}"),
        // Version 2 of control groups ends all of the sandbox.
        Err(_) => assert!(matches!(sandbox.probe().await, Err(SandboxError::Gone(_)))),
    }
}

/// J1
#[tokio::test]
async fn the_number_of_processes_is_bounded_and_the_dev_server_stays() {
    let fixture = Fixture::with(|config| {
        config.limits = Limits { tasks_max: 64, ..Limits::default() };
    })
    .await;
    let sandbox = fixture.sandbox().await;
    let bomb = shell(&*sandbox, "for i in $(seq 200); do sleep 600 & done 2>&1; wait").await;
    assert!(bomb.text.contains("fork"), "{}", bomb.text);
    sandbox.probe().await.unwrap();
}

/// J1
#[tokio::test]
async fn a_full_workspace_says_so_and_the_dev_server_stays() {
    let fixture = Fixture::with(|config| {
        config.limits = Limits { workspace_bytes_max: 16 * 1024 * 1024, ..Limits::default() };
    })
    .await;
    let sandbox = fixture.sandbox().await;
    let fill = shell(&*sandbox, "for i in 1 2 3; do head -c 8000000 /dev/zero > fill$i; done").await;
    assert!(fill.text.contains("No space left on device"), "{}", fill.text);
    let content = Bytes::from(vec![1; 1024 * 1024]);
    let error = sandbox.write(&path("more.bin"), content).await.unwrap_err();
    assert_eq!(error.to_string(), "more.bin: the workspace is full");
    assert!(sandbox.read(&path("more.bin")).await.is_err(), "nothing half written stays");
    sandbox.probe().await.unwrap();
    sandbox.remove(&path("fill1")).await.unwrap();
    sandbox.write(&path("more.bin"), Bytes::from("fits")).await.unwrap();
}

/// J1
#[tokio::test]
async fn temporary_files_and_shared_memory_are_bounded_too() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    for at in ["/tmp", "/dev/shm"] {
        let fill =
            shell(&*sandbox, &format!("head -c 20000000 /dev/zero > {at}/fill; stat -c %s {at}/fill")).await;
        assert!(fill.text.contains("No space left on device"), "{at}: {}", fill.text);
        assert!(fill.text.contains("16777216"), "{at}: {}", fill.text);
    }
}

/// E2
#[tokio::test]
async fn the_tools_people_work_with_run_inside() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let script = "set -e; node -e 'console.log(1)'; npx --no-install vite --version >/dev/null; npx --no-install vite build >/dev/null; \
                  test -f dist/index.html; cp -a src copy; mv copy moved; tar -cf x.tar moved; rm -r moved; tar -xf x.tar; \
                  mkfifo p; (echo 2 > p) & cat p; awk 'BEGIN{print 3}'; python3 -c 'import subprocess; subprocess.run([\"echo\",\"4\"])'";
    let output = shell(&*sandbox, script).await;
    assert_eq!((output.code, output.text.as_str()), (0, "1\n2\n3\n4\n"));
}

/// J1
#[tokio::test]
async fn a_frozen_sandbox_uses_no_cpu_and_a_living_one_is_measured() {
    let fixture = Fixture::new().await;
    // Without control groups, as for users who were given none, there is neither.
    if !fixture.provider.capabilities().freeze {
        return;
    }
    let sandbox = fixture.sandbox().await;
    fixture.provider.freeze(sandbox.id()).await.unwrap();
    let before = sandbox.stats().await.unwrap();
    // Anything that takes a while; a second sandbox gets ready in it.
    tokio::time::timeout(Duration::from_secs(60), fixture.sandbox()).await.unwrap();
    let after = sandbox.stats().await.unwrap();
    assert_eq!(after.cpu_ms, before.cpu_ms);
    assert!(before.memory_bytes > 10_000_000 && before.tasks > 2, "{before:?}");
}
