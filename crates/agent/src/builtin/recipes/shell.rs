//! What the browser shows of the page outside it: the sign in its tab.

use super::page::{Page, Sorry};

/// Puts a sign into the tab, drawn as text: no picture has to be loaded.
pub(super) fn icon(page: &mut Page<'_>, sign: &str) -> Result<String, Sorry> {
    page.edit_shell(|shell| with_icon(shell, sign))?;
    Ok(format!("The icon in the browser's tab is now {sign}."))
}

fn with_icon(shell: &str, sign: &str) -> Option<String> {
    let safe: String =
        sign.chars().filter(|c| !matches!(c, '<' | '>' | '"' | '\'' | '&' | '%' | '#')).collect();
    let drawing = format!(
        "data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 viewBox=%270 0 100 100%27%3E%3Ctext y=%27.9em%27 \
         font-size=%2790%27%3E{safe}%3C/text%3E%3C/svg%3E"
    );
    let link = format!("<link rel=\"icon\" type=\"image/svg+xml\" href=\"{drawing}\" />");
    let start = shell.find("<link rel=\"icon\"");
    if let Some(start) = start {
        let end = start + shell[start..].find('>')? + 1;
        return Some(format!("{}{link}{}", &shell[..start], &shell[end..]));
    }
    let head = shell.find("</head>")?;
    Some(format!("{}  {link}\n  {}", &shell[..head], &shell[head..]))
}

#[cfg(test)]
mod tests {
    use super::with_icon;

    /// G3
    #[test]
    fn a_page_has_one_icon_whatever_it_had_before() {
        let bare = "<head>\n  </head>";
        let once = with_icon(bare, "🚀").unwrap();
        let twice = with_icon(&once, "⭐").unwrap();
        assert!(once.contains("🚀") && twice.contains("⭐"), "{once} {twice}");
        assert_eq!(twice.matches("rel=\"icon\"").count(), 1);
    }
}
