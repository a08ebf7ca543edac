//! What the recipes can't do, recognised so that the answer can say why.

use super::phrases::find;
use super::words::Word;

/// Why a wish can't be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) enum Refusal {
    /// Somebody asks who answers.
    Identity,
    /// It is a question, not a wish.
    Question,
    /// It needs a server, accounts or storage elsewhere.
    Backend,
    /// It leaves the sandbox: hosting, repositories, packages.
    Deployment,
    /// It needs data from the network.
    LiveData,
    /// It sends messages or takes money.
    Services,
    /// It is no front end at all, or another technology.
    OtherWork,
    /// It is a game that there is no recipe for.
    OtherGame,
    /// Nothing in it was recognised.
    Unclear,
}

const IDENTITY: &str = "who are you, what are you, who made you, are you chatgpt, are you an ai, are you ai, are you a bot, \
    are you a robot, are you human, are you claude, are you gpt, are you a human, are you a language \
    model, are you an llm, are you real, what can you do, what do you do, which model, what model, which \
    ai, what llm, which llm, your name, how do you work, what is your name, what are your capability, \
    what else can you do, which language model, introduce yourself, tell me about yourself, are you \
    there, what can i ask, what can i do here, what should i ask, what should i try";

const BACKEND: &str = "database, sql, mysql, postgresql, postgres, mongodb, mongo, sqlite, redis, firebase, supabase, \
    backend, back end, server side, rest api, graphql, an api, the api, api endpoint, endpoint, my api, \
    websocket, oauth, jwt, authentication, real authentication, user account, cms, wordpress, cron, \
    server, express server, node server, lambda, microservice, kafka, elasticsearch, real login, real \
    sign in, login system, auth system, admin panel, multi user, multiplayer, real time chat, chat room, \
    chatbot, ai chat, openai, llm, machine learning, authorization, session cookie, user management, api";

const DEPLOYMENT: &str = "deploy, deployment, publish, hosting, host it, host this, host my, aws, azure, vercel, netlify, \
    heroku, docker, dockerfile, kubernetes, to github, on github, gitlab, git, commit, pull request, repo, repository, \
    domain name, custom domain, ci pipeline, ci, app store, npm install, npm, yarn, install package, \
    install tailwind, tailwind, bootstrap, redux, nextj, next.j, vue, angular, svelte, three.j, threej, \
    jquery, material ui, mui, shadcn, framer motion, framer, typescript, webpack, unit test, jest, \
    install, cypress, storybook, vite config, package.json, migrate to, eslint, electron, react native, \
    d3, download my code, gcp, google cloud, cloudflare, terraform";

const LIVE_DATA: &str = "latest news, breaking news, news feed, news from, today news, live news, stock price, stock market, \
    bitcoin, bitcoin price, crypto price, live score, exchange rate, youtube, youtube video, spotify, tiktok, search the web, search google, \
    scrape, wikipedia, real photo, stock photo, unsplash, from the internet, from the web, fetch data, \
    rss, traffic";

const SERVICES: &str = "send email, send an email, send me an email, email me, sms, text message to, push notification, \
    stripe, paypal, take payment, accept payment, payment provider, accept credit card, credit card, webhook, slack, \
    telegram, whatsapp, zapier, mailchimp, google analytic, google sheet, calendar invite, book a \
    flight, order pizza, order a pizza, buy, make a phone call, call my, notify me";

const OTHER_WORK: &str = "kernel, kernel module, rust, python, c and and, java program, golang, php, ruby, swift, kotlin, \
    excel, word document, powerpoint, pdf, essay, poem, story about, short story, homework, translate, \
    translation, joke, song, haiku, cover letter, blockchain, smart contract, nft, operating system, \
    compiler, bash script, shell script, video call, video chat, video editor, video background, video stream, webcam, camera, microphone, augmented \
    reality, virtual reality, 3d model, 3d, browser extension, discord bot, mobile app, android app, ios \
    app, iphone app, regex, algorithm, solve, summarize, summarise, logo design, business plan, tax \
    return, upload, file upload, drag and drop editor, equation, speech recognition, text to speech, \
    voice, essay on, sorting algorithm, cure, horoscope";

