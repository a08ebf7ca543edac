import { useEffect, useState } from "react";
import "./Clock.css";

export default function Clock({ title = "Local time" }) {
  const [now, setNow] = useState(() => new Date());

  useEffect(() => {
    const interval = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(interval);
  }, []);

  return (
    <section className="clock" aria-label={title}>
      <h2>{title}</h2>
      <time dateTime={now.toISOString()}>{now.toLocaleTimeString()}</time>
      <p>{now.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" })}</p>
    </section>
  );
}
