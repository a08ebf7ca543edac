//! One figure of `/metrics`, from a plain value, and how it is written.

use std::fmt;

use domain::ModelUse;
use pool::HistogramSnapshot;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;
use sessions::Counts;
use store::{FunnelCount, FunnelStep};

/// Milliseconds of a second, the unit that Prometheus wants times in.
const SECOND_MS: f64 = 1_000.0;

/// What tells the values of one figure apart.
type Labels = Vec<(&'static str, String)>;

/// One figure: a name, a sentence, and a value or several.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    name: &'static str,
    help: &'static str,
    /// None while nothing is known yet.
    values: Vec<(Labels, Value)>,
}

#[derive(Debug, Clone)]
enum Value {
    Gauge(f64),
    Counter(u64),
    Histogram {
        /// Upper bounds in seconds with how many are within each and above the one before.
        buckets: Vec<(f64, u64)>,
        sum_seconds: f64,
        count: u64,
    },
}

impl Figure {
    fn one(name: &'static str, help: &'static str, value: Option<Value>) -> Self {
        Self { name, help, values: value.map(|value| (Vec::new(), value)).into_iter().collect() }
    }

    pub(super) fn gauge(name: &'static str, help: &'static str, value: impl Into<f64>) -> Self {
        Self::one(name, help, Some(Value::Gauge(value.into())))
    }

    /// Between 0 and 1, where anything is known.
    pub(super) fn share(name: &'static str, help: &'static str, share: Option<f64>) -> Self {
        Self::one(name, help, share.map(Value::Gauge))
    }

    /// A duration that may not be known yet.
    pub(super) fn seconds(name: &'static str, help: &'static str, ms: Option<u64>) -> Self {
        Self::one(name, help, ms.map(|ms| Value::Gauge(seconds(ms))))
    }

    /// The name is without `_total`, which the format adds.
    pub(super) fn counter(name: &'static str, help: &'static str, value: u64) -> Self {
        Self::one(name, help, Some(Value::Counter(value)))
    }

    pub(super) fn counters(
        name: &'static str,
        help: &'static str,
        label: &'static str,
        counts: &Counts,
    ) -> Self {
        let labelled =
            counts.iter().map(|(word, count)| (vec![(label, (*word).to_owned())], Value::Counter(*count)));
        Self { name, help, values: labelled.collect() }
    }

    /// Every step has its line, also before anybody came so far.
    pub(super) fn funnel(name: &'static str, help: &'static str, funnel: &[FunnelCount]) -> Self {
        let nobody = FunnelStep::ALL.into_iter().filter(|step| funnel.iter().all(|one| one.step != *step));
        let nobody = nobody.map(|step| FunnelCount { step, variant: "default".into(), count: 0 });
        let labelled = funnel.iter().cloned().chain(nobody).map(|one| {
            let labels = vec![("step", one.step.word().to_owned()), ("variant", one.variant)];
            (labels, Value::Counter(one.count))
        });
        Self { name, help, values: labelled.collect() }
    }

    /// Of each model, read and written apart.
    pub(super) fn tokens(name: &'static str, help: &'static str, models: &[(String, ModelUse)]) -> Self {
        let values = models.iter().flat_map(|(model, used)| {
            [("input", used.input_tokens), ("output", used.output_tokens)].map(|(direction, tokens)| {
                let labels = vec![("model", model.clone()), ("direction", direction.to_owned())];
                (labels, Value::Counter(tokens))
            })
        });
        Self { name, help, values: values.collect() }
    }

    /// Of each model.
    pub(super) fn costs(name: &'static str, help: &'static str, models: &[(String, ModelUse)]) -> Self {
        let values = models
            .iter()
            .map(|(model, used)| (vec![("model", model.clone())], Value::Counter(used.cost.get())));
        Self { name, help, values: values.collect() }
    }

    pub(super) fn histogram(name: &'static str, help: &'static str, snapshot: &HistogramSnapshot) -> Self {
        let bounds = snapshot.bounds_seconds.iter().copied().chain([f64::MAX]);
        let buckets = bounds.zip(snapshot.counts.iter().copied()).collect();
        let value = Value::Histogram { buckets, sum_seconds: snapshot.sum_seconds, count: snapshot.count() };
        Self::one(name, help, Some(value))
    }

    /// The same with one more label on each value.
    pub(super) fn labelled(mut self, label: &'static str, word: &str) -> Self {
        self.values.iter_mut().for_each(|(labels, _)| labels.insert(0, (label, word.to_owned())));
        self
    }

    /// Lists of the same figures as one: a figure is named once, whatever it is told apart by.
    pub(super) fn joined(lists: impl IntoIterator<Item = Vec<Self>>) -> Vec<Self> {
        let mut lists = lists.into_iter();
        let mut joined = lists.next().unwrap_or_default();
        for list in lists {
            joined.iter_mut().zip(list).for_each(|(figure, other)| figure.values.extend(other.values));
        }
        joined
    }

    fn encode(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let kind = match self.values.first() {
            None => return Ok(()),
            Some((_, Value::Gauge(_))) => MetricType::Gauge,
            Some((_, Value::Counter(_))) => MetricType::Counter,
            Some((_, Value::Histogram { .. })) => MetricType::Histogram,
        };
        let mut metric = encoder.encode_descriptor(self.name, self.help, None, kind)?;
        self.values.iter().try_for_each(|(labels, value)| {
            if labels.is_empty() {
                value.encode(&mut metric)
            } else {
                value.encode(&mut metric.encode_family(labels)?)
            }
        })
    }
}

impl Value {
    fn encode(&self, metric: &mut MetricEncoder<'_>) -> fmt::Result {
        match self {
            Self::Gauge(value) => metric.encode_gauge(value),
            Self::Counter(value) => metric.encode_counter::<NoLabelSet, _, u64>(value, None),
            Self::Histogram { buckets, sum_seconds, count } => {
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
        let used = ModelUse { input_tokens: 30, output_tokens: 5, cost: domain::MicroDollars::new(90) };
        let models = [("m".to_owned(), used)];
        let models = vec![
            Figure::tokens("tokens", "Read and written.", &models),
            Figure::costs("cost", "Money.", &models),
        ];
        let of_pool =
            |name, ready: u32| vec![Figure::gauge("warm", "Of each.", ready).labelled("template", name)];
        let figures = [figures, models, Figure::joined([of_pool("react", 1), of_pool("vue", 2)])].concat();
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
# HELP tokens Read and written.
# TYPE tokens counter
tokens_total{model=\"m\",direction=\"input\"} 30
tokens_total{model=\"m\",direction=\"output\"} 5
# HELP cost Money.
# TYPE cost counter
cost_total{model=\"m\"} 90
# HELP warm Of each.
# TYPE warm gauge
warm{template=\"react\"} 1.0
warm{template=\"vue\"} 2.0
# EOF
";
        assert_eq!(text, expected);
    }
}
