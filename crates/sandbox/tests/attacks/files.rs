//! Out of the file system: mounts, links, devices, `/proc`, the template.

use bytes::Bytes;
use futures::future::join;
use sandbox::SandboxError;

use crate::arena::{Arena, python, sh};
use crate::support::{path, shell};

/// J1
#[tokio::test]
async fn no_mount_is_made_removed_or_changed() {
    Arena::new()
        .await
        .contains(&[
            python("mount a file system", "call(165, 40, b'none', b'/tmp', b'tmpfs', 0, 0)", "EPERM\n"),
            python("mount control groups", "call(165, 40, b'none', b'/tmp', b'cgroup', 0, 0)", "EPERM\n"),
            python("make the root writable", "call(165, 40, 0, b'/', 0, 32 | 4096, 0)", "EPERM\n"),
            python("uncover /proc/keys", "call(166, 39, b'/proc/keys', 2)", "EPERM\n"),
            python("detach the workspace", "call(166, 39, b'/workspace', 2)", "EPERM\n"),
            python("pivot_root", "call(155, 41, b'/tmp', b'/tmp')", "EPERM\n"),
            python("chroot", "call(161, 51, b'/tmp')", "EPERM\n"),
            python(
                "the newer mount calls",
                r"
for number in (428, 429, 430, 431, 432, 433, 442): call(number, number, 0, 0, 0, 0, 0)
",
                "EPERM\n".repeat(7),
            ),
            python("open by handle", "call(304, 265, -100, 0, 0)", "EPERM\n"),
            python("name to handle", "call(303, 264, -100, b'/', 0, 0, 0)", "EPERM\n"),
            python("quotas", "call(179, 60, 0, 0, 0, 0)", "EPERM\n"),
        ])
        .await;
}

/// J1
#[tokio::test]
async fn proc_leads_nowhere_and_sets_nothing() {
    let arena = Arena::new().await;
    arena
        .contains(&[
            python(
                "what process 1 has open, its memory, its root",
                r"
for name in ('environ', 'maps', 'mem', 'auxv', 'stack', 'syscall'):
    attempt(lambda: open('/proc/1/' + name, 'rb').read(1))
for name in ('fd', 'root', 'cwd', 'map_files', 'ns'):
    attempt(os.listdir, '/proc/1/' + name + '/')
attempt(os.readlink, '/proc/1/exe')
",
                "EACCES\n".repeat(12),
            ),
            python("write to the memory of process 1", "attempt(open, '/proc/1/mem', 'r+b')", "EACCES\n"),
            python("namespaces of process 1", "attempt(os.readlink, '/proc/1/ns/mnt')", "EACCES\n"),
            sh(
                "kernel settings",
                "ls -A /proc/sys; (echo x > /proc/sys/kernel/core_pattern) 2>/dev/null || echo none",
                "none\n",
            ),
            sh(
                "the key that reboots",
                r"
[ ! -e /proc/sysrq-trigger ] || stat -L -c %t:%T /proc/sysrq-trigger | grep -v 1:3
(echo b > /proc/sysrq-trigger) 2>/dev/null
echo here
",
                "here\n",
            ),
            sh(
                "kernel memory, symbols, keys, timers, messages",
                r"
for name in kcore kallsyms keys key-users timer_list kmsg iomem modules config.gz cmdline
do [ ! -e /proc/$name ] || head -c 1 /proc/$name | wc -c
done | sort -u
",
                "0\n",
            ),
            sh(
                "devices' settings",
                r"
cd /proc
ls -A irq bus acpi scsi fs driver tty 2>/dev/null | grep -v : | tr -d '\n'
",
                "",
            ),
            sh(
                "no /sys",
                "ls /sys 2>/dev/null; find / -name cgroup.procs -o -name release_agent 2>/dev/null",
                "",
            ),
            python(
                "only what is on the list is shown",
                r"
shown = []
for name in os.listdir('/proc'):
    at = '/proc/' + name
    if not name.isdigit() and os.path.exists(at) and (os.listdir(at) if os.path.isdir(at) else open(at, 'rb').read(1)):
        shown.append(name)
print(*sorted(shown))
",
                "cpuinfo filesystems loadavg meminfo mounts net self stat thread-self uptime version\n",
            ),
            python(
                "never to be chosen when memory is short",
                "attempt(os.write, os.open('/proc/self/oom_score_adj', 1), b'-1000')",
                "EACCES\n",
            ),
        ])
        .await;
}

