import { useState } from "react";
import "./NavBar.css";

const links = __LINKS__;

export default function NavBar({ brand = "" }) {
  const [open, setOpen] = useState(false);

  return (
    <nav className="nav-bar" aria-label="Main">
      {brand && (
        <a className="nav-bar-brand" href="#top">
          {brand}
        </a>
      )}
      <button type="button" aria-expanded={open} aria-controls="nav-bar-links" onClick={() => setOpen(!open)}>
        Menu
      </button>
      <ul id="nav-bar-links" className={open ? "nav-bar-open" : undefined}>
        {links.map((link) => (
          <li key={link.label}>
            <a href={link.href} onClick={() => setOpen(false)}>
              {link.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
