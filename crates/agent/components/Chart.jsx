import { useId } from "react";
import "./Chart.css";

const sample = [
  { label: "Jan", value: 32 },
  { label: "Feb", value: 41 },
  { label: "Mar", value: 38 },
  { label: "Apr", value: 56 },
  { label: "May", value: 63 },
  { label: "Jun", value: 78 },
];
const width = 640;
const height = 320;
const inset = { top: 24, right: 16, bottom: 40, left: 48 };

/* The next round number at or above the highest value. */
function ceiling(value) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return Math.ceil(value / unit) * unit;
}

export default function Chart({ title = "Monthly sales", type = "bar", data = sample }) {
  const titleId = useId();
  const top = ceiling(Math.max(...data.map((point) => point.value)));
  const slot = (width - inset.left - inset.right) / data.length;
  const x = (index) => inset.left + slot * (index + 0.5);
  const y = (value) => inset.top + (height - inset.top - inset.bottom) * (1 - value / top);
  const line = data.map((point, index) => `${x(index)},${y(point.value)}`).join(" ");

  return (
    <figure className="chart">
      <figcaption id={titleId}>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={titleId}>
        <desc>{data.map((point) => `${point.label}: ${point.value}`).join(", ")}</desc>
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share}>
            <line className="chart-grid" x1={inset.left} x2={width - inset.right} y1={y(share * top)} y2={y(share * top)} />
            <text className="chart-label" x={inset.left - 10} y={y(share * top) + 5} textAnchor="end">
              {Math.round(share * top * 10) / 10}
            </text>
          </g>
        ))}
        {type === "line" && <polyline className="chart-line" points={line} />}
        {data.map((point, index) => (
          <g key={point.label}>
            {type === "line" ? (
              <circle className="chart-dot" cx={x(index)} cy={y(point.value)} r="5" />
            ) : (
              <rect
                className="chart-bar"
                x={x(index) - slot * 0.32}
                y={y(point.value)}
                width={slot * 0.64}
                height={y(0) - y(point.value)}
                rx="6"
              />
            )}
            <text className="chart-value" x={x(index)} y={y(point.value) - 10} textAnchor="middle">
              {point.value}
            </text>
            <text className="chart-label" x={x(index)} y={height - 14} textAnchor="middle">
              {point.label}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
