//! Wishes that were once misunderstood: a part instead of the whole, a sample instead of what was meant.

use super::*;

async fn page_after(prompts: &[&str]) -> MemoryWorkspace {
    let workspace = template();
    for prompt in prompts {
        let outcome = run(&workspace, prompt).await;
        assert!(outcome.counted, "{prompt}: {}", outcome.summary);
    }
    workspace
}

/// G3: the title is no more than the title.
#[tokio::test]
async fn a_bigger_title_leaves_all_other_text_as_it_is() {
    let workspace = page_after(&["make the title bigger"]).await;
    let styles = workspace.text("src/index.css").unwrap();
    assert!(styles.contains(":root:root body h1 {\n  zoom: 1.25;\n}"), "{styles}");
    assert!(!styles.contains("html {"), "{styles}");
}

/// G3: the ground comes first, whatever is said first.
#[tokio::test]
async fn neon_green_on_black_stays_neon_green() {
    for prompt in ["make the background black and text neon green", "neon green text on a black background"] {
        let styles = page_after(&[prompt]).await.text("src/index.css").unwrap();
        assert!(
            styles.contains("--bg: #000000;") && styles.contains("--text: #39ff14;"),
            "{prompt}: {styles}"
        );
    }
}

/// G3: the effect is in the headline, follows a new text, and gives it back.
#[tokio::test]
async fn a_headline_that_types_itself_keeps_its_text() {
    let workspace = page_after(&["typing effect for the headline", "change the title to Hello you"]).await;
    let app = workspace.text("src/App.jsx").unwrap();
    assert!(app.contains("<h1><TypingHeadline text=\"Hello you\" /></h1>"), "{app}");
    assert!(run(&workspace, "remove the typing headline").await.counted);
    let app = workspace.text("src/App.jsx").unwrap();
    assert!(app.contains("<h1>Hello you</h1>") && !app.contains("TypingHeadline"), "{app}");
}

/// G3: what is not known is said.
#[tokio::test]
async fn what_is_a_sample_is_called_one() {
    let workspace = template();
    for (prompt, said) in [
        ("add a pie chart of llamas", "I have no figures about llamas"),
        ("make a quiz about llamas", "I have no questions about llamas"),
        ("flashcards about llamas", "I have no cards about llamas"),
        ("add a table of llamas", "I know nothing about llamas"),
        ("add a recipe for llama stew", "I do not know how to make llama stew"),
        ("make a page about llamas", "I know little about it"),
    ] {
        let summary = run(&workspace, prompt).await.summary;
        assert!(summary.contains(said), "{prompt}: {summary}");
    }
}

/// G3: known topics have their own data.
#[tokio::test]
async fn known_topics_bring_their_own_words() {
    let workspace = page_after(&[
        "add a pie chart of browser market share",
        "make a quiz about dinosaurs",
        "price list for a nail salon",
        "add a footer with social media links",
    ])
    .await;
    let app = workspace.text("src/App.jsx").unwrap();
    assert!(app.contains("Firefox"), "{app}");
    for (path, word) in
        [("Quiz", "Triceratops"), ("PriceMenu", "Manicure"), ("Footer", "https://www.instagram.com/")]
    {
        let source = workspace.text(&format!("src/components/{path}.jsx")).unwrap();
        assert!(source.contains(word), "{source}");
    }
}

/// G3: the second one is the second card.
#[tokio::test]
async fn one_card_can_be_told_from_the_others() {
    let workspace = page_after(&["add three feature cards", "make the second one blue"]).await;
    let styles = workspace.text("src/index.css").unwrap();
    assert!(styles.contains(":nth-child(2)"), "{styles}");
}

/// G3: names, prices, people and rows that a prompt brings are those of the page.
#[tokio::test]
async fn what_a_prompt_brings_along_is_what_the_page_shows() {
    let shown = [
        ("landing page for my salon \"Muddy Paws\", phone 030 123456", "src/App.jsx", "Muddy Paws"),
        ("landing page for my salon \"Muddy Paws\", phone 030 123456", "src/App.jsx", "030 123456"),
        (
            "pricing with three plans: Free $0, Pro $12, Team $39",
            "src/components/PricingTable.jsx",
            "\"Free\"",
        ),
        ("restaurant menu for \"Nonna\": soup €6.50, cake €4", "src/components/PriceMenu.jsx", "€6.50"),
        ("add a table with Anna 25, Bob 30", "src/components/DataTable.jsx", "[\"Anna\", \"25\"]"),
        ("testimonials from Ada King (CEO) and Bo Li", "src/components/Testimonials.jsx", "\"Ada King\""),
        ("flashcards: house casa, dog perro", "src/components/Flashcards.jsx", "back: \"perro\""),
        (
            "birthday invitation for Mia turning 7 on June 14 at 3pm",
            "src/components/EventDetails.jsx",
            "June 14 at 3pm",
        ),
        ("quiz about capitals of europe with 8 questions", "src/components/Quiz.jsx", "capital of Spain"),
    ];
    for (prompt, path, part) in shown {
        let source = page_after(&[prompt]).await.text(path).unwrap();
        assert!(source.contains(part), "{prompt}: {part} in {source}");
    }
}
