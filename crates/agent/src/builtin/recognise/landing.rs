//! Wishes for a whole page: a landing page, a portfolio, a shop.

use std::ops::Range;

use super::details::addition;
use super::phrases::{find, sections};
use super::things::{Thing, things};
use super::words::{Kind, Word};
use super::{businesses, looks, values};
use crate::builtin::intent::{Addition, Intent, PageKind, Section};

/// What a landing page is for when nobody says it.
pub(super) const ANYTHING: &str = "product";

/// Words for a whole page.
const PAGES: &[&str] = &[
    "landing page",
    "website",
    "web site",
    "homepage",
    "home page",
    "web page",
    "webpage",
    "landing site",
    "portfolio",
    "portfolio site",
    "online shop",
    "online store",
    "store page",
    "shop page",
    "product page",
    "marketing page",
    "landingpage",
    "site",
    "page",
    "web shop",
    "one pager",
    "fan page",
    "homepage",
    "invitation",
    "invite",
    "resume",
    "cv",
    "company page",
];

/// Whether a clause is about a whole page for something.
pub(super) fn is_landing(words: &[Word]) -> bool {
    page_at(words).is_some()
}

fn page_at(words: &[Word]) -> Option<Range<usize>> {
    let mut phrases = PAGES.to_vec();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.split(' ').count()));
    // What somebody has in coins or shares is no page about their work.
    if find(words, "crypto portfolio, stock portfolio, investment portfolio, share portfolio").is_some() {
        return None;
    }
    let found = phrases
        .iter()
        .filter_map(|phrase| find(words, phrase))
        .min_by_key(|range| (range.start, std::cmp::Reverse(range.len())))?;
    // `the page` is the one there is; `a page`, `a bakery page`, `landing page` is a new one.
    let certain = found.len() > 1
        || words[found.start].is_any(&["portfolio", "landingpage", "invitation", "invite", "resume", "cv"]);
    let before = &words[..found.start];
    if found.len() == 1
        && before.last().is_some_and(|word| word.is_any(&["the", "this", "that"]))
        && words[found.start].is_any(&["invitation", "resume", "cv"])
    {
        return None;
    }
    let determiner = before
        .iter()
        .rposition(|word| word.is_any(&["a", "an", "the", "this", "my", "our", "whole", "entire"]));
    let new = determiner.is_some_and(|at| {
        words[at].is_any(&["a", "an"]) || words[at].is_any(&["my", "our"]) && at + 1 < found.start
    });
    // `gym website`, `wedding page`: a plain noun before the word names a new one.
    let noun = before.last().is_some_and(|word| {
        word.kind == Kind::Plain
            && !word.is_any(super::lexicon::ADD)
            && !word.is_any(super::lexicon::CHANGE)
            && !word.is_any(super::lexicon::REMOVE)
            && !word.is_any(&[
                "the",
                "this",
                "my",
                "our",
                "your",
                "whole",
                "entire",
                "of",
                "on",
                "to",
                "in",
                "for",
                "and",
                "or",
                "it",
                "web",
                "single",
                "every",
                "all",
                "front",
                "last",
                "next",
                "end",
                "full",
                "translate",
                "around",
                "that",
                "about",
            ])
    }) && words[found.start].is_any(&["website", "page", "site", "webpage", "homepage"])
        && determiner.is_none_or(|at| words[at].is_any(&["a", "an", "my", "our"]));
    // `a chart showing website visitors`: what comes first is wanted, and this is what it shows.
    let shown = things(before).first().is_some_and(|thing| {
        words[thing.words.end..found.start]
            .iter()
            .any(|word| word.is_any(&["showing", "of", "about", "with", "for", "to", "on"]))
    });
    let next = words.get(found.end);
    let about = next.is_some_and(|word| word.is("about"))
        || next.is_some_and(|word| word.is("for"))
            && determiner.is_none_or(|at| !words[at].is_any(&["the", "this"]));
    let known_section = find(
        words,
        "login page, register page, link in bio, recipe page, recipe website, recipe site, contact page, sign in page, signup page, sign up page, faq page, pricing page, \
            about page, team page, log in page, registration page, page title, page footer, resume section, cv button, resume button, download \
            cv, download my cv, download resume, download my resume, checkout page, progress of the page, cv section",
    )
    .is_some();
    (!known_section && !shown && (certain || new || about || noun)).then_some(found)
}

