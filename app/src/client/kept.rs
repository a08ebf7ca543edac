//! Values that only a browser makes and that can't leave their thread.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

/// A place for such a value. A page that is rendered on a server has the place too, and drops it on whichever thread: so an empty
/// one must not mind threads, which a `StoredValue` in local storage does.
pub(crate) struct Kept<T: 'static>(StoredValue<Option<SendWrapper<T>>>);

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> Kept<T> {
    /// An empty place.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Puts something in, or nothing; what was there before is dropped.
    pub(crate) fn set(self, value: Option<T>) {
        self.0.set_value(value.map(SendWrapper::new));
    }
}
