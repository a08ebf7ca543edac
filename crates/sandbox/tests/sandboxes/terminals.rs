//! Real shells on real pseudo-terminals.

use sandbox::Provider;

use crate::support::{Fixture, Typist, path, shell, tree};

/// D6
#[tokio::test]
async fn a_terminal_is_an_interactive_shell_in_the_workspace_with_its_jobs() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let (_, mut typist) = Typist::at_new(&*sandbox).await;
    typist
        .enters(
            "stty noflsh; tty; echo $TERM:$HOME:$(pwd):$-",
            "/dev/pts/0\r\nxterm-256color:/workspace:/workspace:",
        )
        .await;
    typist.enters("sleep 8001 &", "[1] ").await;
    typist.enters("jobs", "Running").await;
    // It must be seen to read before a key is pressed: any earlier the key would be heard by whoever starts it.
    let reading = "echo st''arts; sed -u s/1/fr''ont/";
    typist.enters(reading, "starts").await;
    typist.enters("1", "front").await;
    typist.interrupts("\u{3}").await.unwrap();
    typist.enters("echo code $?", "code 130").await;
    typist.seen.clear();
    typist.enters(reading, "starts").await;
    typist.enters("1", "front").await;
    assert!(typist.interrupts("\u{1a}").await.unwrap().contains("Stopped"));
    typist.enters("kill %1 %2; kill -CONT %2; stty size; ls -A; exit 3; exit 3", "24 80").await;
    assert_eq!(typist.sees_the_end().await, Some(3));
    assert!(!typist.seen.contains("history") && !typist.seen.contains("no job control"), "{}", typist.seen);
}

/// D6, F1
#[tokio::test]
async fn a_terminal_and_what_it_showed_outlive_the_server() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let (id, mut typist) = Typist::at_new(&*sandbox).await;
    typist.enters("state=kept; echo $((6 * 7))", "42").await;
    typist.enters(r"printf '\033[6n'; echo as''ked", "asked").await;
    assert!(typist.seen.contains("\u{1b}[6n"));
    drop((typist, sandbox));

    let another = fixture.another().await;
    let sandbox = another.attach(another.list().await.unwrap()[0]).await.unwrap();
    assert_eq!(sandbox.terminals().await.unwrap()[0].id, id);
    let mut typist = Typist::at(&*sandbox, id).await;
    typist.sees("asked").await;
    typist.enters("echo still $state", "still kept").await;
    assert!(typist.seen.contains("42"));
    assert!(!typist.seen.contains("\u{1b}[6n"), "what was asked long ago is answered to whatever runs now");
}

/// D6, E8: what hides from its terminal ends with it, and with nothing else.
#[tokio::test]
async fn what_was_started_at_a_terminal_ends_with_it_and_not_with_another_command() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let first = fixture.first_process(sandbox.id());
    let before = tree(first).len();
    let (id, mut typist) = Typist::at_new(&*sandbox).await;
    let hiding =
        "(setsid sleep 8002 &); (sleep 8002 & disown); setsid -f sleep 8002; trap '' HUP TERM; echo be''gun";
    typist.enters(hiding, "begun").await;
    let others = r"cat /proc/[0-9]*/cmdline | tr '\0' ' ' | grep -o 'sleep [8]002' | wc -l";
    assert_eq!(shell(&*sandbox, others).await.text, "3\n");
    assert_eq!(shell(&*sandbox, others).await.text, "3\n", "the first command's end took none along");
    sandbox.close_terminal(id).await.unwrap();
    assert_eq!(tree(first).len(), before);
    assert_eq!(typist.sees_the_end().await, Some(137));
}

/// D6: whoever does not read is cut; the shell and everybody else go on, and they may come again.
#[tokio::test]
async fn one_who_does_not_read_holds_nobody_up() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let (id, mut idle) = Typist::at_new(&*sandbox).await;
    let mut reading = Typist::at(&*sandbox, id).await;
    reading.enters("seq 400000 | tail -c 2000000; echo do''ne", "done").await;
    assert_eq!(idle.sees_the_end().await, None, "it was cut");
    let mut again = Typist::at(&*sandbox, id).await;
    again.sees("399999\r\n400000\r\ndone").await;
    assert!(again.seen.len() <= 256 * 1024 && again.seen.starts_with(|first: char| first.is_ascii_digit()));

    // Nobody reads at all: it takes a second, and then the shell goes on.
    let (quiet, mut asleep) = Typist::at_new(&*sandbox).await;
    asleep.types("seq 400000; touch finished\r").await;
    while sandbox.read(&path("finished")).await.is_err() {
        tokio::task::yield_now().await;
    }
    let mut later = Typist::at(&*sandbox, quiet).await;
    later.sees("400000").await;
}

/// D6
#[tokio::test]
async fn programs_at_a_terminal_find_the_way_out_once_it_is_open() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let (_, mut before) = Typist::at_new(&*sandbox).await;
    before.enters("echo proxy:$HTTPS_PROXY.", "proxy:.").await;
    sandbox.open_egress().await.unwrap();
    let (_, mut after) = Typist::at_new(&*sandbox).await;
    after.enters("echo proxy:$HTTPS_PROXY.", "proxy:http://127.0.0.1:3128.").await;
}