/// What a landing page is wanted for.
pub(super) fn subject(prompt: &str, words: &[Word]) -> Option<String> {
    if let Some(found) = page_at(words) {
        let (before, after) = (&words[..found.start], &words[found.end..]);
        let topic = values::topic(
            prompt,
            before,
            after,
            &["for", "about", "of", "selling", "sell", "called", "named"],
        );
        let portfolio = words[found.clone()].iter().any(|word| word.is("portfolio"));
        let shop = words[found].iter().any(|word| word.is_any(&["shop", "store"]));
        let fallback = if portfolio {
            Some("portfolio")
        } else if shop {
            Some("shop")
        } else {
            None
        };
        let plain = || Some(ANYTHING.to_owned());
        // `wedding website`, `restaurant menu page`: all that stands before it, where that is no request.
        let asks = |word: &Word| {
            word.is_any(super::lexicon::ADD)
                || word.is_any(super::lexicon::CHANGE)
                || word.is_any(&["a", "an", "the", "my", "please"])
        };
        let start = before.iter().rposition(asks).map_or(0, |last| last + 1);
        let noun = before.get(start..).filter(|noun| (1..=3).contains(&noun.len()));
        let noun = noun.filter(|_| fallback.is_none()).and_then(|noun| values::as_written(prompt, noun));
        let noun = noun.filter(|noun| {
            !["landing", "simple", "nice", "new", "small"].contains(&noun.to_lowercase().as_str())
        });
        let topic = topic.or(noun);
        return topic
            .or_else(|| fallback.map(str::to_owned))
            .or_else(|| find(words, "landing page, website, homepage").and_then(|_| plain()));
    }
    if let Some(business) = businesses::alone(words) {
        return values::as_written(prompt, &words[business]);
    }
    // `turn it into a bakery`, `make this a coffee shop`
    let into = find(words, "into a, into an, into my, it a, this a, page a, it an, this an, app a");
    let turned = words.iter().any(|word| word.is_any(&["turn", "transform", "convert", "make"]));
    let rest = &words[into.filter(|_| turned)?.end..];
    let subject = values::as_written(prompt, rest)?;
    let one_thing = rest.iter().any(|word| {
        word.is_any(&[
            "theme", "style", "dark", "light", "color", "bit", "little", "look", "mode", "gradient", "lot",
            "font",
        ])
    });
    let is_section = !things(rest).is_empty() || !looks::colours(rest).is_empty();
    (!one_thing && !is_section && rest.len() <= 5).then_some(subject)
}

/// The kind of a page that has a shape of its own.
pub(super) fn kind(words: &[Word]) -> Option<PageKind> {
    let has = |phrases: &str| find(words, phrases).is_some();
    let page = page_at(words)?;
    let trade = has(
        "photographer, photography, planner, planning, dress, venue, cake, dj, florist, agency, decorator, \
        catering, caterer, business, shop, startup, company, studio, band",
    );
    let landing = has("landing page, landingpage, landing site");
    let own = words.get(page.end + 1).is_some_and(|word| word.is_any(&["my", "our", "me", "us"]));
    if has("wedding, getting married") && !trade {
        Some(PageKind::Wedding)
    } else if has("invitation, invite, birthday, bday, baby shower, housewarming, party")
        && !trade
        && !landing
    {
        Some(PageKind::Invitation)
    } else if has("resume, cv, curriculum vitae") && !landing {
        Some(PageKind::Resume)
    } else if find(&words[..page.start], "menu, price list").is_some() {
        Some(PageKind::Menu)
    } else if has(
        "conference, meetup, hackathon, festival, event page, event website, event site, webinar, summit",
    ) {
        Some(PageKind::Event)
    } else if has(
        "portfolio, personal website, personal page, personal site, website about me, page about me, website about myself, page about myself",
    ) {
        Some(PageKind::Portfolio)
    } else if has("blog") && !landing {
        Some(PageKind::Blog)
    } else if has("product page, online shop, online store, web shop, webshop, e commerce, ecommerce, sell, \
            selling, online store website")
    {
        Some(PageKind::Shop)
    } else if words.get(page.end).is_some_and(|word| word.is("about")) && !landing && !own {
        Some(PageKind::About)
    } else {
        None
    }
}

