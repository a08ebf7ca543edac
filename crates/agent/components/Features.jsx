import "./Features.css";

const features = __FEATURES__;

export default function Features() {
  return (
    <section className="features" id="features" aria-labelledby="features-title">
      <h2 id="features-title">__TITLE__</h2>
      <ul>
        {features.map((feature, index) => (
          <li key={feature.title}>
            <span className="features-number" aria-hidden="true">
              {index + 1}
            </span>
            <h3>{feature.title}</h3>
            <p>{feature.text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
