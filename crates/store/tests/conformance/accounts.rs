//! Users and their sign-ins (J3).

use domain::{ManualClock, SeededEntropy, SignInId, TokenHash, UserId};
use store::{
    AccountStore as _, Ending, IdentityRecord, PreviousToken, SIGN_INS_PER_USER_MAX, SignInRecord, Tariff,
    UserRecord,
};

use crate::support::{Fixture, at, fixture};

fn user(number: u64) -> UserRecord {
    UserRecord {
        id: UserId::generate(&ManualClock::new(at(1)), &SeededEntropy::new(number)),
        email: format!("{number}@example.com"),
        name: format!("Number {number}"),
        password_hash: Some("a hash".into()),
        is_admin: false,
        default_provider: None,
        theme: None,
        created_at: at(1),
    }
}

async fn added(fixture: &Fixture, number: u64) -> UserRecord {
    let user = user(number);
    assert!(fixture.store.add_user(&user, None).await.unwrap());
    user
}

fn token(number: u8) -> TokenHash {
    TokenHash::from_digest(&[number; 32])
}

fn sign_in(user: &UserRecord, number: u8) -> SignInRecord {
    let moment = at(i64::from(number));
    SignInRecord {
        id: SignInId::generate(&ManualClock::new(moment), &SeededEntropy::new(number.into())),
        user_id: user.id,
        token_hash: token(number),
        previous: None,
        began_at: moment,
        rotated_at: moment,
        used_at: moment,
    }
}

#[tokio::test]
async fn a_user_is_found_by_id_address_and_identity() {
    let fixture = fixture().await;
    let store = &fixture.store;
    let identity = IdentityRecord { issuer: "https://id.example".into(), subject: "7".into() };
    let ada = user(1);
    assert!(store.add_user(&ada, Some(&identity)).await.unwrap());
    assert!(store.user(ada.id).await.unwrap() == Some(ada.clone()));
    assert!(store.user_by_email("1@example.com").await.unwrap() == Some(ada.clone()));
    assert!(store.user_by_identity(&identity).await.unwrap() == Some(ada.clone()));
    let elsewhere = IdentityRecord { issuer: "https://other.example".into(), ..identity.clone() };
    assert!(store.user_by_identity(&elsewhere).await.unwrap().is_none());
    assert!(!store.add_user(&UserRecord { email: "1@example.com".into(), ..user(2) }, None).await.unwrap());
    assert!(!store.add_user(&user(3), Some(&identity)).await.unwrap(), "the identity is Ada's");
    assert!(store.user_by_email("3@example.com").await.unwrap().is_none());
}

/// J3: of many who come at once, one is the first; and once there was one, nobody else is.
#[tokio::test]
async fn one_user_is_the_first_ever() {
    let fixture = fixture().await;
    let store = &fixture.store;
    let ask =
        |number| async move { store.add_user(&UserRecord { is_admin: true, ..user(number) }, None).await };
    let all = futures::future::join_all((0..20).map(ask)).await;
    assert!(all.into_iter().all(|added| added.unwrap()));
    let mut admins = Vec::new();
    for number in 0..20 {
        let user = store.user_by_email(&user(number).email).await.unwrap().unwrap();
        admins.extend(user.is_admin.then_some(user.id));
        assert!(store.remove_user(user.id).await.unwrap());
    }
    assert_eq!(admins.len(), 1);
    let late = UserRecord { is_admin: true, ..user(20) };
    assert!(store.add_user(&late, None).await.unwrap());
    assert!(!store.user(late.id).await.unwrap().unwrap().is_admin);
}