/// What a page of a kind is for, where its kind has a way of its own to say it.
pub(super) fn subject_of(kind: PageKind, prompt: &str, words: &[Word]) -> Option<String> {
    let after = |leads: &[&str]| {
        let lead = words.iter().position(|word| word.is_any(leads))?;
        let rest = &words[lead + 1..];
        let own = rest.iter().position(|word| !word.is_any(&["a", "an", "the", "my", "our"]))?;
        let ends = |word: &Word| {
            word.kind != Kind::Plain
                || word.is_any(&["with", "that", "including", "on", "at", "in", "containing"])
        };
        let end = rest[own..].iter().position(ends).map_or(rest.len(), |end| own + end);
        values::as_written(prompt, &rest[own..end])
    };
    match kind {
        PageKind::Wedding => Some(after(&["for", "of"]).unwrap_or_else(|| "wedding".into())),
        PageKind::Invitation => {
            let before = words
                .iter()
                .position(|word| word.is_any(&["invitation", "page", "website", "site"]))
                .unwrap_or(0);
            let asks = |word: &Word| {
                word.is_any(super::lexicon::ADD) || word.is_any(&["a", "an", "the", "my", "me", "please"])
            };
            let start = words[..before].iter().rposition(asks).map_or(0, |last| last + 1);
            let named = after(&["for", "to"]).or_else(|| values::as_written(prompt, &words[start..before]));
            let birthday = find(words, "birthday, bday").is_some();
            named.map(|named| {
                if birthday && !named.to_lowercase().contains("birthday") {
                    format!("{named} birthday")
                } else {
                    named
                }
            })
        }
        PageKind::Resume => Some(after(&["for", "of", "as"]).unwrap_or_else(|| "your profession".into())),
        PageKind::Menu => after(&["for", "of"]).or_else(|| {
            let menu = words.iter().position(|word| word.is_any(&["menu", "price"]))?;
            let noun = words[..menu]
                .last()
                .filter(|word| !word.is_any(super::lexicon::ADD) && !word.is_any(&["a", "the", "my"]));
            Some(noun.map_or_else(|| "restaurant".into(), |noun| noun.text.clone()))
        }),
        PageKind::Blog => Some(after(&["about", "on"]).unwrap_or_default()),
        PageKind::Portfolio => {
            let Some(at) = words.iter().position(|word| word.is("portfolio")) else {
                return Some(after(&["for", "of"]).unwrap_or_else(|| "portfolio".into()));
            };
            let noun = words[..at].last().filter(|word| {
                !word.is_any(super::lexicon::ADD)
                    && !word.is_any(&["a", "my", "the", "me", "simple", "nice", "personal", "modern", "an"])
            });
            after(&["for", "of"]).or_else(|| noun.map(|noun| noun.text.clone()))
        }
        PageKind::Shop => after(&["for", "sell", "selling"]),
        PageKind::Event | PageKind::About => None,
    }
}

