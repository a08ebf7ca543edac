//! The page's HTML shell.

/// Sets what `<title>` shows, adding it to the head when there is none; `None` when there is no head either.
pub(in crate::builtin) fn set_title(source: &str, title: &str) -> Option<String> {
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let lower = source.to_ascii_lowercase();
    if let Some(open) = lower.find("<title") {
        let start = open + lower[open..].find('>')? + 1;
        let end = start + lower[start..].find("</title")?;
        return Some(format!("{}{title}{}", &source[..start], &source[end..]));
    }
    let head_end = lower.find("</head")?;
    Some(format!("{}  <title>{title}</title>\n  {}", &source[..head_end], &source[head_end..]))
}
