import { useState } from "react";
import "./CallToAction.css";

export default function CallToAction({
  title = "Ready to start?",
  text = "It takes a minute, and you can change your mind.",
  button = "Get started",
}) {
  const [pressed, setPressed] = useState(false);

  return (
    <section className="cta" aria-label={title}>
      <h2>{title}</h2>
      <p>{text}</p>
      <button type="button" onClick={() => setPressed(true)}>
        {button}
      </button>
      <p className="cta-thanks" role="status">{pressed && "Thank you. This is where your next page would open."}</p>
    </section>
  );
}
