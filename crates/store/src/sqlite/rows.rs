//! Many rows in few statements.
//!
//! A list as JSON is one statement however long it is, and SQLite then reads each row twice. For what every claim writes, the rows are
//! bound instead, in statements of few lengths, so that each of them is prepared once.

use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{AssertSqlSafe, Sqlite, query};

/// How many rows one statement has: as many of the first as fit, then of the next.
const LENGTHS: [usize; 4] = [64, 16, 4, 1];

/// A statement whose values are being bound.
pub(super) type Binding = Query<'static, Sqlite, SqliteArguments>;

/// Runs `INSERT INTO {table} ({columns})` for all rows, each of whose values `bind` gives in the columns' order. Not whole by itself: it
/// may be several statements.
pub(super) async fn insert<R>(
    connection: &mut SqliteConnection,
    table: &'static str,
    columns: &'static [&'static str],
    mut rows: &[R],
    bind: impl Fn(Binding, &R) -> Binding,
) -> Result<(), sqlx::Error> {
    for length in LENGTHS {
        while rows.len() >= length {
            let (some, rest) = rows.split_at(length);
            let statement = query(AssertSqlSafe(statement(table, columns, length)));
            some.iter().fold(statement, &bind).execute(&mut *connection).await?;
            rows = rest;
        }
    }
    Ok(())
}

fn statement(table: &str, columns: &[&str], length: usize) -> String {
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), vec![row.as_str(); length].join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_a_place_for_every_value() {
        assert_eq!(statement("pairs", &["a", "b"], 2), "INSERT INTO pairs (a, b) VALUES (?, ?), (?, ?)");
    }
}