/// Sections that a kind of page has anyway.
const fn own_sections(kind: Option<PageKind>) -> &'static [Section] {
    match kind {
        None => &[Section::Features, Section::Testimonials, Section::ContactForm, Section::Footer],
        Some(PageKind::Wedding | PageKind::Invitation) => &[
            Section::Form,
            Section::EventDetails,
            Section::ContactForm,
            Section::Footer,
            Section::ConfettiButton,
            Section::ActionButton,
        ],
        Some(PageKind::Menu) => &[
            Section::PriceMenu,
            Section::PricingTable,
            Section::ContactInfo,
            Section::NavBar,
            Section::Footer,
        ],
        Some(PageKind::Event) => &[
            Section::EventDetails,
            Section::Team,
            Section::DataTable,
            Section::Form,
            Section::Footer,
            Section::SignInForm,
        ],
        Some(PageKind::Resume) => &[
            Section::TextBlock,
            Section::Timeline,
            Section::SkillBars,
            Section::ContactForm,
            Section::Footer,
        ],
        Some(PageKind::Portfolio) => {
            &[Section::Gallery, Section::Features, Section::TextBlock, Section::ContactForm, Section::Footer]
        }
        Some(PageKind::Blog) => {
            &[Section::BlogList, Section::TextBlock, Section::Newsletter, Section::Footer]
        }
        Some(PageKind::Shop) => {
            &[Section::Shop, Section::Features, Section::Testimonials, Section::ContactForm, Section::Footer]
        }
        Some(PageKind::About) => &[Section::Features, Section::Gallery, Section::Quiz, Section::Footer],
    }
}

/// Sections that a page is asked for with, beyond those it has anyway.
pub(super) fn beside(prompt: &str, words: &[Word], subject: &str) -> Vec<Intent> {
    let Some(found) = page_at(words) else {
        return Vec::new();
    };
    let offset = words[found.end..].iter().position(|word| {
        word.is_any(&["with", "including", "containing", "that"]) || word.kind == Kind::Colon
    });
    let Some(offset) = offset else {
        return Vec::new();
    };
    let rest = &words[found.end + offset..];
    let own = own_sections(kind(words));
    let separates = |word: &Word| word.is("and") || word.kind == Kind::Comma;
    let mut intents = Vec::new();
    for (range, section) in sections(rest) {
        let serves = section == Section::NavBar && rest[range.clone()].iter().any(|word| word.is("menu"));
        let section = if serves { Section::PriceMenu } else { section };
        if own.contains(&section) {
            continue;
        }
        let start = rest[..range.start].iter().rposition(separates).unwrap_or(0);
        // `prices: cut 40, beard 30`: what follows a colon belongs to it, commas and all.
        let listed = rest.get(range.end).is_some_and(|next| next.kind == Kind::Colon);
        let next = rest[range.end..].iter().position(separates).filter(|_| !listed);
        let end = next.map_or(rest.len(), |end| range.end + end);
        let thing = Thing { section, words: range };
        let said = addition(prompt, rest, &thing, start..end);
        // Services have prices, software has plans.
        let software =
            find(words, "saa, saas, software, startup, platform, subscription, tool, plan, tier").is_some();
        let said = if section == Section::PricingTable && said.items.len() > 1 && !software {
            Addition { section: Section::PriceMenu, ..said }
        } else {
            said
        };
        let about_page = matches!(section, Section::PriceMenu | Section::Faq | Section::Gallery);
        let topic = said.topic.clone().filter(|_| !serves).or_else(|| about_page.then(|| subject.to_owned()));
        intents.push(Intent::Add(Addition { topic, ..said }));
    }
    intents
}

/// What somebody does, where the wish for a page does not say it: `I run a yoga studio. Make me a landing page.`
pub(super) fn occupation(prompt: &str, words: &[Word]) -> Option<String> {
    // `for "Kettle & Co", a tea shop`: what has a name is said after it.
    let named = words.windows(3).position(|three| {
        three[0].kind == Kind::Quoted
            && three[1].kind == Kind::Comma
            && three[2].is_any(&["a", "an", "my", "our"])
    });
    let verb = named.map(|at| at + 1).or_else(|| {
        words
            .iter()
            .position(|word| word.is_any(&["run", "own", "have", "am", "i'm", "manage", "opened", "sell"]))
    })?;
    let rest = &words[verb + 1..];
    let rest =
        &rest[rest.iter().position(|word| !word.is_any(&["a", "an", "the", "my", "small", "own"]))?..];
    let ends = |word: &Word| {
        word.kind != Kind::Plain || word.is_any(&["and", "called", "in", "that", "so", "named", "with"])
    };
    let end = rest.iter().position(ends).unwrap_or(rest.len());
    values::as_written(prompt, &rest[..end])
}