/// J3
#[tokio::test]
async fn of_who_left_nothing_is_kept_and_their_address_is_free() {
    let fixture = fixture().await;
    let ada = added(&fixture, 1).await;
    let signed_in = sign_in(&ada, 1);
    let store = &fixture.store;
    assert!(store.add_sign_in(&signed_in).await.unwrap());
    assert!(store.remove_user(ada.id).await.unwrap());
    assert!(!store.remove_user(ada.id).await.unwrap());
    assert!(store.user(ada.id).await.unwrap().is_none());
    assert!(store.sign_in(&token(1)).await.unwrap().is_none());
    assert!(!store.add_sign_in(&sign_in(&ada, 2)).await.unwrap(), "nobody signs in who has left");
    assert!(!store.update_user(&ada).await.unwrap());
    assert!(!store.set_password(ada.id, None, "another", None).await.unwrap());
    assert!(store.add_user(&UserRecord { email: ada.email, ..user(2) }, None).await.unwrap());
}

/// J3: two who change a password at once do not overwrite each other, and the change ends the other sign-ins.
#[tokio::test]
async fn a_password_is_changed_from_what_it_was() {
    let fixture = fixture().await;
    let ada = added(&fixture, 1).await;
    let store = &fixture.store;
    let (kept, other) = (sign_in(&ada, 1), sign_in(&ada, 2));
    for one in [&kept, &other] {
        assert!(store.add_sign_in(one).await.unwrap());
    }
    assert!(!store.set_password(ada.id, Some("not it"), "new", Some(kept.id)).await.unwrap());
    assert!(store.sign_in(&other.token_hash).await.unwrap().is_some());
    assert!(store.set_password(ada.id, Some("a hash"), "new", Some(kept.id)).await.unwrap());
    assert_eq!(store.user(ada.id).await.unwrap().unwrap().password_hash.as_deref(), Some("new"));
    assert_eq!(store.sign_in(&other.token_hash).await.unwrap().map(|(found, _)| found), None);
    assert_eq!(store.sign_in(&kept.token_hash).await.unwrap().map(|(found, _)| found), Some(kept));
}

/// J3
#[tokio::test]
async fn a_sign_in_is_found_by_its_token_and_the_one_before() {
    let fixture = fixture().await;
    let ada = added(&fixture, 1).await;
    let before = sign_in(&ada, 1);
    fixture.store.add_sign_in(&before).await.unwrap();
    let previous = Some(PreviousToken { token_hash: token(1), until: Some(at(90)) });
    let after = SignInRecord {
        token_hash: token(9),
        previous,
        rotated_at: at(60),
        used_at: at(61),
        ..before.clone()
    };
    assert!(fixture.store.update_sign_in(&token(1), &after).await.unwrap());
    assert!(!fixture.store.update_sign_in(&token(1), &before).await.unwrap(), "somebody else was faster");
    let store = fixture.reopened(Tariff::free()).await;
    for shown in [token(1), token(9)] {
        let found = store.sign_in(&shown).await.unwrap().map(|(found, user)| (found, user.id));
        assert_eq!(found, Some((after.clone(), ada.id)));
    }
    assert!(store.has_sign_in(after.id).await.unwrap());
    assert!(store.end_sign_ins(ada.id, Ending::One(after.id)).await.unwrap());
    assert!(!store.has_sign_in(after.id).await.unwrap());
    assert!(!store.end_sign_ins(ada.id, Ending::All).await.unwrap());
}

/// J3
#[tokio::test]
async fn sign_ins_are_bounded_and_old_ones_forgotten() {
    let fixture = fixture().await;
    let (ada, bob) = (added(&fixture, 1).await, added(&fixture, 2).await);
    let store = &fixture.store;
    store.add_sign_in(&sign_in(&bob, 200)).await.unwrap();
    let max = u8::try_from(SIGN_INS_PER_USER_MAX).unwrap();
    for number in 1..=max + 1 {
        store.add_sign_in(&sign_in(&ada, number)).await.unwrap();
    }
    let is_there = async |number| store.sign_in(&token(number)).await.unwrap().is_some();
    assert_eq!([is_there(1).await, is_there(2).await, is_there(max + 1).await], [false, true, true]);
    store.forget_sign_ins(at(0), at(5)).await.unwrap();
    assert_eq!([is_there(4).await, is_there(5).await], [false, true]);
    store.forget_sign_ins(at(6), at(0)).await.unwrap();
    assert_eq!([is_there(5).await, is_there(6).await, is_there(200).await], [false, true, true]);
}
