//! Through the kernel: calls that reach around a sandbox, and sockets that lead out of its network.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};

use crate::arena::{Arena, python};
use crate::support::shell;

/// J1
#[tokio::test]
async fn calls_that_reach_around_a_sandbox_are_refused() {
    Arena::new()
        .await
        .contains(&[
            python("ptrace process 1", "call(101, 117, 16, 1, 0, 0)", "EPERM\n"),
            python("ptrace the dev server", "call(101, 117, 16, 2, 0, 0)", "EPERM\n"),
            python("read another's memory", "call(310, 270, 2, 0, 0, 0, 0, 0)", "EPERM\n"),
            python("write another's memory", "call(311, 271, 2, 0, 0, 0, 0, 0)", "EPERM\n"),
            python("take another's descriptor", "call(438, 438, 0, 3, 0)", "EPERM\n"),
            python("compare with another", "call(312, 272, 1, 2, 0, 0, 0)", "EPERM\n"),
            python(
                "new namespaces by unshare",
                r"
for flag in (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000, 0x80):
    call(272, 97, flag)
",
                "EPERM\n".repeat(8),
            ),
            python(
                "new namespaces by clone",
                r"
for flag in (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000):
    call(56, 220, flag | 17, 0, 0, 0, 0)
",
                "EPERM\n".repeat(7),
            ),
            python("clone3", "call(435, 435, 0, 0)", "ENOSYS\n"),
            python("enter a namespace", "call(308, 268, 0, 0)", "EPERM\n"),
            python(
                "keyrings",
                r"
call(250, 219, 0, -3, 1)
call(248, 217, b'user', b'a', b'b', 1, -3)
call(249, 218, b'user', b'a', 0, -3)
",
                "EPERM\nEPERM\nEPERM\n",
            ),
            python(
                "io_uring",
                "for number in (425, 426, 427): call(number, number, 1, 0, 0)",
                "EPERM\nEPERM\nEPERM\n",
            ),
            python("userfaultfd", "call(323, 282, 1)", "EPERM\n"),
            python("bpf", "call(321, 280, 0, 0, 0)", "EPERM\n"),
            python("perf", "call(298, 241, 0, 0, -1, -1, 0)", "EPERM\n"),
            python(
                "kernel modules",
                r"
call(175, 105, 0, 0, b'')
call(313, 273, 0, b'', 0)
call(176, 106, b'x', 0)
",
                "EPERM\nEPERM\nEPERM\n",
            ),
            python(
                "another kernel",
                "call(246, 104, 0, 0, 0, 0)\ncall(320, 294, 0, 0, 0, b'', 0)",
                "EPERM\nEPERM\n",
            ),
            python(
                "reboot, swap, accounting, the log",
                r"
call(169, 142, 0, 0, 0, 0)
call(167, 224, b'x', 0)
call(163, 89, 0)
call(103, 116, 2, 0, 0)
",
                "EPERM\n".repeat(4),
            ),
            python(
                "clock and host name",
                r"
call(227, 112, 0, 0)
call(164, 170, 0, 0)
call(159, 171, 0)
call(170, 161, b'x', 1)
",
                "EPERM\n".repeat(4),
            ),
            python(
                "other execution domains",
                r"
call(135, 92, 0x0040000)
call(135, 92, 0x0400000)
call(135, 92, 0x8)
",
                "EPERM\nEPERM\nEPERM\n",
            ),
            python(
                "filters and fences of one's own",
                r"
call(317, 277, 1, 0, 0)
call(157, 167, 22, 2, 0, 0, 0)
call(157, 167, 35, 0, 0, 0, 0)
",
                "EPERM\nEPERM\nEPERM\n",
            ),
            python(
                "secret memory, pages of others, watching everything",
                r"
call(447, 447, 0)
call(279, 239, 1, 0, 0, 0, 0, 0)
call(300, 262, 0, 0)
call(278, 75, 0, 0, 0, 0)
",
                "EPERM\n".repeat(4),
            ),
            python(
                "type into a terminal",
                r"
attempt(fcntl.ioctl, 0, 0x5412, b'x')
attempt(fcntl.ioctl, 0, 0x541C, b'\2')
",
                "EPERM\nEPERM\n",
            ),
            python(
                "with high bits the kernel does not look at",
                r"
call(16, 29, 0, 0x100005412, b'x')
call(41, 198, 0x100000000 | 40, 1, 0)
",
                "EPERM\nEPERM\n",
            ),
            python(
                "I/O ports, segments",
                "print('EPERM\\nEPERM') if not X86 else (call(172, 0, 3), call(154, 0, 0, 0, 0))",
                "EPERM\nEPERM\n",
            ),
        ])
        .await;
}

/// Asks for its process's number as a 32-bit program does: mov eax, 20 (getpid); int 0x80; ret.
#[cfg(target_arch = "x86_64")]
const CALL_OF_32_BITS: &str = r"
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex('b814000000cd80c3'))
at = ctypes.addressof(ctypes.c_char.from_buffer(page))
print(ctypes.CFUNCTYPE(ctypes.c_int)(at)(), flush=True)
";

