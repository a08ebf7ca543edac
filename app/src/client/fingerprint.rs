//! A coarse, stable mark of this browser, joined by the server with the network address to tell visitors apart (A6).

use wasm_bindgen::JsValue;

/// 16 hexadecimal digits from what the browser shows to every page: name, languages, screen, time zone, cores.
/// It tells two browsers behind one address apart and follows nobody across sites.
pub(crate) fn fingerprint() -> Option<String> {
    let window = web_sys::window()?;
    let navigator = window.navigator();
    let screen = window.screen().ok()?;
    let zone = js_sys::Reflect::get(
        &js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options(),
        &JsValue::from_str("timeZone"),
    );
    let traits = [
        navigator.user_agent().unwrap_or_default(),
        navigator.language().unwrap_or_default(),
        screen.width().unwrap_or_default().to_string(),
        screen.height().unwrap_or_default().to_string(),
        screen.color_depth().unwrap_or_default().to_string(),
        zone.ok().and_then(|zone| zone.as_string()).unwrap_or_default(),
        navigator.hardware_concurrency().to_string(),
    ];
    Some(format!("{:016x}", fnv1a(traits.join("\n").as_bytes())))
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): small, and all that a mark without secrets needs.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::fnv1a;

    #[test]
    fn the_mark_is_the_published_hash() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