const OTHER_GAMES: &str = "minecraft, mario, pacman, pac man, solitaire, poker, blackjack, doom, asteroid, \
    space invader, platformer, racing game, shooter, roulette, slot machine, checker, crossword, rpg, 3d game, \
    jump and run, fighting game";

/// Every phrase that is looked for.
pub(super) fn tables() -> impl Iterator<Item = &'static str> {
    [IDENTITY, BACKEND, DEPLOYMENT, LIVE_DATA, SERVICES, OTHER_WORK, OTHER_GAMES]
        .into_iter()
        .flat_map(|phrases| phrases.split(", "))
}

/// Where a clause asks for what can't be served, and what that is.
pub(super) fn impossible(words: &[Word]) -> Option<(usize, Refusal)> {
    let tables = [
        (BACKEND, Refusal::Backend),
        (DEPLOYMENT, Refusal::Deployment),
        (SERVICES, Refusal::Services),
        (LIVE_DATA, Refusal::LiveData),
        (OTHER_GAMES, Refusal::OtherGame),
        (OTHER_WORK, Refusal::OtherWork),
    ];
    tables.into_iter().find_map(|(phrases, refusal)| Some((find(words, phrases)?.start, refusal)))
}

/// Whether somebody asks who answers, or what can be asked.
pub(super) fn asks_identity(words: &[Word]) -> bool {
    find(words, IDENTITY).is_some() || matches!(words, [only] if only.is_any(&["help", "?"]))
}

/// Whether a clause asks for an answer in words.
pub(super) fn is_question(words: &[Word]) -> bool {
    let starts = |phrases: &str| find(words, phrases).is_some_and(|found| found.start == 0);
    starts(
        "what is, what's, what are, what was, what time, what day, what does, what do, who is, who \
            was, who won, who, why, how do, how does, how much, how many, how old, how far, how tall, \
            how to, explain, tell me, where is, where are, when is, when was, when did, is it, does, \
            did, which is, what, how come, how can i, describe, define, what', whats",
    ) && !starts(
        "what about, how about, what if, what people, what customer, what client, what our, what they",
    )
}

impl Refusal {
    /// What is said, after the built-in agent has said what it is where that helps.
    pub(in crate::builtin) const fn reason(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Question => "I can change this page, but I cannot answer questions.",
            Self::Backend => {
                "That needs a server behind the page, and this sandbox only holds the front end."
            }
            Self::Deployment => {
                "That goes beyond this page: I cannot install packages, publish or reach other systems."
            }
            Self::LiveData => "That needs data from the network, and this sandbox has none.",
            Self::Services => "That would send messages or take payments, and nothing leaves this sandbox.",
            Self::OtherWork => "That is not something I can build on this page.",
            Self::OtherGame => "I have no recipe for that game.",
            Self::Unclear => "I did not find anything in this that I have a recipe for.",
        }
    }

    /// Three prompts that would work instead.
    pub(in crate::builtin) const fn suggestions(self) -> [&'static str; 3] {
        match self {
            Self::Identity => {
                ["Make the theme ocean blue", "Add a to-do list", "Turn it into a landing page for a bakery"]
            }
            Self::Question => ["Add a FAQ", "Add a quiz about space", "Change the heading to “Hello”"],
            Self::Backend => ["Add a contact form", "Add a sign-in form", "Add a pricing table"],
            Self::Deployment => {
                ["Add a dark mode toggle", "Make the corners round", "Add a navigation bar and a footer"]
            }
            Self::LiveData => ["Add a clock", "Add a line chart", "Add an image gallery"],
            Self::Services => ["Add a contact form", "Add a newsletter form", "Add a pricing table"],
            Self::OtherWork => {
                ["Add a counter", "Add a quiz about science", "Turn it into a landing page for a bakery"]
            }
            Self::OtherGame => ["Add a tic-tac-toe game", "Add a quiz about animals", "Add a stopwatch"],
            Self::Unclear => {
                ["Make the theme ocean blue", "Add a counter", "Add a countdown timer of 10 minutes"]
            }
        }
    }

    #[cfg(test)]
    pub(in crate::builtin) const ALL: [Self; 9] = [
        Self::Identity,
        Self::Question,
        Self::Backend,
        Self::Deployment,
        Self::LiveData,
        Self::Services,
        Self::OtherWork,
        Self::OtherGame,
        Self::Unclear,
    ];
}
