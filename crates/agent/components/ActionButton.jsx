import { useState } from "react";
import "./ActionButton.css";

export default function ActionButton({ label = "Click me" }) {
  const [presses, setPresses] = useState(0);

  return (
    <div className="action">
      <button type="button" onClick={() => setPresses(presses + 1)}>
        {label}
      </button>
      <p role="status">{presses > 0 && `Pressed ${presses} ${presses === 1 ? "time" : "times"}`}</p>
    </div>
  );
}
