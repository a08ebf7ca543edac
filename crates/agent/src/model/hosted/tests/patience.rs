//! How long servers are waited for, and when they are asked again, in virtual time.

use tokio::time::Instant;

use super::*;

/// G3: whoever has too much to do is asked again, when it says and not before; the same is asked each time.
#[tokio::test(start_paused = true)]
async fn a_busy_server_is_asked_again_after_the_time_it_names() {
    let overloaded = json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}});
    let good = std::iter::once(anthropic_text("ok")).chain(anthropic_end()).collect::<Vec<_>>();
    let server = Server::start(vec![
        vec![head("429 Too Many Requests", "retry-after: 7\r\ncontent-length: 0\r\n")],
        vec![head("529 Overloaded", "content-length: 0\r\n")],
        answer(&[overloaded]),
        answer(&good),
    ])
    .await;
    let begun = Instant::now();
    let got: Result<Vec<_>, _> = server.ask(Protocol::Anthropic).await.into_iter().collect();
    assert_eq!(got.unwrap(), [text("ok"), done(0, 7)]);
    // 7 s as named, then at least half of 1 s and half of 2 s.
    assert!(begun.elapsed() >= Duration::from_millis(8_500), "{:?}", begun.elapsed());
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    assert!(requests.iter().all(|request| *request == requests[0]));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stays_busy_is_given_up() {
    let busy = vec![head("503 Service Unavailable", "content-length: 0\r\n")];
    let server = Server::start(vec![busy; 5]).await;
    let got = server.ask(Protocol::OpenAi).await;
    assert_eq!(got, [Err(unavailable("it answered 503"))]);
    assert_eq!(server.requests().len(), 4);
}

/// To come earlier than told is no help, and to wait for an hour is none either.
#[tokio::test(start_paused = true)]
async fn a_server_that_names_too_long_a_time_is_given_up_at_once() {
    let busy = head("429 Too Many Requests", "retry-after: 3600\r\ncontent-length: 0\r\n");
    let server = Server::start(vec![vec![busy]]).await;
    assert_eq!(server.ask(Protocol::OpenAi).await, [Err(unavailable("it answered 429"))]);
}

/// A connection that is cut before anything was answered is made again, and one that can't be made.
#[tokio::test(start_paused = true)]
async fn a_server_that_hangs_up_is_asked_again() {
    let good = answer(&[openai(json!({"content": "ok"}), Some("stop"))]);
    let cut = vec![head("200 OK", "content-length: 100000\r\n")];
    let server = Server::start(vec![vec![], cut, good]).await;
    let got: Result<Vec<_>, _> = server.ask(Protocol::OpenAi).await.into_iter().collect();
    assert_eq!(got.unwrap(), [text("ok"), done(0, 0)]);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_not_there_is_given_up_after_its_attempts() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let server = Server { addr: closed, requests: Arc::default() };
    let begun = Instant::now();
    assert_eq!(
        server.ask(Protocol::Anthropic).await,
        [Err(unavailable("the model's server could not be asked"))]
    );
    // At least half of each of the three waits.
    assert!(begun.elapsed() >= Duration::from_millis(1_750), "{:?}", begun.elapsed());
}

/// G3: for a first byte, and for what comes first after it, as long as nothing was shown.
#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_is_asked_again_after_a_minute() {
    let good = std::iter::once(anthropic_text("ok")).chain(anthropic_end()).collect::<Vec<_>>();
    let (nothing, head_alone) = (vec![SILENCE.into()], vec![head("200 OK", ""), SILENCE.into()]);
    let server = Server::start(vec![nothing, head_alone, answer(&good)]).await;
    let begun = Instant::now();
    let got: Result<Vec<_>, _> = server.ask(Protocol::Anthropic).await.into_iter().collect();
    assert_eq!(got.unwrap(), [text("ok"), done(0, 7)]);
    assert!(begun.elapsed() >= BEGIN_TIMEOUT + PAUSE_TIMEOUT, "{:?}", begun.elapsed());
    assert_eq!(server.requests().len(), 3);
}

/// Words that were shown can't be taken back: then a long pause ends the answer.
#[tokio::test(start_paused = true)]
async fn an_answer_that_pauses_for_too_long_is_an_error() {
    let script = [answer(&[anthropic_text("half")]), vec![SILENCE.into()]].concat();
    let server = Server::start(vec![script]).await;
    let got = server.ask(Protocol::Anthropic).await;
    assert_eq!(got, [Ok(text("half")), Err(unavailable("its answer paused for too long"))]);
    assert_eq!(server.requests().len(), 1);
}

/// One that never pauses for long, and never ends, ends here.
#[tokio::test(start_paused = true)]
async fn an_answer_that_drips_for_ever_is_an_error_after_ten_minutes() {
    let drop = [BREATH.to_owned(), ": still here\n\n".into()];
    let script = [answer(&[openai(json!({"content": "half"}), None)]), vec![drop; 20].concat()].concat();
    let server = Server::start(vec![script]).await;
    let begun = Instant::now();
    let got = server.ask(Protocol::OpenAi).await;
    assert_eq!(got, [Ok(text("half")), Err(unavailable("its answer took too long"))]);
    assert!(begun.elapsed() >= ANSWER_TIMEOUT, "{:?}", begun.elapsed());
}
