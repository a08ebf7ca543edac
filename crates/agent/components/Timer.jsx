import { useEffect, useState } from "react";
import "./Timer.css";

const clock = (seconds) => {
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
};

export default function Timer({ title = "Timer", seconds = 300 }) {
  const [left, setLeft] = useState(seconds);
  const [endsAt, setEndsAt] = useState(null);
  const running = endsAt !== null;
  const done = left === 0;

  useEffect(() => {
    if (endsAt === null) return undefined;
    const tick = () => {
      const rest = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
      setLeft(rest);
      if (rest === 0) setEndsAt(null);
    };
    const interval = setInterval(tick, 200);
    return () => clearInterval(interval);
  }, [endsAt]);

  function reset() {
    setEndsAt(null);
    setLeft(seconds);
  }

  return (
    <section className="timer" aria-label={title}>
      <h2>{title}</h2>
      <div className="timer-face" style={{ "--share": left / seconds }}>
        <span role="timer">{clock(left)}</span>
      </div>
      <p className="timer-note" role="status">{done ? "Time is up" : running ? "Running" : "Ready when you are"}</p>
      <div className="timer-buttons">
        <button type="button" disabled={done} onClick={() => setEndsAt(running ? null : Date.now() + left * 1000)}>
          {running ? "Pause" : "Start"}
        </button>
        <button type="button" className="timer-reset" onClick={reset}>
          Reset
        </button>
      </div>
    </section>
  );
}
