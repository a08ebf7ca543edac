import "./Testimonials.css";

const quotes = __QUOTES__;

export default function Testimonials() {
  return (
    <section className="testimonials" id="testimonials" aria-labelledby="testimonials-title">
      <h2 id="testimonials-title">__TITLE__</h2>
      <ul>
        {quotes.map((quote) => (
          <li key={quote.name}>
            <figure>
              <blockquote>{quote.text}</blockquote>
              <figcaption>
                <span className="testimonials-avatar" aria-hidden="true">
                  {quote.name.charAt(0)}
                </span>
                <span>
                  <strong>{quote.name}</strong>
                  <small>{quote.role}</small>
                </span>
              </figcaption>
            </figure>
          </li>
        ))}
      </ul>
    </section>
  );
}
