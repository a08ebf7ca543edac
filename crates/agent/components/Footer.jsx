import "./Footer.css";

const links = __LINKS__;

export default function Footer({ brand, text = "" }) {
  return (
    <footer className="footer">
      <p>{text || `© ${new Date().getFullYear()} ${brand}`}</p>
      {links.length > 0 && (
        <ul>
          {links.map((link) => (
            <li key={link.label}>
              <a href={link.href}>{link.label}</a>
            </li>
          ))}
        </ul>
      )}
    </footer>
  );
}
