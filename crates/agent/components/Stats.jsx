import "./Stats.css";

const stats = __STATS__;

export default function Stats() {
  return (
    <section className="stats" id="stats" aria-labelledby="stats-title">
      <h2 id="stats-title">__TITLE__</h2>
      <dl>
        {stats.map((stat) => (
          <div key={stat.label}>
            <dt>{stat.label}</dt>
            <dd>{stat.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
