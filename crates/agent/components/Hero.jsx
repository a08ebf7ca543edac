import "./Hero.css";

export default function Hero({ title, text, primary = "Get started", secondary = "Learn more" }) {
  return (
    <section className="hero-banner" id="top" aria-label={title}>
      <h2>{title}</h2>
      <p>{text}</p>
      <div className="hero-banner-actions">
        <a href="#contact">{primary}</a>
        <a href="#features">{secondary}</a>
      </div>
    </section>
  );
}
