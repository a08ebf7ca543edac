import { useEffect, useState } from "react";
import "./Stopwatch.css";

const clock = (ms) => {
  const pad = (value) => String(value).padStart(2, "0");
  const seconds = Math.floor(ms / 1000);
  return `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}.${Math.floor(ms / 100) % 10}`;
};

export default function Stopwatch({ title = "Stopwatch" }) {
  const [elapsed, setElapsed] = useState(0);
  const [startedAt, setStartedAt] = useState(null);
  const [laps, setLaps] = useState([]);
  const running = startedAt !== null;

  useEffect(() => {
    if (startedAt === null) return undefined;
    const interval = setInterval(() => setElapsed(Date.now() - startedAt), 50);
    return () => clearInterval(interval);
  }, [startedAt]);

  function reset() {
    setStartedAt(null);
    setElapsed(0);
    setLaps([]);
  }

  return (
    <section className="stopwatch" aria-label={title}>
      <h2>{title}</h2>
      <span className="stopwatch-time" role="timer">{clock(elapsed)}</span>
      <div className="stopwatch-buttons">
        <button type="button" onClick={() => setStartedAt(running ? null : Date.now() - elapsed)}>
          {running ? "Stop" : "Start"}
        </button>
        <button type="button" className="stopwatch-quiet" disabled={!running} onClick={() => setLaps([...laps, elapsed])}>
          Lap
        </button>
        <button type="button" className="stopwatch-quiet" onClick={reset}>
          Reset
        </button>
      </div>
      {laps.length > 0 && (
        <ol className="stopwatch-laps" aria-label="Laps">
          {laps.map((lap, index) => (
            <li key={index}>{clock(lap)}</li>
          ))}
        </ol>
      )}
    </section>
  );
}
