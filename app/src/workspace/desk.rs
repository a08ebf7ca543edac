//! The handle to everything that a workspace's page holds.

use domain::{Doing, SessionId, SessionState};
use leptos::prelude::*;

use super::WorkspaceProps;
use super::files::Files;
use super::layout::Layout;
use super::model::Answering;
use super::toasts::Toasts;
use crate::client::scene::Scene;
use crate::client::session::{Door, Session};

/// A workspace's page; copies are the same page.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// Whose workspace.
    pub(crate) id: SessionId,
    /// The session, as its journal tells it.
    pub(crate) session: Session,
    /// Which state it is in.
    pub(crate) scene: Memo<Scene>,
    /// The files, and those that are open.
    pub(crate) files: Files,
    /// What is where, and how large.
    pub(crate) layout: Layout,
    /// Short messages, some with a way back.
    pub(crate) toasts: Toasts,
    /// Whether the sheet of shortcuts is open.
    pub(crate) help: RwSignal<bool>,
    /// Who answers prompts.
    pub(crate) answering: Answering,
}

impl Desk {
    /// Begins to follow the session.
    pub(crate) fn open(props: WorkspaceProps) -> Self {
        let session = Session::new(Door::Sessions);
        session.resume(props.session_id);
        let desk = Self {
            id: props.session_id,
            session,
            scene: Memo::new(move |_| session.scene()),
            files: Files::new(),
            layout: Layout::remembered(),
            toasts: Toasts::new(),
            help: RwSignal::new(false),
            answering: Answering::new(session.view),
        };
        desk.answering.ask(desk);
        desk
    }

    /// Whether the sandbox is there to work in.
    pub(crate) fn is_ready(self) -> bool {
        self.scene.with(|scene| *scene == Scene::Ready)
    }

    /// Whether the session is over.
    pub(crate) fn has_ended(self) -> bool {
        self.scene.with(|scene| matches!(scene, Scene::Ended(_)))
    }

    /// Whether the session's rules let its holder do this, and it still lives.
    pub(crate) fn may(self, doing: Doing) -> bool {
        self.session.view.with(|view| {
            view.as_ref().is_some_and(|view| view.state != SessionState::Ended && view.kind.allows(doing))
        })
    }
}