/// The same as a program of its own, as the instructions are others: mov r7, #20; svc 0; mov r7, #1 (exit); svc 0.
#[cfg(target_arch = "aarch64")]
const CALL_OF_32_BITS: &str = r"
code = bytes.fromhex('1470a0e3000000ef0170a0e3000000ef')
size, base = 84 + len(code), 0x10000
head = b'\x7fELF\1\1\1' + bytes(9) + struct.pack('<HHIIIIIHHHHHH', 2, 40, 1, base + 84, 52, 0, 0x5000200, 52, 32, 1, 0, 0, 0)
with open('other', 'wb') as f: f.write(head + struct.pack('<IIIIIIII', 1, 0, base, base, size, size, 5, 4096) + code)
os.chmod('other', 0o755)
attempt(os.execv, 'other', ['other'])
";

/// J1: calls of other architectures that the same kernel understands.
#[tokio::test]
async fn the_filter_is_not_passed_by_way_of_another_architecture() {
    let arena = Arena::new().await;
    #[cfg(target_arch = "x86_64")]
    arena
        .contains(&[python(
            "x32",
            "call(0x40000000 | 39, 0)\ncall(0x40000000 | 101, 0, 16, 1)",
            "EPERM\nEPERM\n",
        )])
        .await;
    let output = arena.python(CALL_OF_32_BITS).await;
    // Not every aarch64 processor can run programs of 32 bits.
    if cfg!(target_arch = "x86_64") || output.text != "ENOEXEC\n" {
        assert_eq!((output.code, output.text.contains("Bad system call")), (159, true), "{output:?}");
    }
    arena.assert_unharmed("32-bit calls").await;
}

/// J1
#[tokio::test]
async fn sockets_that_lead_out_of_the_sandbox_cannot_be_opened() {
    Arena::new()
        .await
        .contains(&[
            python(
                "the hypervisor",
                "attempt(socket.socket, 40, 1, 0)\nattempt(socket.socket, 40, 2, 0)",
                "EPERM\nEPERM\n",
            ),
            python("the kernel's ciphers", "attempt(socket.socket, 38, 5, 0)", "EPERM\n"),
            python(
                "frames",
                r"
attempt(socket.socket, 17, 3, 0x300)
attempt(socket.socket, 17, 2, 0)
attempt(socket.socket, 44, 3, 0)
",
                "EPERM\nEPERM\nEPERM\n",
            ),
            python(
                "raw packets",
                r"
for family in (2, 10):
    for protocol in (1, 6, 17, 58, 255): attempt(socket.socket, family, 3, protocol)
",
                "EPERM\n".repeat(10),
            ),
            python(
                "protocols that load modules",
                r"
for kind, protocol in ((1, 132), (5, 132), (1, 262), (2, 136), (6, 33), (2, 1), (1, 256)):
    attempt(socket.socket, 2, kind, protocol)
",
                "EPERM\n".repeat(7),
            ),
            python(
                "other families",
                r"
for family in (3, 4, 5, 9, 12, 15, 18, 21, 26, 29, 30, 31, 35, 41, 42, 43, 45):
    attempt(socket.socket, family, 2, 0)
",
                "EPERM\n".repeat(17),
            ),
            python(
                "other protocols of netlink",
                r"
for protocol in (2, 4, 6, 9, 10, 11, 12, 15, 16, 20):
    attempt(socket.socket, 16, 3, protocol)
",
                "EPERM\n".repeat(10),
            ),
            python(
                "an address by netlink",
                r"
s = socket.socket(16, 3, 0)
s.send(struct.pack('=IHHIIBBBBI', 24, 20, 0x605, 1, 0, 2, 24, 0, 0, 1) + b'')
print(errno.errorcode[-struct.unpack('=i', s.recv(4096)[16:20])[0]])
",
                "EPERM\n",
            ),
            python(
                "an interface by ioctl",
                r"
s = socket.socket()
attempt(fcntl.ioctl, s, 0x8914, struct.pack('16sH14x', b'lo', 0))
",
                "EPERM\n",
            ),
            // A kernel that has none loaded does not know the option, and must not load one.
            python(
                "a firewall",
                r"
s = socket.socket()
try: s.setsockopt(0, 64, b'\0' * 96)
except OSError as error: print(error.errno in (errno.EPERM, errno.ENOPROTOOPT))
",
                "True\n",
            ),
        ])
        .await;
}

/// J1: names of abstract sockets belong to the network namespace.
#[tokio::test]
async fn abstract_sockets_of_the_host_and_of_a_neighbour_are_not_there() {
    let arena = Arena::new().await;
    let name = format!("sandglass-attack-{}", std::process::id());
    let _host = UnixListener::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
    let connect = format!("s = socket.socket(socket.AF_UNIX)\nattempt(s.connect, '\\0{name}')");
    assert_eq!(arena.python(&connect).await.text, "ECONNREFUSED\n");
    // The neighbour listens on the same name until it is told that the attacker has tried.
    let listens = format!(
        "python3 -c \"import os,socket\nos.mkfifo('tried')\ns = socket.socket(socket.AF_UNIX); s.bind('\\0{name}'); s.listen()\nopen('listening', 'w').close()\n\
         open('tried').read()\""
    );
    let tries = async {
        while arena.neighbour.read(&crate::support::path("listening")).await.is_err() {
            tokio::task::yield_now().await;
        }
        let output = arena.python(&connect).await;
        assert!(!shell(&*arena.neighbour, ": > tried").await.timed_out);
        output
    };
    let (listened, output) = futures::future::join(shell(&*arena.neighbour, &listens), tries).await;
    assert_eq!((listened.code, output.text.as_str()), (0, "ECONNREFUSED\n"));
    arena.assert_unharmed("abstract sockets").await;
}
