import { useRef, useState } from "react";
import "./Gallery.css";

const pictures = __PICTURES__;

/* Drawn from a number, so that every picture is its own and none has to be loaded. */
function Artwork({ seed, title }) {
  const random = (step) => {
    const value = Math.sin(seed * 12.9898 + step * 78.233) * 43758.5453;
    return value - Math.floor(value);
  };
  const hue = Math.round(random(0) * 360);
  const sun = { x: 60 + random(1) * 280, y: 50 + random(2) * 70, radius: 22 + random(3) * 22 };
  const ridge = (step, top) => {
    const points = Array.from({ length: 9 }, (_, index) => `${index * 50},${top + random(step + index) * 70}`);
    return `0,300 ${points.join(" ")} 400,300`;
  };

  return (
    <svg viewBox="0 0 400 300" role="img" aria-label={title} preserveAspectRatio="xMidYMid slice">
      <rect width="400" height="300" fill={`hsl(${hue} 70% 86%)`} />
      <circle cx={sun.x} cy={sun.y} r={sun.radius} fill={`hsl(${(hue + 40) % 360} 90% 68%)`} />
      <polygon points={ridge(10, 120)} fill={`hsl(${hue} 45% 66%)`} />
      <polygon points={ridge(30, 165)} fill={`hsl(${(hue + 15) % 360} 45% 48%)`} />
      <polygon points={ridge(50, 210)} fill={`hsl(${(hue + 30) % 360} 45% 30%)`} />
    </svg>
  );
}

export default function Gallery() {
  const [open, setOpen] = useState(pictures[0]);
  const dialog = useRef(null);

  function show(picture) {
    setOpen(picture);
    dialog.current.showModal();
  }

  return (
    <section className="gallery" id="gallery" aria-labelledby="gallery-title">
      <h2 id="gallery-title">__TITLE__</h2>
      <ul>
        {pictures.map((picture) => (
          <li key={picture.seed}>
            <button type="button" onClick={() => show(picture)} aria-label={`Enlarge ${picture.title}`}>
              <Artwork {...picture} />
              <span>{picture.title}</span>
            </button>
          </li>
        ))}
      </ul>
      <dialog ref={dialog} aria-label={open.title}>
        <Artwork {...open} />
        <form method="dialog">
          <p>{open.title}</p>
          <button type="submit">Close</button>
        </form>
      </dialog>
    </section>
  );
}
