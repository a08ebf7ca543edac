//! Links: of the navigation and of the footer.

use super::super::literal::Js;
use super::super::topics::title_case;
use super::{anchor, fill};
use crate::builtin::framework::Framework;
use crate::builtin::intent::{Addition, Section};

pub(in crate::builtin::recipes) fn navigation(
    addition: &Addition,
    sections: &[Section],
    framework: Framework,
) -> String {
    let mut links: Vec<(String, String)> = Vec::new();
    if addition.items.is_empty() {
        links.push(("Home".into(), "#top".into()));
        links.extend(anchors(sections));
        for (label, href) in [("About", "#about"), ("Contact", "#contact")] {
            if links.len() < 4 && links.iter().all(|(_, known)| known != href) {
                links.push((label.into(), href.into()));
            }
        }
    } else {
        links.extend(addition.items.iter().map(|item| {
            let target = anchor(item).filter(|target| target != "home").unwrap_or_else(|| "top".into());
            (title_case(item), format!("#{target}"))
        }));
    }
    fill(Section::NavBar, "", &[("__LINKS__", links_of(&links))], framework)
}

pub(in crate::builtin::recipes) fn footer(
    addition: &Addition,
    sections: &[Section],
    framework: Framework,
) -> String {
    let links: Vec<(String, String)> = if addition.variant {
        social(&addition.items)
    } else if addition.items.is_empty() {
        anchors(sections)
    } else {
        let link =
            |item: &String| (title_case(item), format!("#{}", anchor(item).unwrap_or_else(|| "top".into())));
        addition.items.iter().map(link).collect()
    };
    fill(Section::Footer, "", &[("__LINKS__", links_of(&links))], framework)
}

/// The networks' start pages.
fn social(named: &[String]) -> Vec<(String, String)> {
    let usual = ["Instagram", "YouTube", "LinkedIn", "TikTok"].map(str::to_owned);
    let networks = if named.is_empty() { &usual[..] } else { named };
    let link = |network: &String| {
        let host: String = network.to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let host = if ["twitter", "x"].contains(&host.as_str()) { "x".to_owned() } else { host };
        (title_case(network), format!("https://www.{host}.com/"))
    };
    networks.iter().map(link).collect()
}

fn anchors(sections: &[Section]) -> Vec<(String, String)> {
    let link = |(id, label): (&str, &str)| (label.to_owned(), format!("#{id}"));
    sections.iter().filter_map(|section| section.entry().anchor).map(link).collect()
}

fn links_of(links: &[(String, String)]) -> Js {
    let mut seen: Vec<&String> = Vec::new();
    let mut list = Vec::new();
    for (label, href) in links {
        if !seen.contains(&label) {
            seen.push(label);
            list.push(Js::Object(vec![("label", Js::text(label)), ("href", Js::text(href))]));
        }
    }
    Js::List(list)
}
