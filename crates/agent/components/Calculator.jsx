import { useState } from "react";
import "./Calculator.css";

const keys = ["7", "8", "9", "÷", "4", "5", "6", "×", "1", "2", "3", "−", "0", ".", "=", "+"];
const names = { "÷": "divide", "×": "multiply", "−": "subtract", "+": "add", "=": "equals", ".": "decimal point" };

function compute(left, operator, right) {
  switch (operator) {
    case "+":
      return left + right;
    case "−":
      return left - right;
    case "×":
      return left * right;
    case "÷":
      return left / right;
    default:
      return right;
  }
}

const show = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(10))) : "Not a number");

export default function Calculator({ title = "Calculator" }) {
  const [display, setDisplay] = useState("0");
  const [pending, setPending] = useState(null);
  const [fresh, setFresh] = useState(true);

  function digit(key) {
    if (key === "." && !fresh && display.includes(".")) return;
    setDisplay(fresh ? (key === "." ? "0." : key) : display + key);
    setFresh(false);
  }

  function operator(key) {
    const value = Number(display);
    const result = pending && !fresh ? compute(pending.value, pending.operator, value) : value;
    setDisplay(show(result));
    setPending(key === "=" ? null : { value: result, operator: key });
    setFresh(true);
  }

  function clear() {
    setDisplay("0");
    setPending(null);
    setFresh(true);
  }

  return (
    <section className="calculator" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <button type="button" onClick={clear}>
          Clear
        </button>
      </header>
      <output aria-live="polite">{display}</output>
      <div className="calculator-keys">
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            className={/[0-9.]/.test(key) ? "calculator-digit" : undefined}
            aria-label={names[key]}
            onClick={() => (/[0-9.]/.test(key) ? digit(key) : operator(key))}
          >
            {key}
          </button>
        ))}
      </div>
    </section>
  );
}