/// J1
#[tokio::test]
async fn no_device_program_or_attribute_gives_rights() {
    Arena::new()
        .await
        .contains(&[
            python("make a disk", "attempt(os.mknod, 'disk', 0o60666, os.makedev(254, 0))", "EPERM\n"),
            python(
                "make a memory device",
                "attempt(os.mknod, '/tmp/mem', 0o20666, os.makedev(1, 1))",
                "EPERM\n",
            ),
            sh(
                "programs that run as root",
                r"
find / -xdev -perm /6000 -type f -exec test -u {} \
-print 2>/dev/null | while read f
do $f </dev/null 2>&1
done | grep -c uid=0
",
                "0\n",
            ),
            sh(
                "a program of one's own that runs as root",
                "cp /usr/bin/id mine && chmod u+s mine && ./mine -u",
                "1000\n",
            ),
            python(
                "become root",
                "call(105, 146, 0)\ncall(117, 147, 0, 0, 0)\ncall(106, 144, 0)",
                "EPERM\nEPERM\nEPERM\n",
            ),
            python(
                "take capabilities",
                "call(126, 91, 0, 0)\ncall(157, 167, 47, 2, 21, 0, 0)",
                "EPERM\nEPERM\n",
            ),
            python(
                "give a file capabilities",
                r"
capability = struct.pack('<5I', 0x2000001, 1 << 21, 0, 0, 0)
attempt(os.setxattr, '/workspace/attack.py', 'security.capability', capability)
",
                "EPERM\n",
            ),
            python(
                "lead the overlay elsewhere",
                r"
os.mkdir('led')
try: os.setxattr('led', 'user.overlay.redirect', b'/node_modules')
except OSError: pass
print(os.listdir('led'))
",
                "[]\n",
            ),
            sh(
                "write to what is shown",
                r"
for at in /usr/bin/x /opt/sandglass/x /etc/ld.so.preload /dev/x /x /lib/x
do (echo > $at) 2>/dev/null && echo $at
done
echo none
",
                "none\n",
            ),
            sh("feed the random device", "(echo x > /dev/urandom) 2>/dev/null || echo refused", "refused\n"),
        ])
        .await;
}

/// J1
#[tokio::test]
async fn links_lead_neither_the_sandbox_nor_the_server_to_files_of_the_host() {
    let arena = Arena::new().await;
    let bait = arena.bait.path().join("bait");
    let script = format!(
        "ln -s /etc/shadow leak; cat leak 2>/dev/null; ln -s {bait} bait; cat bait 2>/dev/null; \
         (echo x > bait) 2>/dev/null; \
         ln /usr/bin/env hard 2>/dev/null && echo linked; ln -s /tmp way; echo over",
        bait = bait.display()
    );
    assert_eq!(shell(&*arena.attacker, &script).await.text, "over\n");
    let attacker = &arena.attacker;
    for name in ["leak", "bait", "way/x"] {
        let read = attacker.read(&path(name)).await.unwrap_err();
        assert_eq!(read.to_string(), format!("{name}: a symbolic link is in the way"));
    }
    let write = attacker.write(&path("way/x"), Bytes::from("x")).await.unwrap_err();
    assert_eq!(write.to_string(), "way/x: a symbolic link is in the way");
    assert!(attacker.rename(&path("attack.py"), &path("way/attack.py")).await.is_err());
    assert!(matches!(attacker.remove(&path("way/x")).await, Err(SandboxError::File { .. })));
    arena.assert_unharmed("links").await;
}

/// J1: a directory that becomes a link while the server works in it.
#[tokio::test]
async fn no_race_with_the_server_leads_it_through_a_link() {
    let arena = Arena::new().await;
    let swap = r"
os.mkdir('real'); os.symlink('/tmp', 'link')
while not os.path.exists('tried'):
    for a, b in (('real', 'a'), ('link', 'real'), ('real', 'link'), ('a', 'real')): os.rename(a, b)
";
    let race = arena.python(swap);
    let target = path("real/planted.txt");
    let work = async {
        for _ in 0..300 {
            // Refused or done, as the race has it.
            let _ = arena.attacker.write(&target, Bytes::from("planted")).await;
            let _ = arena.attacker.remove(&target).await;
            let _ = arena.attacker.list().await;
        }
        arena.attacker.write(&path("tried"), Bytes::new()).await.unwrap();
    };
    join(race, work).await;
    assert_eq!(shell(&*arena.attacker, "ls /tmp").await.text, "");
    arena.assert_unharmed("race with links").await;
}

/// J1: what is shared below is not shared above.
#[tokio::test]
async fn a_changed_template_is_changed_for_nobody_else() {
    let arena = Arena::new().await;
    // Before Linux 6.6 the template's folders stay, and only what is in them goes.
    let script = "echo 'throw new Error(1)' > node_modules/react/index.js; rm -r node_modules/scheduler 2>/dev/null; \
                  echo x > node_modules/planted; chmod 000 package.json; truncate -s 0 index.html; \
                  mv src elsewhere 2>/dev/null; echo over";
    assert_eq!(shell(&*arena.attacker, script).await.text, "over\n");
    let seen = shell(
        &*arena.neighbour,
        "grep -c Error node_modules/react/index.js; ls node_modules/scheduler node_modules/planted src 2>&1 | \
         grep -c cannot; test -s index.html && echo whole",
    );
    assert_eq!(seen.await.text, "0\n1\nwhole\n");
    arena.assert_others_unharmed("a dirty template").await;
}
