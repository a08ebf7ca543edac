import { useState } from "react";
import "./Counter.css";

export default function Counter({ title = "Counter", start = 0, step = 1 }) {
  const [count, setCount] = useState(start);

  return (
    <section className="counter" aria-label={title}>
      <h2>{title}</h2>
      <output className="counter-value" aria-live="polite">{count}</output>
      <div className="counter-buttons">
        <button type="button" onClick={() => setCount(count - step)} aria-label={`Decrease by ${step}`}>
          −{step}
        </button>
        <button type="button" className="counter-reset" onClick={() => setCount(start)}>
          Reset
        </button>
        <button type="button" onClick={() => setCount(count + step)} aria-label={`Increase by ${step}`}>
          +{step}
        </button>
      </div>
    </section>
  );
}
