//! What a demo is not for: how it is noticed, and what follows (J1, J2, D7).

use std::sync::Arc;
use std::time::Duration;

use agent::{ScriptedModel, ScriptedStep};
use domain::wire::{ClaimResponse, ShareRequest};
use domain::{EndReason, EventKind, SessionState, Standing, TrapSign};
use futures::StreamExt as _;
use serde_json::json;
use sessions::{Access, Expected, Preview, ProcessorLimit, SessionError};

use crate::support::{World, visitor};

/// A claimed session and what its holder may do.
async fn claimed(world: &World) -> (ClaimResponse, Access) {
    world.offered(|offer| offer.warm > 0).await;
    let claimed = world.claim(visitor(1)).await.unwrap();
    let access =
        world.sessions.authorize(claimed.session.session_id, Some(&claimed.session_token), None).await;
    (claimed, access.unwrap())
}

/// Waits for the next event that is as wanted.
async fn event(world: &World, access: &Access, wanted: impl Fn(&EventKind) -> bool) -> EventKind {
    let mut events = world.sessions.events(access, 0);
    let found = async {
        while let Some(event) = events.next().await {
            let kind = event.unwrap().kind;
            if wanted(&kind) {
                return kind;
            }
        }
        panic!("the session ended before what was waited for");
    };
    tokio::time::timeout(Duration::from_secs(20), found).await.expect("what was waited for did not come")
}

/// The name in a preview's address.
fn name(url: &str) -> &str {
    url.split("://").nth(1).unwrap().split('.').next().unwrap()
}

async fn standing(world: &World, url: &str) -> Option<Standing> {
    match world.sessions.preview(name(url)).await.unwrap() {
        Preview::Live(preview) => Some(preview.standing()),
        _ => None,
    }
}

fn counted(world: &World, what: &str) -> u64 {
    world.sessions.tally().watched.iter().find(|(word, _)| *word == what).unwrap().1
}

