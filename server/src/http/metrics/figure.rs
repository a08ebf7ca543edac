//! One figure of `/metrics`, from a plain value, and how it is written.

use std::fmt;

use pool::HistogramSnapshot;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;
use sessions::Counts;
use store::{FunnelCount, FunnelStep};

/// Milliseconds of a second, the unit that Prometheus wants times in.
const SECOND_MS: f64 = 1_000.0;

/// One figure: a name, a sentence, and a value or several.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    name: &'static str,
    help: &'static str,
    value: Value,
}

#[derive(Debug, Clone)]
enum Value {
    Gauge(f64),
    Counter(u64),
    /// Counters told apart by labels.
    Counters(Vec<(Vec<(&'static str, String)>, u64)>),
    Histogram {
        /// Upper bounds in seconds with how many are within each and above the one before.
        buckets: Vec<(f64, u64)>,
        sum_seconds: f64,
        count: u64,
    },
    /// Nothing is known yet.
    Absent,
}

impl Figure {
    pub(super) fn gauge(name: &'static str, help: &'static str, value: impl Into<f64>) -> Self {
        Self { name, help, value: Value::Gauge(value.into()) }
    }

    /// Between 0 and 1, where anything is known.
    pub(super) fn share(name: &'static str, help: &'static str, share: Option<f64>) -> Self {
        Self { name, help, value: share.map_or(Value::Absent, Value::Gauge) }
    }

    /// A duration that may not be known yet.
    pub(super) fn seconds(name: &'static str, help: &'static str, ms: Option<u64>) -> Self {
        let value = ms.map_or(Value::Absent, |ms| Value::Gauge(seconds(ms)));
        Self { name, help, value }
    }

    /// The name is without `_total`, which the format adds.
    pub(super) fn counter(name: &'static str, help: &'static str, value: u64) -> Self {
        Self { name, help, value: Value::Counter(value) }
    }

    pub(super) fn counters(
        name: &'static str,
        help: &'static str,
        label: &'static str,
        counts: &Counts,
    ) -> Self {
        let counts = counts.iter().map(|(word, count)| (vec![(label, (*word).to_owned())], *count));
        Self { name, help, value: Value::Counters(counts.collect()) }
    }

    /// Every step has its line, also before anybody came so far.
    pub(super) fn funnel(name: &'static str, help: &'static str, funnel: &[FunnelCount]) -> Self {
        let nobody = FunnelStep::ALL.into_iter().filter(|step| funnel.iter().all(|one| one.step != *step));
        let nobody = nobody.map(|step| FunnelCount { step, variant: "default".into(), count: 0 });
        let labelled = funnel
            .iter()
            .cloned()
            .chain(nobody)
            .map(|one| (vec![("step", one.step.word().to_owned()), ("variant", one.variant)], one.count));
        Self { name, help, value: Value::Counters(labelled.collect()) }
    }

    pub(super) fn histogram(name: &'static str, help: &'static str, snapshot: &HistogramSnapshot) -> Self {
        let bounds = snapshot.bounds_seconds.iter().copied().chain([f64::MAX]);
        let buckets = bounds.zip(snapshot.counts.iter().copied()).collect();
        let value = Value::Histogram { buckets, sum_seconds: snapshot.sum_seconds, count: snapshot.count() };
        Self { name, help, value }
    }

    fn encode(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let kind = match self.value {
            Value::Absent => return Ok(()),
            Value::Gauge(_) => MetricType::Gauge,
            Value::Counter(_) | Value::Counters(_) => MetricType::Counter,
            Value::Histogram { .. } => MetricType::Histogram,
        };
        let mut metric = encoder.encode_descriptor(self.name, self.help, None, kind)?;
        match &self.value {
            Value::Absent => Ok(()),
            Value::Gauge(value) => metric.encode_gauge(value),
            Value::Counter(value) => metric.encode_counter::<NoLabelSet, _, u64>(value, None),
            Value::Counters(counts) => counts.iter().try_for_each(|(labels, count)| {
                metric.encode_family(labels)?.encode_counter::<NoLabelSet, _, u64>(count, None)
            }),
            Value::Histogram { buckets, sum_seconds, count } => {
                metric.encode_histogram::<NoLabelSet>(*sum_seconds, *count, buckets, None)
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds beyond 2^53 are 285,000 years")]
fn seconds(ms: u64) -> f64 {
    ms as f64 / SECOND_MS
}

/// Every figure, to be written in this order.
#[derive(Debug)]
pub(super) struct Figures(pub(super) Vec<Figure>);

impl Collector for Figures {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|figure| figure.encode(&mut encoder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prometheus_client::encoding::text::encode;
    use prometheus_client::registry::Registry;

    /// H10
    #[test]
    fn figures_are_written_as_open_metrics() {
        let durations =
            HistogramSnapshot { bounds_seconds: vec![0.01, 0.1], counts: vec![1, 2, 1], sum_seconds: 1.25 };
        let figures = vec![
            Figure::gauge("ready", "Waiting.", 3),
            Figure::seconds("unknown", "Not measured.", None),
            Figure::counter("acquires", "Taken.", 7),
            Figure::counters("claims", "By outcome.", "outcome", &vec![("warm", 6), ("cold", 1)]),
            Figure::histogram("took", "Long.", &durations),
        ];
        let mut registry = Registry::default();
        registry.register_collector(Box::new(Figures(figures)));
        let mut text = String::new();
        encode(&mut text, &registry).unwrap();
        let expected = "\
# HELP ready Waiting.
# TYPE ready gauge
ready 3.0
# HELP acquires Taken.
# TYPE acquires counter
acquires_total 7
# HELP claims By outcome.
# TYPE claims counter
claims_total{outcome=\"warm\"} 6
claims_total{outcome=\"cold\"} 1
# HELP took Long.
# TYPE took histogram
took_sum 1.25
took_count 4
took_bucket{le=\"0.01\"} 1
took_bucket{le=\"0.1\"} 3
took_bucket{le=\"+Inf\"} 4
# EOF
";
        assert_eq!(text, expected);
    }
}