/// J2: what the agent made is looked through after each prompt, whatever it was asked for.
#[tokio::test]
async fn an_app_that_looks_like_a_trap_is_flagged_and_can_not_be_shared() {
    let page = "<h1>Sign in to your Google account</h1><input type=\"password\">";
    let write = json!({ "path": "src/App.jsx", "content": page });
    let script = [
        ScriptedStep::Call(String::new(), vec![("write_file".into(), write)]),
        ScriptedStep::Say("Done.".into()),
    ];
    let world = World::start(|settings| settings.model = Arc::new(ScriptedModel::new(script))).await;
    let (session, access) = claimed(&world).await;
    let url = session.session.preview_url.as_str();
    let link = world.sessions.share(&access, ShareRequest::default()).await.unwrap().share_url;
    assert_eq!(standing(&world, &link).await, Some(Standing::Good));

    world.sessions.prompt(&access, "Make it nicer").await.unwrap();
    let flagged = event(&world, &access, |kind| matches!(kind, EventKind::PreviewFlagged { .. })).await;
    assert_eq!(flagged, EventKind::PreviewFlagged { sign: TrapSign::BrandSignIn });
    assert_eq!(standing(&world, url).await, Some(Standing::Flagged));
    assert_eq!(counted(&world, "flagged"), 1);
    let refused = world.sessions.share(&access, ShareRequest::default()).await.unwrap_err();
    assert!(matches!(refused, SessionError::NotShareable), "{refused:?}");
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// J2, D7: what people write in a workspace is looked through before it is shared, and what is too large to look at hides nothing.
#[tokio::test]
async fn a_trap_behind_large_files_is_not_shared() {
    let world = World::start(|_| {}).await;
    let access = world.workspace().await;
    let write = async |path: &str, content: Vec<u8>| {
        let path = path.parse().unwrap();
        world.sessions.write_file(&access, path, content.into(), Expected::Any).await.unwrap()
    };
    for (path, kib) in [("a.js", 2_048), ("b.js", 1_900), ("c.js", 1_024)] {
        write(path, vec![b' '; kib * 1_024]).await;
    }
    assert!(world.sessions.share(&access, ShareRequest::default()).await.is_ok());
    write("z.html", b"<h1>Sign in to your Google account</h1><input type=\"password\">".to_vec()).await;
    let refused = world.sessions.share(&access, ShareRequest::default()).await.unwrap_err();
    assert!(matches!(refused, SessionError::NotShareable), "{refused:?}");
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// J2: the warning's buttons work for one preview, as it stood when they were shown, and not for ever.
#[tokio::test]
async fn a_warnings_ticket_is_good_for_an_hour_or_two() {
    let world = World::start(|_| {}).await;
    let ((first, _), (second, _)) = (claimed(&world).await, claimed(&world).await);
    let live = async |session: &ClaimResponse| match world
        .sessions
        .preview(name(&session.session.preview_url))
        .await
    {
        Ok(Preview::Live(preview)) => preview,
        _ => panic!("the preview does not live"),
    };
    let (first, second) = (live(&first).await, live(&second).await);
    let ticket = world.sessions.warning_ticket(&first);
    assert_ne!(ticket, world.sessions.visit_pass(&first));
    let is_good = || world.sessions.is_warning_ticket(&first, &ticket);
    assert!(is_good() && !world.sessions.is_warning_ticket(&second, &ticket));
    world.clock.advance_ms(3_600_000);
    assert!(is_good());
    world.clock.advance_ms(3_600_000);
    assert!(!is_good());
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// J1: a sandbox that keeps a processor busy is stopped, goes on when its holder wants, and is ended when it does it again.
#[tokio::test]
async fn a_processor_kept_busy_stops_the_sandbox_and_then_ends_it() {
    let world = World::start(|settings| {
        settings.abuse.processor = Some(ProcessorLimit { percent: 90, lasting: Duration::from_secs(60) });
        settings.abuse.processor_interval = Duration::from_millis(5);
        settings.demo.max_session_duration = Duration::from_secs(100_000_000);
    })
    .await;
    let (session, access) = claimed(&world).await;
    let sandbox = match world.sessions.preview(name(&session.session.preview_url)).await.unwrap() {
        Preview::Live(preview) => preview.sandbox.id(),
        _ => panic!("the preview does not live"),
    };
    // Used before the clock moves, so that no look sees a minute without it.
    let minutes_of_use = async {
        loop {
            world.sim.use_cpu(sandbox, 60_000).unwrap();
            world.clock.advance_ms(60_000);
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = minutes_of_use => unreachable!("it never ends by itself"),
        _ = event(&world, &access, |kind| *kind == EventKind::SessionPaused) => {}
    }
    assert!(world.sim.is_frozen(sandbox).unwrap());
    assert!(matches!(
        world.sessions.preview(name(&session.session.preview_url)).await.unwrap(),
        Preview::Paused
    ));
    assert!(world.sessions.status(&access).await.unwrap().paused);

    world.sessions.resume(&access).await.unwrap();
    assert!(!world.sim.is_frozen(sandbox).unwrap());
    let again = async {
        while world.sim.use_cpu(sandbox, 60_000).is_ok() {
            world.clock.advance_ms(60_000);
            tokio::task::yield_now().await;
        }
    };
    let ended = event(&world, &access, |kind| matches!(kind, EventKind::SessionEnded { .. }));
    let (_, ended) = tokio::join!(again, ended);
    assert_eq!(ended, EventKind::SessionEnded { reason: EndReason::Abuse });
    assert_eq!(world.sessions.status(&access).await.unwrap().state, SessionState::Ended);
    assert_eq!(counted(&world, "paused"), 1);
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// J2: one person can't close a preview by reporting it often; several can, also by a share link's name.
#[tokio::test]
async fn reports_from_enough_networks_close_a_preview() {
    let world = World::start(|_| {}).await;
    let (session, access) = claimed(&world).await;
    let url = session.session.preview_url.as_str();
    let link = world.sessions.share(&access, ShareRequest::default()).await.unwrap().share_url;
    for _ in 0..9 {
        world.sessions.report(name(url), &visitor(7), "It asks for my password.").await.unwrap();
    }
    world.sessions.report(name(&link), &visitor(8), "").await.unwrap();
    assert_eq!(standing(&world, url).await, Some(Standing::Good));
    world.sessions.report(name(url), &visitor(9), "").await.unwrap();
    assert_eq!(standing(&world, url).await, Some(Standing::Closed));
    assert_eq!((counted(&world, "reported"), counted(&world, "closed")), (11, 1));
    world.close(&session).await;
    world.sessions.report(name(url), &visitor(10), "").await.unwrap();
    for unknown in ["", "nonsense", "abcdefghijklmnopqrstuvwxyz"] {
        let error = world.sessions.report(unknown, &visitor(7), "").await.unwrap_err();
        assert!(matches!(error, SessionError::Unknown), "{unknown}: {error:?}");
    }
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// D7: a link expires with its time, with its session, and when all are revoked; it does not tell the preview's own name.
#[tokio::test]
async fn a_share_link_is_good_until_it_is_not() {
    let world = World::start(|_| {}).await;
    let (session, access) = claimed(&world).await;
    let deadline = session.session.lifetime.deadline;
    let share = async |seconds: Option<u32>| {
        world.sessions.share(&access, ShareRequest { expires_in_seconds: seconds }).await.unwrap()
    };
    let (short, long) = (share(Some(60)).await, share(Some(u32::MAX)).await);
    assert_eq!((short.expires_at, long.expires_at), (deadline.plus_ms(-240_000), deadline));
    assert_eq!(share(None).await.expires_at, deadline);
    assert!(!long.share_url.contains(name(&session.session.preview_url)));
    let works =
        async |url: &str| matches!(world.sessions.preview(name(url)).await.unwrap(), Preview::Live(_));
    assert!(works(&short.share_url).await && works(&long.share_url).await);
    world.clock.advance_ms(60_000);
    assert!(!works(&short.share_url).await && works(&long.share_url).await);
    let reports = async |url: &str| world.sessions.report(name(url), &visitor(7), "").await.is_ok();
    assert!(!reports(&short.share_url).await && reports(&long.share_url).await);

    world.sessions.revoke_shares(&access).await.unwrap();
    assert!(!reports(&long.share_url).await, "who was shut out has no more to say");
    let next = share(None).await;
    assert!(!works(&long.share_url).await && works(&next.share_url).await);
    assert!(works(&session.session.preview_url).await, "its own name is not a link's");
    world.close(&session).await;
    assert!(matches!(world.sessions.preview(name(&next.share_url)).await.unwrap(), Preview::Ended));
    let refused = world.sessions.share(&access, ShareRequest::default()).await.unwrap_err();
    assert!(matches!(refused, SessionError::Ended), "{refused:?}");
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}
